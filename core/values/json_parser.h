#pragma once

namespace fosterflow {

/// From now on simdjson's on-demand parsers find tokens with findJsonTokens: simdjson has no kernel
/// for the vectors of WebAssembly. Its own portable code does the rest.
void installJsonParser();

}  // namespace fosterflow
