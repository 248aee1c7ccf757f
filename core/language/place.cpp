#include "language/place.h"

#include "language/wording.h"

namespace fosterflow {

void appendPointerKey(std::string& pointer, std::string_view key) {
  pointer += '/';
  for (const char character : key) {
    if (character == '~') {
      pointer += "~0";
    } else if (character == '/') {
      pointer += "~1";
    } else {
      pointer += character;
    }
  }
}

std::string Place::pointer() const {
  std::string pointer;
  appendPointer(pointer);
  return pointer;
}

void Place::appendPointer(std::string& pointer) const {
  if (parent_ == nullptr) {
    return;
  }
  parent_->appendPointer(pointer);
  if (isEntry_) {
    pointer += '/';
    pointer += std::to_string(index_);
  } else {
    appendPointerKey(pointer, key_);
  }
}

std::string Place::subject() const {
  if (parent_ == nullptr) {
    return "The top level";
  }
  if (!isEntry_) {
    return inQuotes(key_);
  }
  const std::string list = parent_->parent_ == nullptr ? "the list" : parent_->subject();
  return joined({"Entry ", std::to_string(index_ + 1), " of ", list});
}

}  // namespace fosterflow
