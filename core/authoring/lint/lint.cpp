#include "authoring/lint/lint.h"

#include <utility>
#include <vector>

#include "authoring/lint/finding.h"
#include "authoring/lint/logic_findings.h"
#include "authoring/lint/retention_findings.h"
#include "authoring/lint/rule_summary.h"
#include "authoring/lint/vocabulary_findings.h"
#include "values/canonical_json.h"

namespace fosterflow {

void appendLint(std::string& out, const Rules& rules, bool isList, const Document& options,
                const Language& language, const ReadingTools& tools) {
  const Document* seen = options.find("seen");
  const Document* retention = options.find("retentionDays");
  std::string summaries;
  out += "{\"findings\":[";
  char separator = '[';
  for (size_t index = 0; index < rules.rules.size(); ++index) {
    const Rules::Rule& rule = rules.rules[index];
    std::string path;
    if (isList) {
      path += '/';
      appendJsonInteger(path, static_cast<int64_t>(index));
    }
    std::vector<Finding> findings;
    for (const Problem& problem : rules.set.problems) {
      const bool isHere = problem.path.compare(0, path.size() + 1, path + '/') == 0;
      if (!isHere) continue;
      Finding finding;
      finding.path = problem.path;
      finding.code = codeName(problem.code);
      finding.message = problem.message;
      findings.push_back(std::move(finding));
    }
    findLogic(rule, path, language, tools.interner, findings);
    if (seen != nullptr) findUnseen(*rule.definition, path, *seen, language, findings);
    if (retention != nullptr && retention->isNumber()) {
      findBeyondRetention(*rule.definition, path, retention->number, language, tools.interner,
                          findings);
    }
    for (const Finding& finding : findings) {
      if (separator == ',') out += ',';
      separator = ',';
      appendTextMember(out, "{\"segment\":", rule.definition->id);
      out += ',';
      std::string rest;
      appendFinding(rest, finding);
      out.append(rest, 1);
    }
    if (index > 0) summaries += ',';
    appendSummary(summaries, rules, index, path, language, tools);
  }
  out += "],\"segments\":[" + summaries + "]}";
}

}  // namespace fosterflow
