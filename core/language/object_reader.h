#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "language/definition.h"
#include "language/place.h"
#include "language/problem.h"
#include "language/reading.h"

namespace fosterflow {

enum class Presence : uint8_t { kOptional, kRequired };

/// Reads one object of a definition, and reports what is wrong with its keys.
class ObjectReader {
 public:
  /// Reports with `code` when the value is no object; then it reads as one without keys, silently.
  ObjectReader(Reading& reading, const Place& place, ProblemCode code = ProblemCode::kWrongType,
               std::string_view expectation = "an object");

  [[nodiscard]] bool isObject() const { return isObject_; }
  [[nodiscard]] const Place& place() const { return *place_; }
  [[nodiscard]] Reading& reading() const { return *reading_; }

  /// Reports every key that is not among `keys` (separated by spaces); `meta` is always allowed.
  /// Returns how many keys there were beside the known ones and `meta`.
  size_t allowOnly(std::string_view keys) const;

  [[nodiscard]] std::optional<Place> find(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return find(key).has_value(); }

  /// Reports when the key is required and missing.
  std::optional<Place> get(std::string_view key, Presence presence) const;

  /// The same, and reports when the value has another type.
  std::optional<std::string_view> text(std::string_view key, Presence presence) const;
  std::optional<Place> list(std::string_view key, Presence presence) const;
  [[nodiscard]] bool boolean(std::string_view key, bool otherwise) const;

  /// The position in `names` of the text at `key`. Reports an unknown one with `code`, calling it
  /// `what` ("operator"), and gives the position of the name that was meant, if one is near.
  std::optional<size_t> name(std::string_view key, Presence presence, std::string_view names,
                             ProblemCode code, std::string_view what) const;

  /// The dotted path at `key`, taken apart.
  [[nodiscard]] Path path(std::string_view key) const;

  /// Reports `key`, if it is there, as one that has no place with `owner`.
  void misplaced(std::string_view key, std::string_view owner,
                 ProblemCode code = ProblemCode::kUnknownKey) const;

 private:
  void checkMeta(const Place& meta) const;

  Reading* reading_;
  const Place* place_;
  bool isObject_;
};

}  // namespace fosterflow
