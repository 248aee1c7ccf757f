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

  /// The value at `key`, or no place.
  [[nodiscard]] Place find(std::string_view key) const;
  [[nodiscard]] bool has(std::string_view key) const { return static_cast<bool>(find(key)); }

  /// The same, and reports when the key is missing.
  [[nodiscard]] Place require(std::string_view key) const;

  /// The same for an array; reports when the value has another type, and gives no place.
  [[nodiscard]] Place requireList(std::string_view key) const;

  /// The text at `key`; nothing (and reported) when it is required and missing, or no text.
  [[nodiscard]] std::optional<std::string_view> text(std::string_view key,
                                                     Presence presence = Presence::kRequired) const;

  /// The boolean at `key`, false when it is missing, or (and reported) no boolean.
  [[nodiscard]] bool boolean(std::string_view key) const;

  /// The position in `names` of the text at `key`. Reports an unknown one with `code`, calling it
  /// `what` ("operator"), and gives the position of the name that was meant, if one is near.
  [[nodiscard]] std::optional<size_t> name(std::string_view key, std::string_view names,
                                           ProblemCode code, std::string_view what) const;

  /// The dotted path at `key`, taken apart.
  [[nodiscard]] Path path(std::string_view key) const;

  /// Reports `key`, if it is there, as one that has no place with `owner`.
  void refuse(std::string_view key, std::string_view owner) const;

 private:
  void checkMeta(const Place& meta) const;

  Reading* reading_;
  const Place* place_;
  bool isObject_;
};

}  // namespace fosterflow
