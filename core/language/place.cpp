#include "language/place.h"

#include "language/wording.h"
#include "values/canonical_json.h"

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
  if (isRoot()) {
    return;
  }
  parent_->appendPointer(pointer);
  if (index_ == kNoIndex) {
    appendPointerKey(pointer, key_);
  } else {
    pointer += '/';
    appendJsonInteger(pointer, static_cast<int64_t>(index_));
  }
}

std::string Place::subject() const {
  if (isRoot()) {
    return "The top level";
  }
  if (index_ == kNoIndex) {
    return sentence("\"%\"", {key_});
  }
  return sentence("Entry % of %",
                  {index_ + 1, parent_->isRoot() ? std::string("the list") : parent_->subject()});
}

}  // namespace fosterflow
