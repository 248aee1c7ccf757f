#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

/// Appends `/key` to a JSON Pointer, with `~` and `/` escaped (RFC 6901).
void appendPointerKey(std::string& pointer, std::string_view key);

/// A value of the JSON that was given, and the way up to its root; or none, where a key is absent.
/// Lives on the stack: it points to the place of its parent, and costs nothing until a problem asks
/// for its pointer.
class Place {
 public:
  /// No value.
  Place() = default;
  explicit Place(const ValueNode& root) : node_(&root) {}
  Place(const Place& parent, std::string_view key, const ValueNode& node)
      : parent_(&parent), node_(&node), key_(key) {}
  Place(const Place& parent, size_t index, const ValueNode& node)
      : parent_(&parent), node_(&node), index_(index) {}

  /// False when there is no value.
  explicit operator bool() const { return node_ != nullptr; }

  [[nodiscard]] const ValueNode& node() const { return *node_; }
  [[nodiscard]] ValueType type() const { return node_->type; }

  [[nodiscard]] bool isRoot() const { return parent_ == nullptr; }

  /// The JSON Pointer from the root.
  [[nodiscard]] std::string pointer() const;

  /// How a sentence that begins with this value names it: `"value"`, `Entry 2 of "steps"`.
  [[nodiscard]] std::string subject() const;

 private:
  static constexpr size_t kNoIndex = SIZE_MAX;

  void appendPointer(std::string& pointer) const;

  const Place* parent_ = nullptr;
  const ValueNode* node_ = nullptr;
  std::string_view key_;     // in the parent, if that is an object
  size_t index_ = kNoIndex;  // in the parent, if that is an array
};

}  // namespace fosterflow
