#include "audience/audience.h"

#include <algorithm>
#include <cmath>

#include "contact/leaf_answers.h"

namespace fosterflow {

Bitmap Audience::members(const std::shared_ptr<const Plan>& plan, uint32_t segment, Instant now) {
  Bitmap members = Scan(store_, plan, zones_, memory_, now).members(segment);
  memory_.answers.trim();
  return members;
}

std::vector<uint32_t> Audience::counts(const std::shared_ptr<const Plan>& plan, Instant now) {
  Scan scan(store_, plan, zones_, memory_, now);
  std::vector<uint32_t> counts;
  for (uint32_t segment = 0; segment < plan->segments.size(); ++segment) {
    counts.push_back(static_cast<uint32_t>(scan.members(segment).count()));
  }
  memory_.answers.trim();
  return counts;
}

std::vector<std::string_view> Audience::page(const Bitmap& members, const std::string_view* after,
                                             size_t limit) {
  order_.extend(store_);
  std::vector<std::string_view> ids;
  size_t place = after == nullptr ? 0 : order_.placeAfter(store_, *after);
  for (; place < order_.slots().size() && ids.size() < limit; ++place) {
    const uint32_t slot = order_.slots()[place];
    if (members[slot]) ids.push_back(store_.idOf(slot));
  }
  return ids;
}

std::vector<double> Audience::values(const std::shared_ptr<const Plan>& plan, uint32_t metric,
                                     Instant now, const Bitmap* within) {
  Scan scan(store_, plan, zones_, memory_, now);
  MetricRows& rows = scan.metric(metric);
  std::vector<double> values;
  const Bitmap& contacts = within == nullptr ? store_.alive() : *within;
  contacts.forEach([&](size_t slot) {
    scan.slots().moveTo(static_cast<uint32_t>(slot));
    ValueNode storage;
    const std::optional<double> number =
        operandOf(rows.value(static_cast<uint32_t>(slot), storage));
    if (number) values.push_back(*number);
  });
  return values;
}

size_t Audience::bytesToSlice(const Plan& plan) const {
  std::vector<Symbol> names;
  for (const Stream& stream : plan.streams) {
    names.insert(names.end(), stream.names.begin(), stream.names.end());
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  size_t bytes = 0;
  for (const Symbol name : names) {
    const EventTable* table = store_.table(name);
    if (table != nullptr) bytes += table->bytesToSlice(store_.slotCount());
  }
  return bytes;
}

double quantileOf(std::vector<double>& values, double q) {
  const auto rank = static_cast<size_t>(std::ceil(q * static_cast<double>(values.size())));
  const size_t index = std::min(std::max<size_t>(rank, 1), values.size()) - 1;
  const auto place = values.begin() + static_cast<std::ptrdiff_t>(index);
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

}  // namespace fosterflow
