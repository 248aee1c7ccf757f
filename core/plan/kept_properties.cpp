#include "plan/kept_properties.h"

#include <algorithm>
#include <utility>

#include "plan/plan.h"

namespace fosterflow {

namespace {

using Path = std::vector<Symbol>;

void add(std::vector<Path>& paths, const Path& path) {
  if (!path.empty() && std::find(paths.begin(), paths.end(), path) == paths.end()) {
    paths.push_back(path);
  }
}

// Paths inside the elements of an array are the array's business.
void addPathsOf(const Filter& filter, std::vector<Path>& paths) {
  add(paths, filter.path);
  if (filter.kind == PropertyFilter::Kind::kItem) return;
  for (const Filter& child : filter.children) addPathsOf(child, paths);
}

enum class Fate : uint8_t { kGoes, kStays, kIsOnTheWay };

// Of the member that `path` leads to.
Fate fateOf(const Path& path, const std::vector<Path>& kept) {
  Fate fate = Fate::kGoes;
  for (const Path& one : kept) {
    if (one.size() < path.size() || !std::equal(path.begin(), path.end(), one.begin())) continue;
    if (one.size() == path.size()) return Fate::kStays;
    fate = Fate::kIsOnTheWay;
  }
  return fate;
}

// Copies what stays of `object`'s members; answers whether that is anything. `dropsAny` tells
// whether something went.
bool copyKept(const ValueNode& object, Path& path, const std::vector<Path>& kept,
              std::vector<ValueNode>& nodes, bool& dropsAny) {
  const size_t start = nodes.size();
  nodes.push_back(object);
  for (const ValueNode& member : ValueChildren(&object)) {
    path.push_back(member.key);
    const Fate fate = fateOf(path, kept);
    if (fate == Fate::kStays) {
      nodes.insert(nodes.end(), &member, &member + spanOf(member));
    } else if (fate == Fate::kGoes || member.type != ValueType::kObject ||
               !copyKept(member, path, kept, nodes, dropsAny)) {
      dropsAny = true;
    }
    path.pop_back();
  }
  if (nodes.size() == start + 1) {
    nodes.pop_back();
    return false;
  }
  nodes[start].span = static_cast<uint32_t>(nodes.size() - start);
  return true;
}

}  // namespace

KeptProperties::KeptProperties(const Plan& plan) {
  byName_.resize(plan.streamsByName.size());
  for (size_t name = 0; name < byName_.size(); ++name) {
    for (const uint32_t index : plan.streamsByName[name]) {
      const Stream& stream = plan.streams[index];
      add(byName_[name], stream.property);
      if (stream.where) addPathsOf(*stream.where, byName_[name]);
      for (const uint32_t metric : stream.metrics) {
        add(byName_[name], plan.metrics[metric].property);
      }
    }
  }
}

const std::vector<KeptProperties::Path>& KeptProperties::pathsOf(Symbol event) const {
  static const std::vector<Path> kNone;
  return event < byName_.size() ? byName_[event] : kNone;
}

bool KeptProperties::dropsAnyOf(Symbol event, const ValueNode* properties) const {
  if (properties == nullptr) return false;
  std::vector<ValueNode> nodes;
  Path path;
  bool dropsAny = false;
  copyKept(*properties, path, pathsOf(event), nodes, dropsAny);
  return dropsAny;
}

void KeptProperties::reduce(Symbol event, ValueTree& properties) const {
  if (properties.empty()) return;
  ValueTree kept(properties.interner());
  Path path;
  bool dropsAny = false;
  copyKept(*properties.root(), path, pathsOf(event), kept.nodes(), dropsAny);
  for (const ValueNode& node : kept.nodes()) {
    properties.interner()->retain(node.key);
    if (node.type == ValueType::kText) properties.interner()->retain(node.text);
  }
  properties = std::move(kept);
}

}  // namespace fosterflow
