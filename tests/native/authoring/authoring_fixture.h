#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authoring/document.h"
#include "authoring/rules.h"
#include "language/checking.h"

namespace fosterflow {

/// Reads rules and JSON for the parts of authoring.
class AuthoringFixture : public Checking {
 protected:
  Rules rules(std::string_view json, std::string_view parameters = "") {
    Rules rules = readRules(json, parameters, tools_);
    for (const Problem& problem : rules.set.problems) {
      EXPECT_EQ(problem.severity, Severity::kWarning) << problem.path << ": " << problem.message;
    }
    return rules;
  }

  Document document(std::string_view json) {
    ValueTree tree(&interner_);
    EXPECT_EQ(reader_.read(json, 500, tree), JsonError::kNone) << json;
    return Document::of(tree.root(), interner_);
  }

  static std::string group(std::string_view kind, const std::string& members) {
    return "{\"kind\":\"" + std::string(kind) + "\",\"of\":[" + members + "]}";
  }

  const ReadingTools tools_{interner_, reader_, zones_};
};

}  // namespace fosterflow
