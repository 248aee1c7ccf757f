#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "language/definition_set.h"
#include "plan/edge.h"
#include "plan/filter.h"
#include "plan/kept_properties.h"
#include "plan/predicate.h"

namespace fosterflow {

// The one graph that all segments of a set share. Equal conditions are one node, whoever wrote
// them. The plan is immutable and shared by all contacts; what a contact keeps for it lives in
// core/contact.
//
//   streams ─→ metrics ─→ tests ─→ gates ─→ segments
//        └──→ sequences ─→ ┘
//
// A stream picks events. A metric measures a stream in a window. A test is a leaf that holds or
// not. Gates combine.

/// Which events of a selector take part in a measure.
enum class Participation : uint8_t {
  kEvery,    ///< all of them
  kSet,      ///< those that have the property
  kScalar,   ///< those whose property is a text, number or boolean
  kNumeric,  ///< those whose property is a number
};

/// The events of some names that pass a filter, and that have what is measured of them.
struct Stream {
  Symbol key = kNoSymbol;  ///< equal in two plans of one interner: they pick the same events
  std::vector<Symbol> names;
  std::optional<Filter> where;
  Participation participation = Participation::kEvery;
  std::vector<Symbol> property;        ///< path, when participation is not kEvery
  bool usesContactZone = false;        ///< the filter reads local times of the contact
  std::vector<uint32_t> attributes;    ///< attributes of the contact that the filter reads
  std::vector<uint32_t> metrics;       ///< metrics that measure this stream
  std::vector<uint32_t> sinceMetrics;  ///< metrics whose window begins after its latest event
  std::vector<uint32_t> sequences;     ///< sequences with a step or a `since` of it
};

/// A measured value.
struct MetricPlan {
  Symbol key = kNoSymbol;  ///< likewise: they measure the same
  uint32_t stream = kNoIndex;
  uint32_t since = kNoIndex;  ///< stream whose latest event starts the window
  WindowEdges window;
  MeasureFunction function = MeasureFunction::kCount;
  std::vector<Symbol> property;
  CalendarUnit unit = CalendarUnit::kDay;
  ZoneChoice zone;
  bool usesContactZone = false;
  std::vector<uint32_t> tests;  ///< nodes that read it
  bool hasCuts = false;  ///< a count compared only with literals: `cuts` says when a test can flip
  bool hasLevels = false;  ///< a sum compared only with literals: `levels` says so
  std::vector<uint32_t>
      cuts;  ///< ascending: a test may differ between count = cut − 1 and count = cut
  std::vector<double> levels;  ///< ascending: no test differs between two sums between two levels
};

struct SequencePlan {
  struct Step {
    uint32_t stream = kNoIndex;
    bool absent = false;
    std::optional<Duration> within;
  };
  Symbol key = kNoSymbol;  ///< likewise: they match the same
  std::vector<Step> steps;
  uint32_t since = kNoIndex;
  WindowEdges window;
  ZoneChoice zone;
  bool usesContactZone = false;
  bool hasCalendarWithin = false;  ///< some `within` is in months, so times are not monotone
  int64_t certainAfter =
      0;  ///< else: the longest `within` of the trailing absent steps, in milliseconds
  uint32_t node = kNoIndex;
};

/// An attribute compared with the clock: a date relative to now.
struct DatedAttribute {
  uint32_t attribute = kNoIndex;
  Operator op = Operator::kDateInLast;
  WindowEdges window;  ///< the date must be in it, as if it were an event
  int64_t anniversaryDays = 0;
  ZoneChoice zone;
  bool usesContactZone = false;
  uint32_t node = kNoIndex;
};

/// An expression of a compare condition.
struct CompiledExpression {
  Expression::Kind kind = Expression::Kind::kNumber;
  double number = 0;
  uint32_t index = kNoIndex;  ///< kAttribute: the attribute, kMetric: the metric
  std::vector<CompiledExpression> operands;
};

/// One condition. Leaves read something of the contact; gates count their inputs that hold.
struct Node {
  enum class Kind : uint8_t {
    kMetricTest,
    kSequence,
    kAttributeTest,
    kDatedAttribute,
    kChannel,
    kList,
    kSample,
    kCompare,
    kAll,
    kAny,
    kNone,
  };
  Kind kind = Kind::kAll;
  bool negated = false;                   ///< kChannel, kList: unreachable, not_in
  uint32_t index = kNoIndex;              ///< metric, sequence, attribute or dated attribute
  Symbol name = kNoSymbol;                ///< channel, list; kSample: the salt
  double percent = 0;                     ///< kSample
  Predicate predicate;                    ///< kMetricTest, kAttributeTest
  Operator op = Operator::kEqual;         ///< kCompare
  std::vector<CompiledExpression> sides;  ///< kCompare: left, right
  std::vector<uint32_t> inputs;           ///< gates; each lies before this node
  std::vector<uint32_t> parents;          ///< gates that read this node; each lies after it
  std::vector<uint32_t> segments;         ///< segments whose root this is
};

struct SegmentPlan {
  std::string id;
  std::string name;
  std::string description;
  std::string definition;  ///< the definition's hash
  uint32_t root = kNoIndex;
  bool usesSample = false;
  // What the segment reads itself, nested segments apart: for people, not for the engine.
  std::vector<std::string> events, attributes, channels, lists, segmentsUsed;
};

/// Something that changes with the clock and is woken: metrics, then sequences, then dated
/// attributes, numbered through in one range.
using TimedIndex = uint32_t;

struct Plan {
  explicit Plan(Interner* owner) : interner(owner) {}
  Plan(const Plan&) = delete;
  Plan& operator=(const Plan&) = delete;
  ~Plan();

