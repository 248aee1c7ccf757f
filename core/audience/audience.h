#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "audience/audience_store.h"
#include "audience/id_order.h"
#include "audience/scan.h"

namespace fosterflow {

/// Many contacts, and who of them is in what. Plans are of the audience's interner.
class Audience {
 public:
  Audience(Interner* interner, ZoneRegistry* zones) : zones_(*zones), store_(interner, zones) {}

  [[nodiscard]] AudienceStore& store() { return store_; }
  [[nodiscard]] const AudienceStore& store() const { return store_; }

  /// The members of one segment at an instant. What `receive` brought must be settled.
  Bitmap members(const std::shared_ptr<const Plan>& plan, uint32_t segment, Instant now);
  /// How many members each segment has.
  std::vector<uint32_t> counts(const std::shared_ptr<const Plan>& plan, Instant now);
  /// Ids of `members` in code point order: the first `limit` after `after` (all, when there is
  /// none).
  std::vector<std::string_view> page(const Bitmap& members, const std::string_view* after,
                                     size_t limit);

  /// What a metric of a plan is for each contact, in no order; contacts for which it is missing or
  /// no finite number are left out.
  /// Only of the contacts in `within`, when it is given.
  std::vector<double> values(const std::shared_ptr<const Plan>& plan, uint32_t metric, Instant now,
                             const Bitmap* within = nullptr);

  /// Whether there is memory for `bytesToSlice`: for tables in a second order, by time.
  void setMaySlice(bool maySlice) { memory_.maySlice = maySlice; }
  /// What an answer may want besides at most.
  [[nodiscard]] size_t bytesToSlice(const Plan& plan) const;

  /// Forgets what was computed: for measuring.
  void forgetAnswers() { memory_.answers.clear(); }

 private:
  ZoneRegistry& zones_;
  AudienceStore store_;
  ScanMemory memory_;
  IdOrder order_;
};

/// The value that a share `q` (0 to 1) of the values is at or below: the one of rank ⌈q·n⌉, the
/// smallest for 0. `values` is reordered and not empty. O(n).
double quantileOf(std::vector<double>& values, double q);

}  // namespace fosterflow
