#pragma once

#include <cstdint>
#include <string>

#include "language/definition.h"
#include "plan/contact_view.h"

namespace fosterflow {

inline constexpr uint32_t kNoIndex = UINT32_MAX;

/// A comparison ready to be asked: `<observed> op wanted`. Negative operators are the positive ones
/// with `negated`.
struct Predicate {
  Operator op = Operator::kEqual;  ///< positive
  bool negated = false;
  bool ignoreCase = false;
  uint32_t attribute = kNoIndex;  ///< the wanted value is this attribute of the contact …
  ValueTree literal;  ///< … else this one; empty for is_set and the operators relative to now
  std::string text;   ///< the literal when it is a text, folded when ignoreCase
  ZoneChoice zone;    ///< for dates without an offset
};

/// Whether `observed` (nullptr: missing) satisfies the predicate. Not for operators relative to now
/// (plan/edge.h).
bool holds(const Predicate& predicate, const ValueNode* observed, const ContactView& view);

/// The positive operator behind `op`, and whether `op` negates it.
Operator positiveOperator(Operator op, bool& negated);

/// The operators whose answer changes with the clock alone.
bool isRelativeToNow(Operator op);

/// The operators that read dates, so that a zone may matter.
bool readsDates(Operator op);

/// The instant that a date value means: an integer of epoch milliseconds or a date text. False when
/// it is no date.
bool dateOf(const ValueNode* value, const Zone& zone, const Interner& interner, Instant& out);

}  // namespace fosterflow
