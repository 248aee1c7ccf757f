#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

/// Appends `/key` to a JSON Pointer, with `~` and `/` escaped (RFC 6901).
void appendPointerKey(std::string& pointer, std::string_view key);

/// A value of the JSON that was given, and the way up to its root. Lives on the stack: it points to
/// the place of its parent, and costs nothing until a problem asks for its pointer.
class Place {
 public:
  explicit Place(const ValueNode& root) : node_(&root) {}
  Place(const Place& parent, std::string_view key, const ValueNode& node)
      : parent_(&parent), node_(&node), key_(key) {}
  Place(const Place& parent, size_t index, const ValueNode& node)
      : parent_(&parent), node_(&node), index_(index), isEntry_(true) {}

  [[nodiscard]] const ValueNode& node() const { return *node_; }
  [[nodiscard]] ValueType type() const { return node_->type; }

  /// The JSON Pointer from the root.
  [[nodiscard]] std::string pointer() const;

  /// How a sentence that begins with this value names it: `"value"`, `Entry 2 of "steps"`.
  [[nodiscard]] std::string subject() const;

 private:
  void appendPointer(std::string& pointer) const;

  const Place* parent_ = nullptr;
  const ValueNode* node_;
  std::string_view key_;
  size_t index_ = 0;
  bool isEntry_ = false;
};

}  // namespace fosterflow
