#pragma once

#include <span>

#include "authoring/language.h"

namespace fosterflow {

/// The texts of scenarios and personas in German, all of them.
std::span<const ScenarioWords> germanScenarios();

}  // namespace fosterflow
