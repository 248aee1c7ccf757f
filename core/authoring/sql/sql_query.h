#pragma once

#include <optional>
#include <string>
#include <vector>

#include "authoring/sql/sql_dialect.h"
#include "language/definition_set.h"

namespace fosterflow {

/// A condition, or a part of one, that a dialect cannot say.
struct SqlRefusal {
  std::string path;     ///< JSON Pointer from the root of the definitions that were given
  std::string what;     ///< the kind or operator, as it is written in the definition
  std::string reason;   ///< why, as the end of a sentence
  std::string dialect;  ///< as people write it
};

/// The query of one segment, or why there is none.
struct SqlQuery {
  std::string segment;
  std::string sql;                   ///< "" when something is refused
  std::vector<SqlRefusal> refusals;  ///< all of them, those of nested segments too
};

struct SqlRequest {
  const DefinitionSet* set = nullptr;
  bool isList = false;        ///< the definitions were given as an array
  std::optional<Instant> at;  ///< none: the database's clock
  const Interner* interner = nullptr;
  ZoneRegistry* zones = nullptr;
};

/// A query that gives one column, `contact_id`: the members of the segment at an index of the set.
/// It reads the tables of docs/sql.md. Its text depends on nothing but the request and the zones.
SqlQuery sqlQuery(const SqlRequest& request, const SqlDialect& dialect, size_t segment);

}  // namespace fosterflow
