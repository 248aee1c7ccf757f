#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "language/problem_list.h"
#include "language/symbol_index.h"
#include "values/interner.h"
#include "values/json_reader.h"
#include "values/value.h"

namespace fosterflow {

struct Reading;
class Place;

/// What becomes of an override whose name no segment declares.
enum class UndeclaredOverrides : uint8_t { kRefused, kIgnored };

/// The values that the host gives for parameters, for all segments at once.
class ParameterOverrides {
 public:
  explicit ParameterOverrides(Interner& interner) : interner_(&interner), tree_(&interner) {}

  /// Reads an object of values; "" is an empty one. What cannot be read at all goes to `problems`.
  void read(std::string_view json, JsonReader& reader, std::vector<Problem>& problems);

  /// The override of `name`, or nullptr. O(log overrides).
  [[nodiscard]] const ValueNode* find(Symbol name) const;

  /// The same for a segment that declares `name` with a value: an override of another type is
  /// refused, and nullptr.
  const ValueNode* take(Symbol name, const ValueNode& declared, std::string_view segment);

  /// Reports that `override` does not suit `segment`: it `must be <expectation>`.
  void refuse(const ValueNode& override, std::string_view segment, std::string_view expectation);

  /// Reports the overrides that no segment declares if they are refused, and appends all problems
  /// to `out`.
  void finish(UndeclaredOverrides undeclared, std::vector<Problem>& out);

 private:
  void report(const ValueNode& override, ProblemCode code, std::string_view form,
              std::string_view first = {}, std::string_view second = {});

  Interner* interner_;
  ValueTree tree_;
  SymbolIndex index_;
  std::vector<uint8_t> isInvalid_;   // by position in the index
  std::vector<uint8_t> isDeclared_;  // likewise
  ProblemList problems_;
};

/// A named constant of a segment.
struct Parameter {
  const ValueNode* declared = nullptr;  ///< nullptr when it was refused
  const ValueNode* override = nullptr;  ///< nullptr when there is none

  [[nodiscard]] const ValueNode* inForce() const {
    return override == nullptr ? declared : override;
  }
};

/// The parameters that one segment declares.
class Parameters {
 public:
  /// Reads the object at `place`, and what overrides its members.
  void read(const Reading& reading, const Place& place);

  /// O(log parameters); nullptr when it is not declared.
  [[nodiscard]] const Parameter* find(Symbol name) const;

  /// The names by code point.
  [[nodiscard]] std::vector<std::string> names(const Interner& interner) const;

  /// The declared name that is nearest to a mistyped one, or "".
  [[nodiscard]] std::string_view nearest(std::string_view given, const Interner& interner) const;

 private:
  SymbolIndex index_;
  std::vector<Parameter> parameters_;  // by position in the index
};

}  // namespace fosterflow
