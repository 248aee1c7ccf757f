#pragma once

#include <string>
#include <vector>

namespace fosterflow {

/// Something that the author of a rule should know.
struct Finding {
  std::string path;       ///< JSON Pointer from the root of what was given
  std::string code;       ///< a stable name
  bool isWarning = true;  ///< else it is only worth knowing
  std::string message;
  std::string suggestion;            ///< what was probably meant, or ""
  std::vector<std::string> related;  ///< pointers of other conditions that are the reason
};

void appendFinding(std::string& out, const Finding& finding);

}  // namespace fosterflow
