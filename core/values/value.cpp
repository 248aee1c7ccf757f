#include "values/value.h"

#include <utility>

#include "values/canonical_json.h"
#include "values/double_bits.h"

namespace fosterflow {

void releaseNodes(const ValueNode* first, size_t count, Interner& interner) {
  for (const ValueNode* node = first; node != first + count; ++node) {
    interner.release(node->key);
    if (node->type == ValueType::kText) interner.release(node->text);
  }
}

bool sameNodes(const ValueNode* left, const ValueNode* right, size_t count) {
  for (size_t index = 0; index < count; ++index) {
    const ValueNode& one = left[index];
    const ValueNode& other = right[index];
    if (one.type != other.type || one.key != other.key) return false;
    if (one.type == ValueType::kNumber) {
      if (bitsOf(one.number) != bitsOf(other.number)) return false;
    } else if (one.type > ValueType::kNumber && one.text != other.text) {
      return false;
    }
  }
  return true;
}

ValueTree::ValueTree(ValueTree&& other) noexcept
    : interner_(other.interner_), nodes_(std::move(other.nodes_)) {
  other.nodes_.clear();
}

ValueTree& ValueTree::operator=(ValueTree&& other) noexcept {
  if (this != &other) {
    clear();
    interner_ = other.interner_;
    nodes_ = std::move(other.nodes_);
    other.nodes_.clear();
  }
  return *this;
}

ValueTree::~ValueTree() { clear(); }

ValueTree ValueTree::copyOf(const ValueNode* value, Interner* interner) {
  ValueTree copy(interner);
  if (value == nullptr) return copy;
  copy.nodes_.assign(value, value + spanOf(*value));
  copy.nodes_.front().key = kNoSymbol;
  for (const ValueNode& node : copy.nodes_) {
    interner->retain(node.key);
    if (node.type == ValueType::kText) interner->retain(node.text);
  }
  return copy;
}

void ValueTree::clear() {
  if (nodes_.empty()) return;
  releaseNodes(nodes_.data(), nodes_.size(), *interner_);
  nodes_.clear();
}

namespace {

int compareArrays(const ValueNode& left, const ValueNode& right, const Interner& interner) {
  const ValueChildren leftElements(&left);
  const ValueChildren rightElements(&right);
  auto leftElement = leftElements.begin();
  auto rightElement = rightElements.begin();
  for (; leftElement != leftElements.end(); ++leftElement, ++rightElement) {
    if (!(rightElement != rightElements.end())) return 1;
    const int order = compareValues(&*leftElement, &*rightElement, interner);
    if (order != 0) return order;
  }
  return rightElement != rightElements.end() ? -1 : 0;
}

int compareObjects(const ValueNode& left, const ValueNode& right, const Interner& interner) {
  std::string leftJson;
  std::string rightJson;
  appendCanonicalJson(leftJson, &left, interner);
  appendCanonicalJson(rightJson, &right, interner);
  return leftJson.compare(rightJson);
}

}  // namespace

int compareValues(const ValueNode* left, const ValueNode* right, const Interner& interner) {
  const ValueType leftType = left != nullptr ? left->type : ValueType::kNull;
  const ValueType rightType = right != nullptr ? right->type : ValueType::kNull;
  if (leftType != rightType) return leftType < rightType ? -1 : 1;
  switch (leftType) {
    case ValueType::kNumber:
      return left->number < right->number ? -1 : left->number > right->number ? 1 : 0;
    case ValueType::kText:
      // Bytes of UTF-8 order as code points do.
      return left->text == right->text
                 ? 0
                 : interner.text(left->text).compare(interner.text(right->text));
    case ValueType::kArray:
      return compareArrays(*left, *right, interner);
    case ValueType::kObject:
      return compareObjects(*left, *right, interner);
    default:
      return 0;
  }
}

bool equalScalars(const ValueNode* left, const ValueNode* right) {
  if (left == nullptr || right == nullptr || left->type != right->type) return false;
  switch (left->type) {
    case ValueType::kFalse:
    case ValueType::kTrue:
      return true;
    case ValueType::kNumber:
      return left->number == right->number;
    case ValueType::kText:
      return left->text == right->text;
    default:
      return false;
  }
}

}  // namespace fosterflow
