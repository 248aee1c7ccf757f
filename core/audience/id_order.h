#pragma once

#include <string_view>
#include <vector>

#include "audience/audience_store.h"

namespace fosterflow {

/// The slots by their contacts' ids, in code point order. Slots that are dead stay in it.
class IdOrder {
 public:
  /// Takes in the slots that are new. O(n log n) for all at once.
  void extend(const AudienceStore& store);
  [[nodiscard]] const std::vector<uint32_t>& slots() const { return slots_; }
  /// The place of the first slot whose id comes after `id`.
  [[nodiscard]] size_t placeAfter(const AudienceStore& store, std::string_view id) const;

 private:
  std::vector<uint32_t> slots_;
  uint64_t version_ = 0;
};

}  // namespace fosterflow
