#pragma once

#include <string>
#include <vector>

#include "authoring/explained_segment.h"
#include "authoring/partial_history.h"
#include "authoring/phrase.h"
#include "contact/evaluator.h"

namespace fosterflow {

/// Writes the tree of an explanation, in the order of the rule as written.
class ExplanationWriter {
 public:
  /// `changes`: by node, when it changes by time alone. All must outlive the writer.
  ExplanationWriter(const ExplainedSegment& segment, const Evaluator& evaluator,
                    const std::vector<Instant>& changes, Instant completeAfter,
                    const Phrases& phrases, std::string& out);

  /// Appends the segment's condition and all below it.
  void append();

 private:
  // Where the walk through one definition is.
  struct Scope {
    const std::vector<uint32_t>* nodes = nullptr;  // of its conditions, as written
    size_t next = 0;
    std::string path;  // JSON Pointer of the condition
  };

  // What the rule needs of a condition.
  struct Need {
    bool holds = true;      // false below `none` and `not_in`
    bool isLacking = true;  // nothing that contains the condition is as it is needed

    // Of what is inside a condition that holds or not.
    [[nodiscard]] Need inside(bool conditionHolds, bool isNegation) const {
      return {holds != isNegation, isLacking && conditionHolds != holds};
    }
  };

  // What all kinds of conditions tell alike.
  struct Head {
    const char* kind = "";
    std::string finding;
    std::string missing;  // what it takes to hold
    bool isPartial = false;
  };

  void condition(const Condition& condition, Scope& scope, Need need, uint32_t depth);
  void head(const Condition& condition, const Scope& scope, uint32_t node, Need need,
            const Head& head);
  void group(const Condition& condition, Scope& scope, uint32_t node, Need need, uint32_t depth);
  void nested(const Condition& condition, const Scope& scope, uint32_t node, Need need,
              uint32_t depth);
  void event(const Condition& condition, const Scope& scope, uint32_t node, Need need);
  void sequence(const Condition& condition, const Scope& scope, uint32_t node, Need need);
  void sequenceEvents(const SequencePlan& sequence, const SequenceTrace& trace);
  void attribute(const Condition& condition, const Scope& scope, uint32_t node, Need need);
  void named(const Condition& condition, const Scope& scope, uint32_t node, Need need);
  void compare(const Condition& condition, const Scope& scope, uint32_t node, Need need);
  void measures(const Expression& expression, const CompiledExpression& compiled);
  [[nodiscard]] bool isPartialIn(const CompiledExpression& expression) const;
  void sample(const Condition& condition, const Scope& scope, uint32_t node, Need need);

  void key(const char* opening) { out_ += opening; }
  void text(const char* opening, const std::string& text);
  void flag(const char* opening, bool flag);
  void window(const TimeSpan& span);
  [[nodiscard]] bool isBrief() const;

  const ExplainedSegment& segment_;
  const Plan& plan_;
  const Evaluator& evaluator_;
  const std::vector<Instant>& changes_;
  Instant completeAfter_;
  const Phrases& phrases_;
  std::string& out_;
  std::vector<uint8_t> isShown_;  // by definition
  size_t nestedConditions_ = 0;
};

}  // namespace fosterflow
