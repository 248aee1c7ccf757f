#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace fosterflow {

/// Unicode simple case folding (status C and S of CaseFolding.txt, Unicode 17.0.0) of one code
/// point.
uint32_t foldCase(uint32_t codePoint);

/// `text` (valid UTF-8) with every code point folded.
std::string foldCase(std::string_view text);

/// True when the two texts are equal after folding; allocates nothing.
bool equalIgnoringCase(std::string_view left, std::string_view right);

}  // namespace fosterflow
