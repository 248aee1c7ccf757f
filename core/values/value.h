#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "values/interner.h"

namespace fosterflow {

/// The types of JSON values, in the order in which values of different types compare.
enum class ValueType : uint8_t { kNull, kFalse, kTrue, kNumber, kText, kArray, kObject };

/// One node of a JSON tree laid out in preorder in one array ("tape"). A value is a pointer to its
/// node; the nodes of an array or object follow it directly. A member of an object carries its key.
struct ValueNode {
  ValueType type = ValueType::kNull;
  Symbol key = kNoSymbol;  ///< the member name when the parent is an object
  union {
    double number = 0;  ///< kNumber: finite
    Symbol text;        ///< kText
    uint32_t span;      ///< kArray, kObject: nodes of this subtree, this one included
  };
};
static_assert(sizeof(ValueNode) == 16);

/// Nodes of the subtree that starts at `value`: 1 for scalars.
inline uint32_t spanOf(const ValueNode& value) {
  return value.type >= ValueType::kArray ? value.span : 1;
}

/// Iterates over the direct children of an array or object; empty for scalars.
class ValueChildren {
 public:
  explicit ValueChildren(const ValueNode* parent)
      : first_(parent + 1), end_(parent + spanOf(*parent)) {}
  struct Iterator {
    const ValueNode* node;
    const ValueNode& operator*() const { return *node; }
    Iterator& operator++() {
      node += spanOf(*node);
      return *this;
    }
    bool operator!=(const Iterator& other) const { return node != other.node; }
  };
  [[nodiscard]] Iterator begin() const { return {first_}; }
  [[nodiscard]] Iterator end() const { return {end_}; }

 private:
  const ValueNode* first_;
  const ValueNode* end_;
};

/// Gives back the references that `count` nodes hold to their keys and texts.
void releaseNodes(const ValueNode* first, size_t count, Interner& interner);

/// Whether `count` nodes say the same, keys included; for whole subtrees. False also for some that
/// mean the same: members in another order, -0 and 0.
bool sameNodes(const ValueNode* left, const ValueNode* right, size_t count);

/// Owns a tape and the references to its symbols (keys and texts). Movable, not copyable by
/// accident: `copyOf` says it. An empty tree holds no value.
class ValueTree {
 public:
  ValueTree() = default;
  explicit ValueTree(Interner* interner) : interner_(interner) {}
  ValueTree(ValueTree&& other) noexcept;
  ValueTree& operator=(ValueTree&& other) noexcept;
  ValueTree(const ValueTree&) = delete;
  ValueTree& operator=(const ValueTree&) = delete;
  ~ValueTree();

  /// A deep copy of the subtree at `value`, with its own references; the root's key is dropped.
  static ValueTree copyOf(const ValueNode* value, Interner* interner);

  /// The root, or nullptr when empty.
  [[nodiscard]] const ValueNode* root() const { return nodes_.empty() ? nullptr : nodes_.data(); }
  [[nodiscard]] bool empty() const { return nodes_.empty(); }
  [[nodiscard]] size_t nodeCount() const { return nodes_.size(); }

  /// Releases everything but keeps the capacity.
  void clear();

  /// For builders: the nodes themselves. Whoever appends a key or text hands its reference over.
  std::vector<ValueNode>& nodes() { return nodes_; }
  [[nodiscard]] Interner* interner() const { return interner_; }

 private:
  Interner* interner_ = nullptr;
  std::vector<ValueNode> nodes_;
};

/// True for a value that counts as present: neither absent (nullptr) nor null.
inline bool isSet(const ValueNode* value) {
  return value != nullptr && value->type != ValueType::kNull;
}

/// The one order of values: missing/null < false < true < numbers < texts by code point < arrays
/// (element by element, then length) < objects (by canonical JSON). Returns <0, 0 or >0. -0 equals
/// 0.
int compareValues(const ValueNode* left, const ValueNode* right, const Interner& interner);

/// Equality as `eq` means it: texts, numbers and booleans of the same type; anything else is
/// unequal.
bool equalScalars(const ValueNode* left, const ValueNode* right);

}  // namespace fosterflow
