#include "language/wording.h"

#include "language/vocabulary.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr size_t kMaxQuotedBytes = 60;
constexpr size_t kMaxNamesListed = 12;

}  // namespace

void SentencePart::appendTo(std::string& out, bool isQuoted) const {
  if (isNumber_) {
    appendJsonInteger(out, static_cast<int64_t>(size_));
    return;
  }
  size_t end = size_;
  if (isQuoted && end > kMaxQuotedBytes) {
    end = kMaxQuotedBytes;
    // Never cut a character in two.
    while (end > 0 && (static_cast<unsigned char>(data_[end]) & 0xC0) == 0x80) {
      --end;
    }
  }
  out.append(data_, end);
  if (end < size_) {
    out += "…";
  }
}

std::string sentence(std::string_view form, std::initializer_list<SentencePart> parts) {
  std::string out;
  const SentencePart* next = parts.begin();
  for (const char letter : form) {
    if (letter == '%' && next != parts.end()) {
      next->appendTo(out, !out.empty() && out.back() == '"');
      ++next;
    } else {
      out += letter;
    }
  }
  return out;
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

std::string listed(std::string_view names) {
  std::string list;
  size_t count = 1;
  for (const char letter : names) {
    if (letter == ' ' && ++count > kMaxNamesListed) {
      list += " and so on";
      break;
    }
    if (letter == ' ') {
      list += ',';
    }
    list += letter;
  }
  return list;
}

std::string unknownNameSentence(std::string_view what, std::string_view given,
                                std::string_view names) {
  const std::string_view nearest = nearestName(names, given);
  return nearest.empty()
             ? sentence("There is no % \"%\" here; use one of %.", {what, given, listed(names)})
             : sentence("There is no % \"%\" here; did you mean \"%\"?", {what, given, nearest});
}

}  // namespace fosterflow
