#pragma once

#include <map>
#include <memory>
#include <vector>

#include "audience/answer_cache.h"
#include "audience/metric_rows.h"
#include "audience/sequence_rows.h"

namespace fosterflow {

/// The dates that the values of a dictionary mean in a zone, by code, as far as they were asked.
class KnownDates {
 public:
  /// False: it is no date.
  bool find(uint32_t code, const ValueNode* value, const Zone& zone, const Interner& interner,
            Instant& date);

 private:
  static constexpr Instant kUnknown = INT64_MIN;
  static constexpr Instant kNone = INT64_MIN + 1;
  std::vector<Instant> dates_;
};

/// The slots for which a channel or list was last said to be on.
struct OnSlots {
  Bitmap on;
  std::shared_ptr<const Plan> plan;  ///< holds the symbol of the name
};

/// What does not depend on a plan or an instant, and is kept between scans.
struct ScanMemory {
  AnswerCache answers;
  std::map<std::vector<Symbol>, std::unique_ptr<AttributeColumn>> attributes;
  std::map<std::pair<const ValueDictionary*, const Zone*>, KnownDates> dates;
  std::map<std::pair<WordKind, Symbol>, OnSlots> on;
  std::map<Symbol, std::vector<double>> samples;   ///< by salt: each slot's place from 0 to 100
  std::vector<std::shared_ptr<const Plan>> plans;  ///< that hold the symbols of the keys above
  /// The rows that are in a stream (by its key) of a table, for streams that rows decide alone.
  struct TakenRows {
    std::shared_ptr<const Plan> plan;  ///< holds the symbols of the stream's key
    Bitmap rows;
    uint64_t lastUse = 0;
  };
  std::map<std::pair<Symbol, const EventTable*>, TakenRows> taken;
  uint64_t use = 0;
  uint64_t version = 0;  ///< of the store
  bool maySlice = true;  ///< there is memory to order tables by time
};

/// One plan at one instant over all contacts: each condition is asked about contacts that matter to
/// it, column by column. What is asked first never decides about an answer.
class Scan {
 public:
  Scan(const AudienceStore& store, std::shared_ptr<const Plan> plan, ZoneRegistry& zones,
       ScanMemory& memory, Instant now);

  /// Whether a node holds, of the contacts in `wanted` (living ones); of others nothing is said.
  Bitmap evaluate(uint32_t node, const Bitmap& wanted);
  /// The members of a segment.
  Bitmap members(uint32_t segment) {
    Bitmap all = evaluate(plan_->segments[segment].root, store_.alive());
    all &= store_.alive();
    return all;
  }
  /// A metric of the plan, to be asked about each contact after `moveTo`.
  MetricRows& metric(uint32_t index);
  SlotView& slots() { return slots_; }

 private:
  Bitmap evaluateGate(const Node& node, const Bitmap& wanted);
  Bitmap evaluateLeaf(const Node& node, const Bitmap& wanted);
  void metricTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  bool countTest(const Node& node, MetricRows& rows, const Bitmap& wanted, Bitmap& truth);
  void attributeTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  void datedTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  void wordTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  const Bitmap& onSlots(WordKind kind, Symbol name);
  void sampleTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  void sequenceTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  void compareTest(const Node& node, const Bitmap& wanted, Bitmap& truth);
  [[nodiscard]] double costOf(uint32_t node);
  [[nodiscard]] double leafCost(const Node& node);
  [[nodiscard]] std::string keyOf(const Node& node) const;
  StreamRows& stream(uint32_t index);
  std::vector<const AttributeColumn*> attributeColumns();

  const AudienceStore& store_;
  std::shared_ptr<const Plan> plan_;
  ScanMemory& memory_;
  Instant now_;
  SlotView slots_;
  std::vector<std::unique_ptr<StreamRows>> streams_;
  std::vector<std::unique_ptr<MetricRows>> metrics_;
  std::vector<std::unique_ptr<SequenceRows>> sequences_;
  struct Gate {
    Bitmap known;
    Bitmap truth;
  };
  std::map<uint32_t, Gate> gates_;  // of several users
};

}  // namespace fosterflow
