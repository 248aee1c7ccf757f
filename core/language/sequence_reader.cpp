#include "language/sequence_reader.h"

#include <utility>

#include "language/duration_reader.h"
#include "language/metric_reader.h"
#include "language/window_reader.h"

namespace fosterflow {

namespace {

bool isAbsent(const ObjectReader& step) {
  const Place absent = step.find("absent");
  return absent && absent.type() == ValueType::kTrue;
}

void readWithin(Reading& reading, const ObjectReader& object, bool isFirst, bool isLater,
                SequenceStep& out) {
  const Place within = object.find("within");
  if (!within) {
    return;
  }
  if (isFirst || (out.absent && !isLater)) {
    reading.report(within, ProblemCode::kInvalidSequence,
                   isFirst ? "The first step takes no \"within\", since no step is before it."
                           : "An absent step between two others takes no \"within\"; put it on "
                             "the step that follows.");
  }
  if (readDuration(reading, within, out.within.emplace()) && isEmptyDuration(*out.within)) {
    reading.warnOfEmptyWindow(within);
  }
}

}  // namespace

void readSequence(const ObjectReader& object, uint32_t depth, Condition& out) {
  Reading& reading = object.reading();
  object.allowOnly("kind window steps");
  readWindow(reading, object, depth, out.window);
  const Place steps = object.requireList("steps");
  if (!steps) {
    return;
  }
  size_t count = 0;
  size_t lastPositive = 0;
  for (const ValueNode& node : ValueChildren(&steps.node())) {
    const Place place(steps, count, node);
    if (node.type != ValueType::kObject || !isAbsent(ObjectReader(reading, place))) {
      lastPositive = count;
    }
    ++count;
  }
  if (count < kMinSequenceSteps || count > kMaxSequenceSteps) {
    reading.report(steps, ProblemCode::kInvalidSequence,
                   "A sequence has % to % steps, but this one has %.",
                   {kMinSequenceSteps, kMaxSequenceSteps, count});
  }
  size_t index = 0;
  for (const ValueNode& node : ValueChildren(&steps.node())) {
    const Place place(steps, index, node);
    const ObjectReader stepObject(reading, place);
    SequenceStep step;
    const bool isKept = reading.countCondition() && count <= kMaxSequenceSteps;
    stepObject.allowOnly("event where within absent");
    step.absent = stepObject.boolean("absent");
    if (index == 0 && step.absent) {
      reading.report(stepObject.find("absent"), ProblemCode::kInvalidSequence,
                     "A sequence starts with a step that happens, not with an absent one.");
    }
    if (stepObject.isObject()) {
      readEventSelector(reading, stepObject, depth, step.events);
      readWithin(reading, stepObject, index == 0, index > lastPositive, step);
    }
    if (isKept) {
      out.steps.push_back(std::move(step));
    }
    ++index;
  }
}

}  // namespace fosterflow
