#include "authoring/sql/sql_dialect.h"

namespace fosterflow {

std::string SqlDialect::arithmetic(Expression::Kind kind, const std::string& left,
                                   const std::string& right) const {
  switch (kind) {
    case Expression::Kind::kAdd:
      return finite(left + " + " + right);
    case Expression::Kind::kSubtract:
      return finite(left + " - " + right);
    case Expression::Kind::kMultiply:
      return finite(left + " * " + right);
    default:
      return finite(left + " / nullif(" + right + ", 0)");
  }
}

}  // namespace fosterflow
