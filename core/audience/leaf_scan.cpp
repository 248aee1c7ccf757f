// The leaves of a plan over many contacts: what Evaluator::leafHolds is for one.

#include <algorithm>
#include <cmath>

#include "audience/scan.h"
#include "contact/leaf_answers.h"

namespace fosterflow {

namespace {

// Whether the answer to a value is the same for every contact.
bool isOfValueAlone(const Predicate& predicate) {
  return predicate.attribute == kNoIndex &&
         (!readsDates(predicate.op) || predicate.zone.fixed != nullptr);
}

// A count passes when it is at least `count`, or, when `isNegated`, when it is not.
struct CountBound {
  double count = 0;
  bool isNegated = false;
};

bool boundOf(const Predicate& predicate, CountBound& bound) {
  const ValueNode* literal = predicate.literal.root();
  if (predicate.attribute != kNoIndex || literal == nullptr ||
      literal->type != ValueType::kNumber) {
    return false;
  }
  const double number = literal->number;
  switch (predicate.op) {
    case Operator::kGreaterOrEqual:
      bound = {std::ceil(number), predicate.negated};
      return true;
    case Operator::kGreater:
      bound = {std::floor(number) + 1, predicate.negated};
      return true;
    case Operator::kLess:
      bound = {std::ceil(number), !predicate.negated};
      return true;
    case Operator::kLessOrEqual:
      bound = {std::floor(number) + 1, !predicate.negated};
      return true;
    case Operator::kEqual:
      if (number != 0) return false;
      bound = {1, !predicate.negated};
      return true;
    default:
      return false;
  }
}

// Of the answers of a zone there is one for each value; that pays when so many contacts have each.
constexpr size_t kSlotsPerKeptAnswer = 8;

bool isOrder(Operator op) {
  return op == Operator::kGreater || op == Operator::kGreaterOrEqual || op == Operator::kLess ||
         op == Operator::kLessOrEqual;
}

}  // namespace

// At least so many events, or fewer: nothing is counted beyond that.
bool Scan::countTest(const Node& node, MetricRows& rows, const Bitmap& wanted, Bitmap& truth) {
  CountBound bound;
  if (rows.plan().function != MeasureFunction::kCount || !boundOf(node.predicate, bound)) {
    return false;
  }
  if (bound.count <= 0) {
    truth = bound.isNegated ? Bitmap(wanted.size()) : wanted;
    return true;
  }
  if (bound.count < UINT32_MAX) {
    const auto count = static_cast<uint32_t>(bound.count);
    truth = rows.candidates(count, wanted);
    if (!rows.isExact()) {
      const Bitmap candidates = truth;
      const auto touch = [&](const uint32_t* slots, size_t some) { rows.touch(slots, some); };
      candidates.forEachAhead(touch, [&](uint32_t slot) {
        slots_.moveTo(slot);
        if (!rows.hasAtLeast(slot, count)) truth.reset(slot);
      });
    }
  }
  if (bound.isNegated) {
    Bitmap others = wanted;
    others -= truth;
    truth = std::move(others);
  }
  return true;
}

void Scan::metricTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  MetricRows& rows = metric(node.index);
  if (countTest(node, rows, wanted, truth)) return;
  const Predicate& predicate = node.predicate;
  const auto holdsFor = [&](uint32_t slot) {
    ValueNode storage;
    return holds(predicate, rows.value(slot, storage), slots_.view());
  };
  if (!isOfValueAlone(predicate)) {
    wanted.forEach([&](size_t index) {
      const auto slot = static_cast<uint32_t>(index);
      slots_.moveTo(slot);
      if (holdsFor(slot)) truth.set(slot);
    });
    return;
  }
  const Bitmap candidates = rows.candidates(1, wanted);
  ValueNode storage;
  const ContactView& noView = slots_.viewWith(kNoIndex, nullptr);
  if (holds(predicate, rows.emptyValue(storage), noView)) {
    truth = wanted;
    truth -= candidates;
  }
  const MeasureFunction function = rows.plan().function;
  const ValueNode* literal = predicate.literal.root();
  const bool isNumeric =
      (function == MeasureFunction::kSum || function == MeasureFunction::kAverage) &&
      isOrder(predicate.op) && literal != nullptr && literal->type == ValueType::kNumber;
  const auto touch = [&](const uint32_t* slots, size_t some) { rows.touch(slots, some); };
  candidates.forEachAhead(touch, [&](uint32_t slot) {
    slots_.moveTo(slot);
    bool isTrue = false;
    if (isNumeric) {
      isTrue = rows.numberHolds(slot, predicate.op, literal->number) != predicate.negated;
    } else {
      ValueNode own;
      isTrue = holds(predicate, rows.value(slot, own), noView);
    }
    if (isTrue) truth.set(slot);
  });
}

