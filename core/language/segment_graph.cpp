#include "language/segment_graph.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "language/limits.h"
#include "language/vocabulary.h"
#include "language/wording.h"

namespace fosterflow {

namespace {

// Bounds on what the sentences about hostile sets may hold.
constexpr size_t kMaxCyclesInFull = 100;
constexpr size_t kMaxIdsInFull = 64;
constexpr size_t kMaxIdsInShort = 8;
constexpr size_t kMaxIdsCompared = 1'000;

// Walks from segment to segment, depth first, without recursion.
class Walk {
 public:
  Walk(const std::vector<ReadDefinition>& segments, ProblemList& problems)
      : segments_(segments), problems_(problems), nodes_(segments.size()) {}

  std::vector<size_t> order() {
    for (size_t index = 0; index < segments_.size(); ++index) {
      checkDistinct(index);
    }
    for (size_t index = 0; index < segments_.size(); ++index) {
      if (nodes_[index].state == State::kNew) {
        visit(index);
      }
    }
    return std::move(order_);
  }

 private:
  enum class State : uint8_t { kNew, kOpen, kDone };
  struct Node {
    State state = State::kNew;
    uint32_t nextReference = 0;
    size_t depth = 0;    // where it stands on the stack
    uint32_t chain = 1;  // segments in the longest chain from here on
    bool meetsCycle = false;
  };

  [[nodiscard]] std::string_view idOf(size_t index) const { return segments_[index].definition.id; }

  void checkDistinct(size_t index) {
    if (index == 0 || idOf(index).empty() || idOf(index) != idOf(index - 1)) {
      return;
    }
    problems_.add(
        segments_[index].node, segments_[index].idPointer, ProblemCode::kDuplicateId,
        joined({"Another segment has the id ", inQuotes(idOf(index)), " too; give each its own."}));
  }

  // The first segment with this id, or the number of segments.
  [[nodiscard]] size_t find(std::string_view id) const {
    const auto found = std::lower_bound(segments_.begin(), segments_.end(), id,
                                        [](const ReadDefinition& segment, std::string_view wanted) {
                                          return segment.definition.id < wanted;
                                        });
    const bool isFound = found != segments_.end() && !id.empty() && found->definition.id == id;
    return isFound ? static_cast<size_t>(found - segments_.begin()) : segments_.size();
  }

  void visit(size_t first) {
    open(first);
    while (!stack_.empty()) {
      const size_t index = stack_.back();
      Node& node = nodes_[index];
      const std::vector<SegmentReference>& references = segments_[index].references;
      if (node.nextReference == references.size()) {
        close(index);
      } else {
        follow(references[node.nextReference++]);
      }
    }
  }

  void open(size_t index) {
    nodes_[index].state = State::kOpen;
    nodes_[index].depth = stack_.size();
    stack_.push_back(index);
  }

  void follow(const SegmentReference& reference) {
    const size_t target = find(reference.segment);
    if (target == segments_.size()) {
      reportUnknown(reference);
    } else if (nodes_[target].state == State::kNew) {
      open(target);
    } else if (nodes_[target].state == State::kOpen) {
      reportCycle(reference, target);
    } else {
      lengthen(stack_.back(), target);
    }
  }

  void lengthen(size_t index, size_t target) {
    nodes_[index].chain = std::max(nodes_[index].chain, nodes_[target].chain + 1);
    nodes_[index].meetsCycle = nodes_[index].meetsCycle || nodes_[target].meetsCycle;
  }

  void close(size_t index) {
    nodes_[index].state = State::kDone;
    stack_.pop_back();
    order_.push_back(index);
    // A longer chain is the same fault, told once. Into a circle, it has no end anyway.
    if (nodes_[index].chain == kMaxSegmentChain + 1 && !nodes_[index].meetsCycle) {
      problems_.add(segments_[index].node, segments_[index].idPointer,
                    ProblemCode::kSegmentChainTooLong,
                    joined({"From ", inQuotes(idOf(index)), " on, more than ",
                            std::to_string(kMaxSegmentChain),
                            " segments use each other in a chain; shorten it."}));
    }
    if (!stack_.empty()) {
      lengthen(stack_.back(), index);
    }
  }

  void reportUnknown(const SegmentReference& reference) {
    std::string_view nearest;
    const size_t count = std::min(segments_.size(), kMaxIdsCompared);
    for (size_t index = 0; index < count && nearest.empty(); ++index) {
      nearest = nearestName(idOf(index), reference.segment);
    }
    problems_.add(reference.node, reference.pointer, ProblemCode::kUnknownSegment,
                  nearest.empty() ? joined({"There is no segment ", inQuotes(reference.segment),
                                            " here; define it, or correct the id."})
                                  : unknownNameSentence("segment", reference.segment, nearest));
  }

  void reportCycle(const SegmentReference& reference, size_t target) {
    nodes_[stack_.back()].meetsCycle = true;
    const size_t start = nodes_[target].depth;
    const size_t length = stack_.size() - start;
    const size_t most = cycles_++ < kMaxCyclesInFull ? kMaxIdsInFull : kMaxIdsInShort;
    std::string path;
    for (size_t index = 0; index < std::min(length, most); ++index) {
      path += idOf(stack_[start + index]);
      path += " → ";
    }
    if (length > most) {
      path += "… → ";
    }
    path += idOf(target);
    problems_.add(reference.node, reference.pointer, ProblemCode::kSegmentCycle,
                  joined({"The segments use each other in a circle: ", path,
                          "; take one of these steps out."}));
  }

  const std::vector<ReadDefinition>& segments_;
  ProblemList& problems_;
  std::vector<Node> nodes_;
  std::vector<size_t> stack_;
  std::vector<size_t> order_;
  size_t cycles_ = 0;
};

}  // namespace

std::vector<size_t> orderSegments(const std::vector<ReadDefinition>& segments,
                                  ProblemList& problems) {
  return Walk(segments, problems).order();
}

}  // namespace fosterflow
