#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audience/audience.h"
#include "audience/audience_file.h"
#include "contact/directory.h"
#include "contact/messaging.h"

namespace fosterflow {

/// Loads messages into an audience, and into a directory of single contacts to compare with.
class Audiences : public Messaging {
 protected:
  void load(const Texts& lines) {
    audience_->store().beginLoad();
    for (const std::string& line : lines) {
      EXPECT_EQ(audience_->store().stage(read(line)), Refusal::kNone) << line;
    }
    audience_->store().commitLoad();
    remember(lines);
  }

  void append(const Texts& lines) {
    for (const std::string& line : lines) {
      const Message& message = read(line);
      audience_->store().receive(message, message.timestamp.value_or(0));
    }
    audience_->store().settle();
    remember(lines);
  }

  Texts membersOf(std::string_view when, Instant at) {
    const std::shared_ptr<const Plan> plan = planOf(when);
    const Bitmap members = audience_->members(plan, 0, at);
    Texts ids;
    for (const std::string_view id : audience_->page(members, nullptr, SIZE_MAX)) {
      ids.emplace_back(id);
    }
    EXPECT_EQ(audience_->counts(plan, at).front(), ids.size());
    return ids;
  }

  /// The contact engine's answer to the same messages.
  Texts expectedMembers(std::string_view when, Instant at) {
    Directory directory(&interner_, &zones_, planOf(when), false);
    for (const std::string& line : lines_) directory.accept(read(line));
    Texts ids;
    const auto members = directory.membersAt(at);
    for (const std::string_view id : members.front()) ids.emplace_back(id);
    return ids;
  }

  void expectSame(std::string_view when, Instant at) {
    EXPECT_EQ(membersOf(when, at), expectedMembers(when, at)) << when << " at " << at;
  }

  /// Each with both engines, at some instants.
  void expectSameForAll() {
    for (const std::string_view when : kConditions) {
      for (const Instant at : {0, 500, 1'000, 10'000, 20'000, 2'000'000'000}) expectSame(when, at);
    }
  }

  std::string saved() {
    AudienceFile file;
    file.write(audience_->store());
    std::string bytes;
    for (const std::string_view piece : file.pieces()) bytes += piece;
    return bytes;
  }

  AudienceFile::Fault open(std::string_view bytes) {
    auto opened = std::make_unique<Audience>(&interner_, &zones_);
    const AudienceFile::Fault fault = AudienceFile::read(bytes, opened->store());
    if (fault == AudienceFile::Fault::kNone) audience_ = std::move(opened);
    return fault;
  }

  static constexpr std::string_view kConditions[] = {
      R"({"kind":"event","event":"X"})",
      R"({"kind":"event","event":["X","page"],"op":"gte","value":3})",
      R"({"kind":"event","event":"X","op":"lt","value":2,"window":{"last":{"seconds":9}}})",
      R"({"kind":"event","event":"X","measure":{"fn":"sum","property":"n"},"op":"gt","value":12})",
      R"({"kind":"event","event":"X","measure":{"fn":"last","property":"t"},"op":"eq","value":"b"})",
      R"({"kind":"event","event":"X","where":{"kind":"property","property":"o.deep","op":"gte",
          "value":2}})",
      R"({"kind":"attribute","attribute":"plan","op":"eq","value":"pro"})",
      R"({"kind":"attribute","attribute":"address","op":"is_set"})",
      R"({"kind":"channel","channel":"email","op":"unreachable"})",
      R"({"kind":"sequence","window":{"last":{"days":1}},"steps":[{"event":"page"},{"event":"X"}]})",
  };

  std::unique_ptr<Audience> audience_ = std::make_unique<Audience>(&interner_, &zones_);

 private:
  void remember(const Texts& lines) { lines_.insert(lines_.end(), lines.begin(), lines.end()); }
  Texts lines_;
};

}  // namespace fosterflow
