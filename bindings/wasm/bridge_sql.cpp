#include <string>
#include <string_view>

#include "authoring/sql/sql_query.h"
#include "bridge_implementation.h"
#include "language/definition_set.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

std::unique_ptr<const SqlDialect> dialectOf(int32_t dialect) {
  switch (static_cast<SqlDialectName>(dialect)) {
    case SqlDialectName::kDuckDb:
      return duckDbDialect();
    case SqlDialectName::kPostgres:
      return postgresDialect();
    case SqlDialectName::kClickHouse:
      return clickHouseDialect();
  }
  return nullptr;
}

bool isList(std::string_view json) {
  const size_t first = json.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && json[first] == '[';
}

void appendRefusal(std::string& out, const SqlRefusal& refusal) {
  appendTextMember(out, "{\"path\":", refusal.path);
  appendTextMember(out, ",\"what\":", refusal.what);
  appendTextMember(
      out, ",\"message\":",
      refusal.dialect + " cannot say \"" + refusal.what + "\" here: " + refusal.reason + ".");
  out += '}';
}

void appendQuery(std::string& out, const SqlQuery& query) {
  appendJsonText(out, query.segment);
  if (query.refusals.empty()) {
    appendTextMember(out, ":{\"sql\":", query.sql);
  } else {
    out += ":{\"sql\":null";
  }
  out += ",\"refusals\":[";
  for (const SqlRefusal& refusal : query.refusals) {
    if (&refusal != query.refusals.data()) out += ',';
    appendRefusal(out, refusal);
  }
  out += "]}";
}

}  // namespace

BridgeStatus Bridge::sql(int32_t dialectName, double at) {
  Implementation& self = *implementation_;
  self.begin();
  const std::unique_ptr<const SqlDialect> dialect = dialectOf(dialectName);
  if (dialect == nullptr) return BridgeStatus::kRefused;
  // What a query may take, per byte of its definition.
  constexpr size_t kSqlBytesPerDefinitionByte = 200;
  if (!self.reserve.couldAllocate(self.given.json.size() * kSqlBytesPerDefinitionByte)) {
    return BridgeStatus::kOutOfMemory;
  }
  const DefinitionSet set = checkDefinitions(self.given.json, self.given.parameters, self.interner,
                                             self.json, self.zones);
  SqlRequest request;
  request.set = &set;
  request.isList = isList(self.given.json);
  request.at = instantOf(at);
  request.interner = &self.interner;
  request.zones = &self.zones;
  self.response += '{';
  for (size_t segment = 0; segment < set.definitions.size(); ++segment) {
    if (segment > 0) self.response += ',';
    appendQuery(self.response, sqlQuery(request, *dialect, segment));
  }
  self.response += '}';
  return BridgeStatus::kOk;
}

}  // namespace fosterflow
