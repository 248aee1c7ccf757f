#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "values/interner.h"
#include "values/value.h"

namespace fosterflow {

/// A JSON value that can be changed: what rewrites definitions works on these. Members keep the
/// order in which they were given. Only for values of bounded depth: it is walked by recursion.
struct Document {
  ValueType type = ValueType::kNull;
  double number = 0;            ///< kNumber
  std::string text;             ///< kText
  std::vector<Document> items;  ///< kArray; kObject: the values, beside `keys`
  std::vector<std::string> keys;

  Document() = default;
  static Document of(const ValueNode* value, const Interner& interner);
  static Document ofText(std::string_view text);
  static Document ofNumber(double number);
  static Document ofBoolean(bool value);
  static Document array();
  static Document object();

  [[nodiscard]] bool isObject() const { return type == ValueType::kObject; }
  [[nodiscard]] bool isArray() const { return type == ValueType::kArray; }
  [[nodiscard]] bool isText() const { return type == ValueType::kText; }
  [[nodiscard]] bool isNumber() const { return type == ValueType::kNumber; }
  [[nodiscard]] bool isTrue() const { return type == ValueType::kTrue; }

  /// The member at `key`; nullptr when there is none, or this is no object.
  [[nodiscard]] const Document* find(std::string_view key) const;
  [[nodiscard]] Document* find(std::string_view key);
  /// The text at `key`, or "".
  [[nodiscard]] std::string_view textAt(std::string_view key) const;
  /// Puts a member in the place of the one with this key, or last.
  void set(std::string_view key, Document value);
  void remove(std::string_view key);
};

/// Appends the value as JSON, members in their order.
void appendJson(std::string& out, const Document& document);

/// The canonical JSON of the value: RFC 8785 with keys by code point.
std::string canonicalJson(const Document& document);

}  // namespace fosterflow
