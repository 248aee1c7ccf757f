#include "authoring/lint/finding.h"

#include "values/canonical_json.h"

namespace fosterflow {

void appendFinding(std::string& out, const Finding& finding) {
  appendTextMember(out, "{\"path\":", finding.path);
  appendTextMember(out, ",\"code\":", finding.code);
  out += finding.isWarning ? ",\"severity\":\"warning\"" : ",\"severity\":\"info\"";
  appendTextMember(out, ",\"message\":", finding.message);
  if (!finding.suggestion.empty()) appendTextMember(out, ",\"suggestion\":", finding.suggestion);
  if (!finding.related.empty()) {
    out += ",\"related\":[";
    for (size_t index = 0; index < finding.related.size(); ++index) {
      if (index > 0) out += ',';
      appendJsonText(out, finding.related[index]);
    }
    out += ']';
  }
  out += '}';
}

}  // namespace fosterflow
