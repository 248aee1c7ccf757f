#include "language/wording.h"

#include "language/vocabulary.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxQuotedBytes = 60;
constexpr size_t kMaxNamesListed = 12;

}  // namespace

std::string joined(std::initializer_list<std::string_view> parts) {
  size_t size = 0;
  for (const std::string_view part : parts) {
    size += part.size();
  }
  std::string out;
  out.reserve(size);
  for (const std::string_view part : parts) {
    out += part;
  }
  return out;
}

std::string inQuotes(std::string_view text) {
  if (text.size() <= kMaxQuotedBytes) {
    return joined({"\"", text, "\""});
  }
  size_t end = kMaxQuotedBytes;
  // Never cut a character in two.
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
    --end;
  }
  return joined({"\"", text.substr(0, end), "…\""});
}

std::string_view typeInWords(ValueType type) {
  switch (type) {
    case ValueType::kNull:
      return "null";
    case ValueType::kFalse:
    case ValueType::kTrue:
      return "true or false";
    case ValueType::kNumber:
      return "a number";
    case ValueType::kText:
      return "a text";
    case ValueType::kArray:
      return "a list";
    case ValueType::kObject:
      break;
  }
  return "an object";
}

std::string wrongTypeSentence(std::string_view subject, std::string_view expectation,
                              ValueType type) {
  return joined({subject, " must be ", expectation, ", but it is ", typeInWords(type), "."});
}

std::string expectationSentence(std::string_view subject, std::string_view expectation) {
  return joined({subject, " must be ", expectation, "."});
}

std::string unknownNameSentence(std::string_view what, std::string_view given,
                                std::string_view names) {
  std::string sentence = joined({"There is no ", what, " ", inQuotes(given), " here; "});
  const std::string_view nearest = nearestName(names, given);
  if (!nearest.empty()) {
    return joined({sentence, "did you mean ", inQuotes(nearest), "?"});
  }
  sentence += "use one of ";
  size_t count = 0;
  for (std::string_view name = nameAt(names, 0); !name.empty(); name = nameAt(names, ++count)) {
    if (count == kMaxNamesListed) {
      sentence += " and so on";
      break;
    }
    if (count > 0) {
      sentence += ", ";
    }
    sentence += name;
  }
  sentence += '.';
  return sentence;
}

std::string misplacedKeySentence(std::string_view key, std::string_view owner) {
  return joined({inQuotes(key), " has no place with ", inQuotes(owner), "; remove it."});
}

}  // namespace fosterflow
