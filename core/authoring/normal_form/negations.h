#pragma once

#include "authoring/document.h"

namespace fosterflow {

/// Rewrites a condition (or a property filter) of a checked definition so that `none` is left only
/// around one condition whose opposite the language has no operator for: "none of A and B" becomes
/// "all of not A and not B". What it means stays the same to the instant, and so does the order.
/// A group of one condition becomes that condition; notes for the host (`meta`) are dropped. The
/// result may nest one level deeper. O(size).
void pushNegationsDown(Document& condition);

/// Turns a condition or filter that is no group into its exact opposite; false, and what it means
/// is not changed, where there is none.
bool turnIntoOpposite(Document& leaf);

/// Whether the measure of an event condition is always a number: `count`, `sum`, `distinct`,
/// `active`.
bool isAlwaysNumber(const Document& condition);

}  // namespace fosterflow