  Interner* interner;
  std::vector<Symbol> heldSymbols;  ///< references that the plan holds

  std::vector<std::vector<Symbol>> attributes;  ///< paths of the attributes that rules read
  uint32_t timezoneAttribute =
      kNoIndex;  ///< the trait `timezone`, when a segment follows the contact's zone
  std::vector<Stream> streams;
  std::vector<MetricPlan> metrics;
  std::vector<SequencePlan> sequences;
  std::vector<DatedAttribute> datedAttributes;
  std::vector<Node> nodes;            ///< inputs before the gates that read them
  std::vector<SegmentPlan> segments;  ///< by id, code point order

  // What a message touches.
  std::vector<std::vector<uint32_t>>
      streamsByName;  ///< by event name symbol; names beyond are in no rule
  std::vector<std::vector<uint32_t>>
      attributeNodes;  ///< by attribute: tests and comparisons that read it
  std::vector<std::vector<uint32_t>>
      attributeStreams;  ///< by attribute: streams whose filter reads it
  std::vector<uint32_t> channelNodes, listNodes, sampleNodes;

  /// What contacts keep of events' properties; none: all.
  std::optional<KeptProperties> keptProperties;

  [[nodiscard]] TimedIndex timedOfSequence(uint32_t sequence) const {
    return static_cast<TimedIndex>(metrics.size()) + sequence;
  }
  [[nodiscard]] TimedIndex timedOfDatedAttribute(uint32_t dated) const {
    return static_cast<TimedIndex>(metrics.size() + sequences.size()) + dated;
  }
  [[nodiscard]] size_t timedCount() const {
    return metrics.size() + sequences.size() + datedAttributes.size();
  }
  /// The streams that an event of this name can be in.
  [[nodiscard]] const std::vector<uint32_t>& streamsOf(Symbol name) const {
    static const std::vector<uint32_t> kNone;
    return name < streamsByName.size() ? streamsByName[name] : kNone;
  }
};

/// What contacts keep of their events' properties.
enum class Retention : uint8_t {
  kAll,
  kReferenced,  ///< what the set reads
};

/// Which node each written condition became. Equal conditions are one node, and a group of one
/// condition is that condition's, so several may have the same.
struct ConditionNodes {
  /// By definition: the node of each of its conditions in the order of the text, a group before
  /// what it groups.
  std::vector<std::vector<uint32_t>> ofDefinition;
};

/// Builds the plan of a checked set. `nodes`, when it is wanted, is filled.
std::shared_ptr<const Plan> buildPlan(const DefinitionSet& set, Interner& interner,
                                      ZoneRegistry& zones, Retention retention = Retention::kAll,
                                      ConditionNodes* nodes = nullptr);

}  // namespace fosterflow