void Scan::attributeTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  const AttributeColumn& column = slots_.attribute(node.index);
  if (!isOfValueAlone(node.predicate)) {
    wanted.forEach([&](size_t slot) {
      slots_.moveTo(static_cast<uint32_t>(slot));
      const ContactView& view = slots_.view();
      if (holds(node.predicate, view.attribute(node.index), view)) truth.set(slot);
    });
    return;
  }
  const ContactView& noView = slots_.viewWith(kNoIndex, nullptr);
  std::vector<uint8_t> answers(column.codeCount());  // 0: not asked yet
  wanted.forEach([&](size_t slot) {
    const uint32_t code = column.code(static_cast<uint32_t>(slot));
    uint8_t& answer = answers[code];
    if (answer == 0) answer = holds(node.predicate, column.value(code), noView) ? 2 : 1;
    if (answer == 2) truth.set(slot);
  });
}

bool KnownDates::find(uint32_t code, const ValueNode* value, const Zone& zone,
                      const Interner& interner, Instant& date) {
  if (code >= dates_.size()) dates_.resize(std::max<size_t>(code + 1, dates_.size() * 2), kUnknown);
  Instant& known = dates_[code];
  if (known == kUnknown && !dateOf(value, zone, interner, known)) known = kNone;
  date = known;
  return known != kNone;
}

void Scan::datedTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  const DatedAttribute& dated = plan_->datedAttributes[node.index];
  const AttributeColumn& column = slots_.attribute(dated.attribute);
  const Interner& interner = *plan_->interner;
  // Dates are kept of one zone. Of the contacts' own there may be many; with them, it is the
  // answers that many contacts share, if at all.
  KnownDates* dates = nullptr;
  if (!dated.usesContactZone) {
    dates = &memory_.dates[{column.dictionary(), &slots_.zone(dated.zone)}];
  }
  const bool keepsAnswers =
      dated.usesContactZone && column.codeCount() * kSlotsPerKeptAnswer < store_.slotCount();
  struct InZone {
    DatedTest test;
    std::vector<uint8_t> answers;  // by code: 0: not asked yet
  };
  std::map<const Zone*, InZone> zones;
  const Zone* zone = nullptr;
  InZone* inZone = nullptr;
  wanted.forEach([&](size_t slot) {
    const uint32_t code = column.code(static_cast<uint32_t>(slot));
    if (code == 0) return;
    slots_.moveTo(static_cast<uint32_t>(slot));
    const Zone* own = dated.usesContactZone || zone == nullptr ? &slots_.zone(dated.zone) : zone;
    if (own != zone) {
      zone = own;
      const auto [entry, isNew] = zones.try_emplace(own, InZone{DatedTest(dated, now_, *own), {}});
      inZone = &entry->second;
      if (isNew && keepsAnswers) inZone->answers.resize(column.codeCount());
    }
    uint8_t answer = keepsAnswers ? inZone->answers[code] : 0;
    if (answer == 0) {
      Instant date = 0;
      const bool isDate = dates != nullptr
                              ? dates->find(code, column.value(code), *zone, interner, date)
                              : dateOf(column.value(code), *zone, interner, date);
      answer = isDate && inZone->test.holds(date) ? 2 : 1;
      if (keepsAnswers) inZone->answers[code] = answer;
    }
    if (answer == 2) truth.set(slot);
  });
}

