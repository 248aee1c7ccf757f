#include <array>

#include "contact/message.h"

namespace fosterflow {

namespace {

struct Wording {
  std::string_view name;
  std::string_view text;
};

// By Refusal.
constexpr std::array<Wording, 22> kWordings = {{
    {"", ""},
    {"invalid_json", "This is not valid JSON: write one JSON object a line."},
    {"invalid_utf8", "The text is not valid UTF-8."},
    {"number_out_of_range", "A number is too large for a double."},
    {"too_deep", "The message is nested deeper than 64 levels."},
    {"message_too_large", "The message is larger than 64 KiB."},
    {"not_an_object", "A message must be a JSON object."},
    {"unknown_type", "`type` must be track, identify, page, screen, alias, channel or list."},
    {"invalid_id", "`userId`, `anonymousId` and `messageId` must be texts."},
    {"missing_id", "The message names no contact: give `userId` or `anonymousId`."},
    {"invalid_event", "`event` must be a text that is not empty."},
    {"invalid_timestamp",
     "`timestamp` must be an ISO 8601 time with offset or Z, or whole epoch milliseconds."},
    {"missing_timestamp",
     "The message has no `timestamp`, and none came before it in the file to take its place."},
    {"invalid_properties", "`properties` must be an object."},
    {"invalid_traits", "`traits` must be an object."},
    {"invalid_previous_id", "`previousId` must be a text that is not empty."},
    {"invalid_channel", "`channel` must be a text that is not empty."},
    {"invalid_reachable", "`reachable` must be true or false."},
    {"invalid_list", "`list` must be a text that is not empty."},
    {"invalid_action", "`action` must be add or remove."},
    {"other_contact", "The message is of another contact than the one it was applied to."},
    {"out_of_memory", "There is no memory left to take the message in."},
}};

}  // namespace

std::string_view refusalName(Refusal refusal) {
  return kWordings[static_cast<size_t>(refusal)].name;
}

std::string_view refusalText(Refusal refusal) {
  return kWordings[static_cast<size_t>(refusal)].text;
}

}  // namespace fosterflow
