#include "authoring/document.h"

#include <cstdint>

#include "values/canonical_json.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

void append(std::string& out, const Document& document, bool isCanonical) {
  switch (document.type) {
    case ValueType::kNull:
      out += "null";
      return;
    case ValueType::kFalse:
      out += "false";
      return;
    case ValueType::kTrue:
      out += "true";
      return;
    case ValueType::kNumber:
      appendJsonNumber(out, document.number);
      return;
    case ValueType::kText:
      appendJsonText(out, document.text);
      return;
    case ValueType::kArray:
      out += '[';
      for (size_t index = 0; index < document.items.size(); ++index) {
        if (index > 0) out += ',';
        append(out, document.items[index], isCanonical);
      }
      out += ']';
      return;
    case ValueType::kObject:
      break;
  }
  const auto isBefore = [&document, isCanonical](size_t left, size_t right) {
    return isCanonical && document.keys[left] < document.keys[right];
  };
  const std::vector<size_t> order = sortedOrder(document.keys.size(), isBefore);
  out += '{';
  for (size_t place = 0; place < order.size(); ++place) {
    if (place > 0) out += ',';
    appendJsonText(out, document.keys[order[place]]);
    out += ':';
    append(out, document.items[order[place]], isCanonical);
  }
  out += '}';
}

}  // namespace

Document Document::of(const ValueNode* value, const Interner& interner) {
  Document document;
  if (value == nullptr) return document;
  document.type = value->type;
  if (value->type == ValueType::kNumber) document.number = value->number;
  if (value->type == ValueType::kText) document.text = interner.text(value->text);
  if (value->type < ValueType::kArray) return document;
  for (const ValueNode& child : ValueChildren(value)) {
    if (document.isObject()) document.keys.emplace_back(interner.text(child.key));
    document.items.push_back(of(&child, interner));
  }
  return document;
}

Document Document::ofText(std::string_view text) {
  Document document;
  document.type = ValueType::kText;
  document.text = text;
  return document;
}

Document Document::ofNumber(double number) {
  Document document;
  document.type = ValueType::kNumber;
  document.number = number;
  return document;
}

Document Document::ofBoolean(bool value) {
  Document document;
  document.type = value ? ValueType::kTrue : ValueType::kFalse;
  return document;
}

Document Document::array() {
  Document document;
  document.type = ValueType::kArray;
  return document;
}

Document Document::object() {
  Document document;
  document.type = ValueType::kObject;
  return document;
}

const Document* Document::find(std::string_view key) const {
  for (size_t index = 0; index < keys.size(); ++index) {
    if (keys[index] == key) return &items[index];
  }
  return nullptr;
}

Document* Document::find(std::string_view key) {
  return const_cast<Document*>(std::as_const(*this).find(key));
}

std::string_view Document::textAt(std::string_view key) const {
  const Document* member = find(key);
  return member != nullptr && member->isText() ? std::string_view(member->text)
                                               : std::string_view();
}

void Document::set(std::string_view key, Document value) {
  Document* member = find(key);
  if (member != nullptr) {
    *member = std::move(value);
    return;
  }
  keys.emplace_back(key);
  items.push_back(std::move(value));
}

void Document::remove(std::string_view key) {
  for (size_t index = 0; index < keys.size(); ++index) {
    if (keys[index] != key) continue;
    keys.erase(keys.begin() + static_cast<std::ptrdiff_t>(index));
    items.erase(items.begin() + static_cast<std::ptrdiff_t>(index));
    return;
  }
}

void appendJson(std::string& out, const Document& document) { append(out, document, false); }

std::string canonicalJson(const Document& document) {
  std::string out;
  append(out, document, true);
  return out;
}

}  // namespace fosterflow
