#include "values/case_folding.h"

#include "values/case_folding_table.h"
#include "values/utf8.h"

namespace fosterflow {

uint32_t foldCase(uint32_t codePoint) {
  if (codePoint < 0x80) return codePoint - 'A' < 26 ? codePoint + ('a' - 'A') : codePoint;
  if (codePoint >= 0x20000) return codePoint;
  const bool isBasic = codePoint < 0x10000;
  const CaseFoldingRun* runs = isBasic ? kBasicPlaneFoldings : kSupplementaryPlaneFoldings;
  const uint32_t inPlane = codePoint & 0xFFFF;
  // The last run that starts at or before it.
  size_t low = 0;
  size_t high = isBasic ? kBasicPlaneFoldingCount : kSupplementaryPlaneFoldingCount;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (runs[middle].first <= inPlane) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == 0) return codePoint;
  const CaseFoldingRun& run = runs[low - 1];
  const uint32_t offset = inPlane - run.first;
  if (offset % run.stride != 0 || offset / run.stride >= run.count) return codePoint;
  return (codePoint & ~0xFFFFU) | ((inPlane + run.distance) & 0xFFFF);
}

std::string foldCase(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (size_t index = 0; index < text.size();) {
    appendCodePoint(folded, foldCase(readCodePoint(text, index)));
  }
  return folded;
}

bool equalIgnoringCase(std::string_view left, std::string_view right) {
  size_t leftIndex = 0;
  size_t rightIndex = 0;
  while (leftIndex < left.size() && rightIndex < right.size()) {
    if (foldCase(readCodePoint(left, leftIndex)) != foldCase(readCodePoint(right, rightIndex))) {
      return false;
    }
  }
  return leftIndex == left.size() && rightIndex == right.size();
}

}  // namespace fosterflow
