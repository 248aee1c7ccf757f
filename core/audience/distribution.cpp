#include "audience/distribution.h"

#include <algorithm>
#include <cmath>

#include "values/canonical_json.h"
#include "values/exact_sum.h"

namespace fosterflow {

namespace {

void appendNumber(std::string& out, const char* opening, double number) {
  out += opening;
  appendJsonNumber(out, number);
}

}  // namespace

void appendDistribution(std::string& out, const std::vector<double>& values,
                        std::vector<double> bounds, uint32_t count) {
  double smallest = values.front();
  double largest = values.front();
  ExactSum sum;
  for (const double value : values) {
    smallest = std::min(smallest, value);
    largest = std::max(largest, value);
    sum.add(value);
  }
  if (bounds.empty()) {
    // All in one bucket when there is nothing to tell apart.
    if (smallest == largest) count = 1;
    const double width = (largest - smallest) / count;
    for (uint32_t index = 0; index <= count; ++index) {
      const double share = static_cast<double>(index) / count;
      // Between ends that are too far apart for a width, by shares of both.
      bounds.push_back(std::isfinite(width) ? smallest + width * index
                                            : smallest * (1 - share) + largest * share);
    }
    bounds.front() = smallest;
    bounds.back() = largest;
  }
  std::vector<uint64_t> counts(bounds.size() - 1);
  for (const double value : values) {
    if (value < bounds.front() || value > bounds.back()) continue;
    const auto above = std::upper_bound(bounds.begin(), bounds.end(), value) - bounds.begin();
    const auto bucket = std::min(static_cast<size_t>(above), bounds.size() - 1) - 1;
    ++counts[bucket];
  }
  appendNumber(out, ",\"minimum\":", smallest);
  appendNumber(out, ",\"maximum\":", largest);
  appendNumber(out, ",\"mean\":", sum.average(static_cast<uint32_t>(values.size())));
  out += ",\"buckets\":[";
  for (size_t bucket = 0; bucket < counts.size(); ++bucket) {
    appendNumber(out, bucket == 0 ? "{\"from\":" : ",{\"from\":", bounds[bucket]);
    appendNumber(out, ",\"to\":", bounds[bucket + 1]);
    out += ",\"count\":";
    appendJsonInteger(out, static_cast<int64_t>(counts[bucket]));
    out += '}';
  }
  out += ']';
}

}  // namespace fosterflow
