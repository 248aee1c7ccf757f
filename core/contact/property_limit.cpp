#include <algorithm>
#include <string>
#include <vector>

#include "contact/message.h"
#include "language/limits.h"
#include "values/path.h"

namespace fosterflow {

namespace {

struct Leaf {
  std::string path;
  const ValueNode* node = nullptr;
};

size_t countLeaves(const ValueNode& parent) {
  size_t leaves = 0;
  for (const ValueNode& child : ValueChildren(&parent)) {
    leaves += child.type == ValueType::kObject ? countLeaves(child) : 1;
  }
  return leaves;
}

void collectLeaves(const ValueNode& parent, const std::string& prefix, const Interner& interner,
                   std::vector<Leaf>& leaves) {
  for (const ValueNode& child : ValueChildren(&parent)) {
    std::string path = prefix;
    appendPathKey(path, interner.text(child.key), &parent == leaves.front().node);
    if (child.type == ValueType::kObject) {
      collectLeaves(child, path, interner, leaves);
    } else {
      leaves.push_back({std::move(path), &child});
    }
  }
}

// Copies what is kept of `parent`'s members; `kept` ascends by address, as the members do.
bool copyKept(const ValueNode& parent, const std::vector<const ValueNode*>& kept, Interner* interner,
              std::vector<ValueNode>& nodes) {
  const size_t start = nodes.size();
  nodes.push_back(parent);
  bool isEmpty = true;
  for (const ValueNode& child : ValueChildren(&parent)) {
    if (child.type == ValueType::kObject && spanOf(child) > 1) {
      isEmpty = !copyKept(child, kept, interner, nodes) && isEmpty;
    } else if (child.type == ValueType::kObject ||
               std::binary_search(kept.begin(), kept.end(), &child)) {
      nodes.insert(nodes.end(), &child, &child + spanOf(child));
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
  std::vector<Leaf> leaves;
  leaves.push_back({"", root});  // tells the top level from an empty first key
  collectLeaves(*root, "", *interner, leaves);
  std::nth_element(leaves.begin() + 1, leaves.begin() + kMaxProperties, leaves.end(),
                   [](const Leaf& left, const Leaf& right) { return left.path < right.path; });
  std::vector<const ValueNode*> kept;
  for (size_t index = 1; index <= kMaxProperties; ++index) kept.push_back(leaves[index].node);
  std::sort(kept.begin(), kept.end());
  ValueTree limited(interner);
  copyKept(*root, kept, interner, limited.nodes());
  for (const ValueNode& node : limited.nodes()) {
    interner->retain(node.key);
    if (node.type == ValueType::kText) interner->retain(node.text);
  }
  object = std::move(limited);
  return true;
}

}  // namespace fosterflow
