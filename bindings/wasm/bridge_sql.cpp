#include <string>
#include <string_view>

#include "authoring/sql/sql_query.h"
#include "bridge_implementation.h"
#include "language/definition_set.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// What a query may take, per byte of its definitions.
constexpr size_t kBytesPerDefinitionByte = 200;
// What a large query takes in pieces while it is put together.
constexpr size_t kQueryBytes = 16 << 20;
constexpr size_t kLongestResponse = 256 << 20;

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

BridgeStatus Bridge::sql(int32_t dialectName, double at, int32_t segmentIndex) {
  Implementation& self = *implementation_;
  self.begin();
  const std::unique_ptr<const SqlDialect> dialect = dialectOf(dialectName);
  if (dialect == nullptr) return BridgeStatus::kUnknownHandle;
  if (!self.reserve.couldAllocate(self.given.json.size() * kBytesPerDefinitionByte)) {
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
    if (segmentIndex >= 0 && segment != static_cast<size_t>(segmentIndex)) continue;
    // The queries of all may be much larger than the definitions: each has its nested segments.
    const bool isRoom = self.response.size() < kLongestResponse &&
                        self.reserve.couldAllocate(self.response.size() + kQueryBytes);
    if (!isRoom) {
      self.response.clear();
      return BridgeStatus::kOutOfMemory;
    }
    if (self.response.size() > 1) self.response += ',';
    appendQuery(self.response, sqlQuery(request, *dialect, segment));
  }
  self.response += '}';
  return BridgeStatus::kOk;
}

}  // namespace fosterflow
