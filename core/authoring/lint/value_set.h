#pragma once

#include <set>
#include <string>

#include "authoring/lint/number_set.h"
#include "language/definition.h"
#include "values/interner.h"

namespace fosterflow {

/// Some texts, or all but some.
struct TextSet {
  bool areAllBut = false;
  std::set<std::string, std::less<>> texts;

  [[nodiscard]] bool isEmpty() const { return !areAllBut && texts.empty(); }
  [[nodiscard]] TextSet complement() const { return {!areAllBut, texts}; }
  [[nodiscard]] TextSet intersected(const TextSet& other) const;
};

/// A set of observed values: missing, numbers, texts, booleans, and arrays and objects together.
struct ValueSet {
  bool hasMissing = false;
  bool hasTrue = false;
  bool hasFalse = false;
  bool hasOthers = false;  ///< arrays and objects, all or none of them
  NumberSet numbers;
  TextSet texts;

  static ValueSet none() { return {}; }
  static ValueSet all();
  static ValueSet ofNumbers(NumberSet numbers);
  static ValueSet ofBoolean(bool value);

  [[nodiscard]] bool isEmpty() const;
  [[nodiscard]] ValueSet complement() const;
  [[nodiscard]] ValueSet intersected(const ValueSet& other) const;
  [[nodiscard]] ValueSet united(const ValueSet& other) const;
  /// Whether nothing is in this set that is not in the other.
  [[nodiscard]] bool isWithin(const ValueSet& other) const;
};

/// The values for which a comparison holds, as far as that can be told from the comparison alone:
/// outside of `may` it never does, within `must` it always does.
struct HoldingValues {
  ValueSet may;
  ValueSet must;

  [[nodiscard]] HoldingValues complement() const { return {must.complement(), may.complement()}; }
};

HoldingValues holdingValues(const Comparison& comparison, const Interner& interner);

}  // namespace fosterflow