// Of slots that are new since the last time words are appended.
const Bitmap& Scan::onSlots(WordKind kind, Symbol name) {
  OnSlots& known = memory_.on[{kind, name}];
  if (known.plan == nullptr) known.plan = plan_;
  const size_t first = known.on.size();
  known.on.extend(store_.slotCount());
  const WordTable* table = store_.words(kind, {name});
  if (table == nullptr || first == known.on.size()) return known.on;
  std::vector<uint8_t> isOn(table->dictionary().size());
  for (uint32_t code = 1; code < isOn.size(); ++code) {
    isOn[code] = table->dictionary().value(code)->type == ValueType::kTrue;
  }
  const std::vector<WordTable::Word>& words = table->words();
  auto word =
      std::lower_bound(words.begin(), words.end(), first,
                       [](const WordTable::Word& one, size_t slot) { return one.slot < slot; });
  for (; word != words.end(); ++word) {
    if (isOn[word->code] != 0) known.on.set(word->slot);
  }
  return known.on;
}

// Channels and lists.
void Scan::wordTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  const WordKind kind = node.kind == Node::Kind::kChannel ? WordKind::kChannel : WordKind::kList;
  truth = wanted;
  if (node.negated) {
    truth -= onSlots(kind, node.name);
  } else {
    truth &= onSlots(kind, node.name);
  }
}

void Scan::sampleTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  std::vector<double>& points = memory_.samples[node.name];
  if (points.empty()) memory_.plans.push_back(plan_);
  points.resize(store_.slotCount(), -1);
  Interner& interner = *plan_->interner;
  wanted.forEach([&](size_t slot) {
    double& point = points[slot];
    if (point < 0) {
      const Symbol id = interner.intern(store_.idOf(static_cast<uint32_t>(slot)));
      point = samplePoint(node, id, interner);
      interner.release(id);
    }
    if (point < node.percent) truth.set(slot);
  });
}

void Scan::sequenceTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  std::unique_ptr<SequenceRows>& rows = sequences_[node.index];
  const SequencePlan& sequence = plan_->sequences[node.index];
  if (rows == nullptr) {
    std::vector<StreamRows*> streams(plan_->streams.size(), nullptr);
    for (const SequencePlan::Step& step : sequence.steps) {
      streams[step.stream] = &stream(step.stream);
    }
    if (sequence.since != kNoIndex) streams[sequence.since] = &stream(sequence.since);
    rows = std::make_unique<SequenceRows>(sequence, std::move(streams), slots_, now_);
    if (memory_.maySlice) rows->makeSlices(store_.slotCount());
  }
  const auto touch = [&](const uint32_t* slots, size_t some) { rows->touch(slots, some); };
  rows->candidates(wanted).forEachAhead(touch, [&](uint32_t slot) {
    slots_.moveTo(slot);
    if (rows->holds(slot)) truth.set(slot);
  });
}

namespace {

void collectMetrics(const CompiledExpression& expression, std::vector<uint32_t>& metrics,
                    bool& readsAttributes) {
  if (expression.kind == Expression::Kind::kMetric) metrics.push_back(expression.index);
  readsAttributes = readsAttributes || expression.kind == Expression::Kind::kAttribute;
  for (const CompiledExpression& operand : expression.operands) {
    collectMetrics(operand, metrics, readsAttributes);
  }
}

}  // namespace

void Scan::compareTest(const Node& node, const Bitmap& wanted, Bitmap& truth) {
  std::vector<uint32_t> metrics;
  bool readsAttributes = false;
  for (const CompiledExpression& side : node.sides) {
    collectMetrics(side, metrics, readsAttributes);
  }
  Bitmap asked = wanted;
  if (!readsAttributes) {
    // Those without any event of the metrics all have one answer.
    asked = Bitmap(wanted.size());
    for (const uint32_t index : metrics) asked |= metric(index).candidates(1, wanted);
    const bool isTrue =
        compareHolds(node, [&](const CompiledExpression& expression, ValueNode& storage) {
          return metric(expression.index).emptyValue(storage);
        });
    if (isTrue) {
      truth = wanted;
      truth -= asked;
    }
  }
  asked.forEach([&](size_t index) {
    const auto slot = static_cast<uint32_t>(index);
    slots_.moveTo(slot);
    const bool isTrue = compareHolds(
        node, [&](const CompiledExpression& expression, ValueNode& storage) -> const ValueNode* {
          if (expression.kind == Expression::Kind::kMetric) {
            return metric(expression.index).value(slot, storage);
          }
          const AttributeColumn& column = slots_.attribute(expression.index);
          return column.value(column.code(slot));
        });
    if (isTrue) truth.set(slot);
  });
}

}  // namespace fosterflow
