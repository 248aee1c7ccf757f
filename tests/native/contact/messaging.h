#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contact/contact.h"
#include "contact/message.h"
#include "plan/planning.h"

namespace fosterflow {

/// Reads messages and plans, and says deltas in short.
class Messaging : public Planning {
 protected:
  /// Reads a message; it lives until the next one is read.
  Message& read(std::string_view json) {
    refusal_ = refusalOf(json);
    EXPECT_EQ(refusal_, Refusal::kNone) << json << ": " << refusalName(refusal_);
    return message_;
  }

  Refusal refusalOf(std::string_view json) {
    text_ = json;
    text_.append(JsonReader::kPadding, ' ');
    return messages_.read(std::string_view(text_).substr(0, json.size()), message_);
  }

  static std::string track(Instant time, std::string_view more = "",
                           std::string_view contact = "u") {
    return R"({"type":"track","event":"X","userId":")" + std::string(contact) +
           R"(","timestamp":)" + std::to_string(time) + std::string(more) + "}";
  }

  static std::string identify(Instant time, std::string_view traits,
                              std::string_view contact = "u") {
    return R"({"type":"identify","userId":")" + std::string(contact) + R"(","timestamp":)" +
           std::to_string(time) + R"(,"traits":)" + std::string(traits) + "}";
  }

  static std::string alias(std::string_view previousId, std::string_view contact,
                           Instant time = 0) {
    return R"({"type":"alias","previousId":")" + std::string(previousId) + R"(","userId":")" +
           std::string(contact) + R"(","timestamp":)" + std::to_string(time) + "}";
  }

  /// A contact that decides by the plan, when there is one, and tells what that makes it tell.
  std::unique_ptr<Contact> open(std::vector<Delta>& deltas,
                                std::shared_ptr<const Plan> plan = nullptr,
                                std::string_view id = "u") {
    const Symbol symbol = interner_.intern(id);
    auto contact = std::make_unique<Contact>(&interner_, &zones_, symbol);
    interner_.release(symbol);  // the contact holds its own
    if (plan != nullptr) contact->setPlan(std::move(plan), deltas);
    return contact;
  }

  /// Each as "contact#sequence entered|exited segment at cause", and forgets them.
  static std::vector<std::string> brief(std::vector<Delta>& deltas) {
    constexpr const char* kCauses[] = {"message", "time", "definition", "merge", "first"};
    std::vector<std::string> texts;
    for (const Delta& delta : deltas) {
      texts.push_back(std::string(delta.contact.text()) + "#" + std::to_string(delta.sequence) +
                      (delta.entered ? " entered " : " exited ") + delta.segmentPlan().id + " " +
                      std::to_string(delta.at) + " " + kCauses[static_cast<size_t>(delta.cause)]);
    }
    deltas.clear();
    return texts;
  }

  std::shared_ptr<const Plan> planOf(std::string_view when) {
    return plan("[" + definition("s", when) + "]");
  }

  MessageReader messages_{&interner_};
  Message message_;
  std::string text_;
  Refusal refusal_ = Refusal::kNone;
};

using Texts = std::vector<std::string>;

}  // namespace fosterflow
