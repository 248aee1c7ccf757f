#pragma once

#include "values/json_tokens.h"

namespace fosterflow {

/// From now on simdjson's on-demand parsers find tokens with findJsonTokens: simdjson has no kernel
/// for the vectors of WebAssembly. Its own portable code does the rest.
void installJsonParser();

/// What was found of the text that such a parser was given last, in this thread.
const JsonTokens& latestJsonTokens();

}  // namespace fosterflow
