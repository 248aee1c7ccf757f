#include "values/canonical_json.h"

#include <iterator>
#include <vector>

#include "values/sorted_order.h"

namespace fosterflow {

void appendJsonText(std::string& out, std::string_view text) {
  constexpr char kHexDigits[] = "0123456789abcdef";
  // Short escapes of the controls 8…13; 'u' where there is none.
  constexpr char kShortEscapes[] = "btnufr";
  out.push_back('"');
  size_t plain = 0;  // what comes before it is appended
  for (size_t index = 0; index < text.size(); ++index) {
    const auto byte = static_cast<unsigned char>(text[index]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text, plain, index - plain);
    plain = index + 1;
    out.push_back('\\');
    if (byte >= 0x20) {
      out.push_back(text[index]);
      continue;
    }
    const char escape = byte >= 8 && byte <= 13 ? kShortEscapes[byte - 8] : 'u';
    out.push_back(escape);
    if (escape == 'u') {
      out.append("00");
      out.push_back(kHexDigits[byte >> 4]);
      out.push_back(kHexDigits[byte & 15]);
    }
  }
  out.append(text, plain);
  out.push_back('"');
}

void appendJsonInteger(std::string& out, int64_t number) {
  char digits[20];
  char* first = std::end(digits);
  auto rest = static_cast<uint64_t>(number);
  if (number < 0) rest = 0 - rest;
  for (; first == std::end(digits) || rest != 0; rest /= 10)
    *--first = static_cast<char>('0' + rest % 10);
  if (number < 0) *--first = '-';
  out.append(first, static_cast<size_t>(std::end(digits) - first));
}

void appendTextMember(std::string& out, const char* opening, const std::string& text) {
  out += opening;
  appendJsonText(out, text);
}

namespace {

void appendArray(std::string& out, const ValueNode* array, const Interner& interner) {
  char separator = '[';
  for (const ValueNode& element : ValueChildren(array)) {
    out.push_back(separator);
    separator = ',';
    appendCanonicalJson(out, &element, interner);
  }
  if (separator == '[') out.push_back('[');
  out.push_back(']');
}

void appendObject(std::string& out, const ValueNode* object, const Interner& interner) {
  std::vector<const ValueNode*> members;
  for (const ValueNode& member : ValueChildren(object)) members.push_back(&member);
  const auto isBefore = [&](size_t left, size_t right) {
    return interner.text(members[left]->key) < interner.text(members[right]->key);
  };
  char separator = '{';
  for (const size_t position : sortedOrder(members.size(), isBefore)) {
    const ValueNode* member = members[position];
    out.push_back(separator);
    separator = ',';
    appendJsonText(out, interner.text(member->key));
    out.push_back(':');
    appendCanonicalJson(out, member, interner);
  }
  if (separator == '{') out.push_back('{');
  out.push_back('}');
}

}  // namespace

void appendCanonicalJson(std::string& out, const ValueNode* value, const Interner& interner) {
  switch (value != nullptr ? value->type : ValueType::kNull) {
    case ValueType::kNull:
      out.append("null");
      break;
    case ValueType::kFalse:
      out.append("false");
      break;
    case ValueType::kTrue:
      out.append("true");
      break;
    case ValueType::kNumber:
      appendJsonNumber(out, value->number);
      break;
    case ValueType::kText:
      appendJsonText(out, interner.text(value->text));
      break;
    case ValueType::kArray:
      appendArray(out, value, interner);
      break;
    case ValueType::kObject:
      appendObject(out, value, interner);
      break;
  }
}

}  // namespace fosterflow
