#pragma once

#include <string>
#include <vector>

#include "authoring/document.h"
#include "authoring/language.h"
#include "authoring/lint/finding.h"
#include "language/definition.h"

namespace fosterflow {

/// Names of events, properties, traits, channels and lists that were never seen in the data, with
/// the nearest that was. `seen`: {"events":{name:{"properties":[path,…]}},"traits":[path,…],
/// "channels":[…],"lists":[…]}; each list may be an object by the same names. What lies in the
/// entries of an array has the path `array[].path`. A part that is left out is not looked at.
void findUnseen(const Definition& definition, const std::string& path, const Document& seen,
                const Language& language, std::vector<Finding>& findings);

}  // namespace fosterflow
