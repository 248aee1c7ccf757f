#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "language/checking.h"
#include "plan/plan.h"

namespace fosterflow {

/// Plans sets of definitions that are right.
class Planning : public Checking {
 protected:
  std::shared_ptr<const Plan> plan(std::string_view definitions, std::string_view parameters = "",
                                   Retention retention = Retention::kAll) {
    const DefinitionSet set = check(definitions, parameters);
    for (const Problem& problem : set.problems) {
      EXPECT_EQ(problem.severity, Severity::kWarning) << problem.path << ": " << problem.message;
    }
    return buildPlan(set, interner_, zones_, retention);
  }

  /// A plan of two segments, each a condition with a time zone.
  std::shared_ptr<const Plan> planOfTwo(std::string_view first, std::string_view firstZone,
                                        std::string_view second, std::string_view secondZone) {
    return plan("[" + definition("a", first, firstZone) + "," +
                definition("b", second, secondZone) + "]");
  }

  static std::string definition(std::string_view id, std::string_view when,
                                std::string_view zone = "UTC") {
    return "{\"version\":1,\"id\":\"" + std::string(id) + "\",\"timezone\":\"" + std::string(zone) +
           "\",\"when\":" + std::string(when) + "}";
  }
};

}  // namespace fosterflow
