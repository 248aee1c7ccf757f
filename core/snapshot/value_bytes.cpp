#include "snapshot/value_bytes.h"

#include <cmath>

#include "language/limits.h"
#include "snapshot/decimal.h"
#include "values/double_bits.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

void appendTag(std::string& out, ValueTag tag, uint32_t more = 0) {
  out.push_back(static_cast<char>(static_cast<uint32_t>(tag) + more));
}

}  // namespace

std::vector<const ValueNode*> membersByKey(const ValueNode& object, const Interner& interner) {
  std::vector<const ValueNode*> members;
  for (const ValueNode& member : ValueChildren(&object)) members.push_back(&member);
  const std::vector<size_t> order = sortedOrder(members.size(), [&](size_t left, size_t right) {
    return interner.text(members[left]->key) < interner.text(members[right]->key);
  });
  std::vector<const ValueNode*> sorted;
  sorted.reserve(members.size());
  for (const size_t place : order) sorted.push_back(members[place]);
  return sorted;
}

void appendValue(std::string& out, const ValueNode& value, TextWriter& texts,
                 const Interner& interner) {
  switch (value.type) {
    case ValueType::kNull:
    case ValueType::kFalse:
    case ValueType::kTrue:
      out.push_back(static_cast<char>(value.type));
      return;
    case ValueType::kNumber: {
      Decimal decimal;
      if (decimalOf(value.number, decimal)) {
        appendTag(out, ValueTag::kDecimal, decimal.scale);
        appendSignedVarint(out, decimal.digits);
      } else {
        appendTag(out, ValueTag::kDouble);
        appendFixed64(out, bitsOf(value.number));
      }
      return;
    }
    case ValueType::kText:
      appendTag(out, ValueTag::kText);
      texts.write(out, interner.text(value.text));
      return;
    case ValueType::kArray: {
      appendTag(out, ValueTag::kArray);
      size_t count = 0;
      for ([[maybe_unused]] const ValueNode& element : ValueChildren(&value)) ++count;
      appendVarint(out, count);
      for (const ValueNode& element : ValueChildren(&value)) {
        appendValue(out, element, texts, interner);
      }
      return;
    }
    case ValueType::kObject: {
      appendTag(out, ValueTag::kObject);
      const std::vector<const ValueNode*> members = membersByKey(value, interner);
      appendVarint(out, members.size());
      for (const ValueNode* member : members) {
        texts.write(out, interner.text(member->key));
        appendValue(out, *member, texts, interner);
      }
      return;
    }
  }
}

namespace {

class ValueReader {
 public:
  ValueReader(ByteReader& bytes, TextReader& texts, Interner* interner,
              std::vector<ValueNode>* nodes)
      : bytes_(bytes), texts_(texts), interner_(interner), nodes_(nodes) {}

  void read(Symbol key, uint32_t depth) {
    const uint8_t tag = bytes_.byte();
    ValueNode node;
    node.key = key;
    ++count_;
    switch (static_cast<ValueTag>(tag)) {
      case ValueTag::kNull:
      case ValueTag::kFalse:
      case ValueTag::kTrue:
        node.type = static_cast<ValueType>(tag);
        break;
      case ValueTag::kText: {
        node.type = ValueType::kText;
        node.text = symbolOf(texts_.read(bytes_));
        break;
      }
      case ValueTag::kDouble:
        node.type = ValueType::kNumber;
        node.number = doubleOf(bytes_.fixed64());
        if (!std::isfinite(node.number)) bytes_.fail("a number that is none");
        break;
      case ValueTag::kArray:
      case ValueTag::kObject:
        readChildren(node, tag == static_cast<uint8_t>(ValueTag::kObject), depth);
        return;
      default: {
        node.type = ValueType::kNumber;
        const Decimal decimal{bytes_.signedVarint(), static_cast<uint32_t>(tag) -
                                                         static_cast<uint32_t>(ValueTag::kDecimal)};
        if (decimal.scale > kMaxDecimalScale || decimal.digits > kMaxDecimalDigits ||
            decimal.digits < -kMaxDecimalDigits) {
          bytes_.fail("a value of no known kind");
          break;
        }
        node.number = numberOf(decimal);
        break;
      }
    }
    if (nodes_ != nullptr) nodes_->push_back(node);
  }

  [[nodiscard]] size_t count() const { return bytes_.failed() ? 0 : count_; }

 private:
  Symbol symbolOf(std::string_view text) {
    return nodes_ == nullptr ? kNoSymbol : interner_->intern(text);
  }

  void readChildren(ValueNode node, bool isObject, uint32_t depth) {
    const size_t place = nodes_ == nullptr ? 0 : nodes_->size();
    node.type = isObject ? ValueType::kObject : ValueType::kArray;
    node.span = 1;
    if (nodes_ != nullptr) nodes_->push_back(node);
    if (depth == kMaxMessageDepth) bytes_.fail("a value that is nested too deep");
    std::string_view before;
    for (size_t left = bytes_.count(); left > 0 && !bytes_.failed(); --left) {
      Symbol key = kNoSymbol;
      if (isObject) {
        const std::string_view name = texts_.read(bytes_);
        if (before.data() != nullptr && before >= name) bytes_.fail("keys that are not in order");
        before = name;
        key = symbolOf(name);
      }
      read(key, depth + 1);
    }
    if (nodes_ != nullptr) (*nodes_)[place].span = static_cast<uint32_t>(nodes_->size() - place);
  }

  ByteReader& bytes_;
  TextReader& texts_;
  Interner* interner_;
  std::vector<ValueNode>* nodes_;
  size_t count_ = 0;
};

}  // namespace

size_t readValue(ByteReader& bytes, TextReader& texts, Interner* interner,
                 std::vector<ValueNode>* nodes) {
  ValueReader reader(bytes, texts, interner, nodes);
  reader.read(kNoSymbol, 1);
  return reader.count();
}

}  // namespace fosterflow
