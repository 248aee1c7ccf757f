#pragma once

#include <initializer_list>
#include <memory>
#include <span>
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

  /// Each rule's members at each instant are those that the contact engine finds in the same
  /// messages.
  void expectSame(std::span<const std::string_view> rules,
                  std::initializer_list<Instant> instants) {
    std::string definitions;
    // Members come in the order of the segments' ids.
    for (size_t rule = 0; rule < rules.size(); ++rule) {
      definitions += rule == 0 ? '[' : ',';
      definitions += definition(std::string(1, static_cast<char>('a' + rule)), rules[rule]);
    }
    Directory directory(&interner_, &zones_, plan(definitions + "]"), false);
    for (const std::string& line : lines_) directory.accept(read(line));
    for (const Instant at : instants) {
      const auto expected = directory.membersAt(at);
      for (size_t rule = 0; rule < rules.size(); ++rule) {
        const Texts ids(expected[rule].begin(), expected[rule].end());
        EXPECT_EQ(membersOf(rules[rule], at), ids) << rules[rule] << " at " << at;
      }
    }
  }

  void expectSameForAll() {
    expectSame(kConditions, {0, 500, 1'000, 10'000, 20'000, 2'000'000'000});
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
