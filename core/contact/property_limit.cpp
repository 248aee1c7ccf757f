#include <string>
#include <utility>
#include <vector>

#include "contact/message.h"
#include "language/limits.h"
#include "values/path.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

size_t countLeaves(const ValueNode& parent) {
  size_t leaves = 0;
  for (const ValueNode& child : ValueChildren(&parent)) {
    leaves += child.type == ValueType::kObject ? countLeaves(child) : 1;
  }
  return leaves;
}

// Appends the dotted path of every leaf, in the order of the tape. `prefix`: the path of `parent`,
// which is at the top or not.
void collectPaths(const ValueNode& parent, const std::string& prefix, bool isTop,
                  const Interner& interner, std::vector<std::string>& paths) {
  for (const ValueNode& child : ValueChildren(&parent)) {
    std::string path = prefix;
    appendPathKey(path, interner.text(child.key), isTop);
    if (child.type == ValueType::kObject) {
      collectPaths(child, path, false, interner, paths);
    } else {
      paths.push_back(std::move(path));
    }
  }
}

// Copies what is kept of `parent`'s members. `isKept` says it by leaf, in the order of the tape;
// `leaf` is the next one.
bool copyKept(const ValueNode& parent, const std::vector<uint8_t>& isKept, size_t& leaf,
              std::vector<ValueNode>& nodes) {
  const size_t start = nodes.size();
  nodes.push_back(parent);
  bool isEmpty = true;
  for (const ValueNode& child : ValueChildren(&parent)) {
    if (child.type == ValueType::kObject && spanOf(child) > 1) {
      isEmpty = !copyKept(child, isKept, leaf, nodes) && isEmpty;
    } else if (child.type == ValueType::kObject || isKept[leaf++] != 0) {
      for (uint32_t index = 0; index < spanOf(child); ++index) nodes.push_back((&child)[index]);
      isEmpty = false;
    }
  }
  if (isEmpty) {
    nodes.resize(start);
    return false;
  }
  nodes[start].span = static_cast<uint32_t>(nodes.size() - start);
  return true;
}

}  // namespace

bool limitProperties(ValueTree& object, Interner* interner) {
  const ValueNode* root = object.root();
  if (object.nodeCount() <= kMaxProperties || countLeaves(*root) <= kMaxProperties) return false;
  std::vector<std::string> paths;
  collectPaths(*root, "", true, *interner, paths);
  const std::vector<size_t> byPath = sortedOrder(
      paths.size(), [&paths](size_t left, size_t right) { return paths[left] < paths[right]; });
  std::vector<uint8_t> isKept(paths.size());
  for (size_t rank = 0; rank < kMaxProperties; ++rank) isKept[byPath[rank]] = 1;
  std::vector<ValueNode> kept;
  size_t leaf = 0;
  copyKept(*root, isKept, leaf, kept);
  object = ValueTree::copyOf(kept.data(), interner);
  return true;
}

}  // namespace fosterflow
