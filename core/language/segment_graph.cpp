#include "language/segment_graph.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

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

// Walks from segment to segment, depth first, without recursion. A segment is meant by its position
// in the order of ids.
class Walk {
 public:
  Walk(const std::vector<ReadDefinition>& segments, const std::vector<size_t>& byId,
       ProblemList& problems)
      : segments_(segments), byId_(byId), problems_(problems), nodes_(segments.size()) {}

  std::vector<size_t> order() {
    for (size_t index = 1; index < nodes_.size(); ++index) {
      if (!idOf(index).empty() && idOf(index) == idOf(index - 1)) {
        reportId(index, ProblemCode::kDuplicateId,
                 "Another segment has the id \"%\" too; give each its own.");
      }
    }
    for (size_t index = 0; index < nodes_.size(); ++index) {
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
    bool meetsCycle = false;
    uint32_t chain = 1;  // segments in the longest chain from here on
    size_t nextReference = 0;
    size_t depth = 0;  // where it stands on the stack
  };

  [[nodiscard]] const ReadDefinition& at(size_t index) const { return segments_[byId_[index]]; }
  [[nodiscard]] std::string_view idOf(size_t index) const { return at(index).definition.id; }

  // The first segment with this id, or the number of segments.
  [[nodiscard]] size_t find(std::string_view id) const {
    size_t first = 0;
    size_t end = nodes_.size();
    while (first < end) {
      const size_t middle = first + (end - first) / 2;
      if (idOf(middle) < id) {
        first = middle + 1;
      } else {
        end = middle;
      }
    }
    const bool isFound = first < nodes_.size() && !id.empty() && idOf(first) == id;
    return isFound ? first : nodes_.size();
  }

  void visit(size_t start) {
    open(start);
    while (!stack_.empty()) {
      const size_t index = stack_.back();
      const std::vector<SegmentReference>& references = at(index).references;
      size_t& next = nodes_[index].nextReference;
      if (next == references.size()) {
        close(index);
      } else {
        follow(references[next++]);
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
    if (target == nodes_.size()) {
      reportUnknown(reference);
    } else if (nodes_[target].state == State::kNew) {
      open(target);
    } else if (nodes_[target].state == State::kOpen) {
      nodes_[stack_.back()].meetsCycle = true;
      reportCycle(reference, target);
    } else {
      inherit(nodes_[target]);
    }
  }

  // The segment on top of the stack uses one that is done.
  void inherit(const Node& used) {
    Node& user = nodes_[stack_.back()];
    user.chain = std::max(user.chain, used.chain + 1);
    user.meetsCycle = user.meetsCycle || used.meetsCycle;
  }

  void close(size_t index) {
    Node& node = nodes_[index];
    node.state = State::kDone;
    stack_.pop_back();
    order_.push_back(index);
    // A longer chain is the same fault, told once. Into a circle, it has no end anyway.
    if (node.chain == kMaxSegmentChain + 1 && !node.meetsCycle) {
      reportId(index, ProblemCode::kSegmentChainTooLong,
               "With \"%\", more than % segments use each other in a chain; shorten it.");
    }
    if (!stack_.empty()) {
      inherit(node);
    }
  }

  // Reports a problem of a segment as a whole, at its id.
  void reportId(size_t index, ProblemCode code, std::string_view form) {
    problems_.add(at(index).node, at(index).idPointer, code,
                  sentence(form, {idOf(index), kMaxSegmentChain}));
  }

  void reportUnknown(const SegmentReference& reference) {
    std::string_view nearest;
    const size_t count = std::min(nodes_.size(), kMaxIdsCompared);
    for (size_t index = 0; index < count && nearest.empty(); ++index) {
      nearest = nearestName(idOf(index), reference.segment);
    }
    problems_.add(reference.node, reference.pointer, ProblemCode::kUnknownSegment,
                  nearest.empty()
                      ? sentence("There is no segment \"%\" here; define it, or correct the id.",
                                 {reference.segment})
                      : unknownNameSentence("segment", reference.segment, nearest));
  }

  void reportCycle(const SegmentReference& reference, size_t target) {
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
    problems_.add(
        reference.node, reference.pointer, ProblemCode::kSegmentCycle,
        sentence("The segments use each other in a circle: %; take one of these steps out.",
                 {path}));
  }

  const std::vector<ReadDefinition>& segments_;
  const std::vector<size_t>& byId_;
  ProblemList& problems_;
  std::vector<Node> nodes_;
  std::vector<size_t> stack_;
  std::vector<size_t> order_;
  size_t cycles_ = 0;
};

}  // namespace

std::vector<size_t> orderSegments(const std::vector<ReadDefinition>& segments,
                                  const std::vector<size_t>& byId, ProblemList& problems) {
  return Walk(segments, byId, problems).order();
}

}  // namespace fosterflow
