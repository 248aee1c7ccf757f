#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "language/place.h"
#include "language/problem_list.h"
#include "values/interner.h"
#include "values/json_reader.h"
#include "values/value.h"

namespace fosterflow {

/// The values that the host gives for parameters, for all segments at once.
class ParameterOverrides {
 public:
  struct Entry {
    Symbol name = kNoSymbol;
    const ValueNode* value = nullptr;
    bool isDeclared = false;  ///< by any segment
    bool isValid = true;
  };

  explicit ParameterOverrides(Interner& interner) : interner_(&interner), tree_(&interner) {}

  /// Reads an object of values; "" is an empty one. Problems go to `problems`.
  void read(std::string_view json, JsonReader& reader, std::vector<Problem>& problems);

  /// The override of `name`, or nullptr. O(log overrides).
  Entry* find(Symbol name);

  /// Reports that the override does not suit `segment`: it `must be <expectation>`.
  void refuse(const Entry& entry, std::string_view segment, std::string_view expectation);

  /// Reports the overrides that no segment declares, and appends all problems to `out`.
  void finish(std::vector<Problem>& out);

 private:
  void report(const Entry& entry, ProblemCode code, std::string message);

  Interner* interner_;
  ValueTree tree_;
  std::vector<Entry> entries_;  // by name
  ProblemList problems_;
};

/// A named constant of a segment.
struct Parameter {
  Symbol name = kNoSymbol;
  const ValueNode* declared = nullptr;  ///< nullptr when it was refused
  const ParameterOverrides::Entry* override = nullptr;

  [[nodiscard]] const ValueNode* inForce() const {
    return override == nullptr ? declared : override->value;
  }
};

/// The parameters that one segment declares.
class Parameters {
 public:
  /// Reads the object at `place`, and what overrides its members.
  void read(const Place& place, const Interner& interner, std::string_view segment,
            ParameterOverrides& overrides, ProblemList& problems);

  /// O(log parameters); nullptr when it is not declared.
  [[nodiscard]] const Parameter* find(Symbol name) const;

  /// The names by code point.
  [[nodiscard]] std::vector<std::string> names(const Interner& interner) const;

  /// The declared name that is nearest to a mistyped one, or "".
  [[nodiscard]] std::string_view nearest(std::string_view given, const Interner& interner) const;

 private:
  std::vector<Parameter> parameters_;  // by symbol
};

}  // namespace fosterflow
