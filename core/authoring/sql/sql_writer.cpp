#include "authoring/sql/sql_writer.h"

#include <algorithm>
#include <utility>

#include "authoring/sql/sql_text.h"
#include "language/limits.h"

namespace fosterflow {

namespace {

constexpr std::string_view kZonedContacts = "zoned_contacts";

}  // namespace

SqlQuery sqlQuery(const SqlRequest& request, const SqlDialect& dialect, size_t segment) {
  SqlWriter writer(request, dialect);
  SqlQuery query;
  query.segment = request.set->definitions[segment].id;
  query.sql = writer.write(segment);
  query.refusals = writer.takeRefusals();
  return query;
}

std::string SqlWriter::write(size_t segment) {
  const Definition& definition = request_.set->definitions[segment];
  const std::string select = segmentSelect(segment, rootOf(segment));
  if (request_.at) {
    if (const auto reason = dialect_.whyNotAt(*request_.at)) {
      refuse(rootOf(segment), "at", *reason);
    }
  }
  if (!refusals_.empty()) return {};
  std::string at = "now";
  if (request_.at) {
    at.clear();
    appendIsoInstant(at, *request_.at);
  }
  std::string sql = sqlComment("Segment " + definition.id + " (" + definition.hash + ") at " + at);
  sql += '\n';
  if (!tables_.empty()) {
    std::vector<std::string> tables;
    for (const Table& table : tables_) {
      const std::string comment = table.path.empty() ? "" : "  " + sqlComment(table.path);
      tables.push_back(table.name + " AS (" + comment + "\n" + indented(table.body) + "\n)");
    }
    sql += "WITH\n" + indented(joined(tables, ",\n")) + "\n";
  }
  return sql + select + "\n";
}

std::string SqlWriter::rootOf(size_t segment) const {
  return request_.isList ? "/" + std::to_string(request_.set->places[segment]) : "";
}

// The contacts in a segment. The frame of the segment that uses it, if any, is put back.
std::string SqlWriter::segmentSelect(size_t segment, const std::string& path) {
  const Definition& definition = request_.set->definitions[segment];
  Frame frame;
  frame.definition = &definition;
  if (definition.timezone != kContactTimezone) {
    frame.zone = request_.zones->find(definition.timezone);
  }
  std::swap(frame_, frame);
  const bool usesContact = std::exchange(usesContact_, false);
  const std::string holds = condition(definition.when, path + "/when");
  std::string select = "SELECT c.id AS contact_id\nFROM " + contactsTable() + " AS c";
  for (const std::string& join : frame_.joins) {
    select += "\nLEFT JOIN " + join + " ON " + join + ".contact_id = c.id";
  }
  select += "\nWHERE " + holds;
  usesContact_ = usesContact;
  std::swap(frame_, frame);
  return select;
}

// The contacts, with their zones where the segment follows them.
std::string SqlWriter::contactsTable() {
  if (frame_.zone != nullptr) return "contacts";
  const bool isThere = std::any_of(tables_.begin(), tables_.end(),
                                   [](const Table& table) { return table.name == kZonedContacts; });
  if (!isThere) {
    const std::string zone = dialect_.zoneNamed(dialect_.textOf({"c.attributes", {"timezone"}}));
    tables_.insert(tables_.begin(),
                   {std::string(kZonedContacts),
                    "SELECT c.id, c.attributes,\n  " + zone + " AS zone\nFROM contacts AS c",
                    {}});
  }
  return std::string(kZonedContacts);
}

std::string SqlWriter::newName(std::string_view prefix) {
  std::string name(prefix);
  const int number = ++names_[name];
  return name + "_" + std::to_string(number);
}

std::string SqlWriter::add(std::string_view prefix, const std::string& body,
                           const std::string& path) {
  for (const Table& table : tables_) {
    if (table.body == body) return table.name;
  }
  tables_.push_back({newName(prefix), body, path});
  return tables_.back().name;
}

SqlJson SqlWriter::member(const std::string& root, const Path& keys, const std::string& path) {
  if (keys.size() <= kMaxMessageDepth) return {root, keys};
  refuse(path, "path", "it has more keys than any data can nest");
  return {root, {}};
}

std::string SqlWriter::refuse(const std::string& path, std::string_view what, std::string reason) {
  const bool isKnown =
      std::any_of(refusals_.begin(), refusals_.end(), [&](const SqlRefusal& refusal) {
        return refusal.path == path && refusal.what == what && refusal.reason == reason;
      });
  if (!isKnown) {
    refusals_.push_back(
        {path, std::string(what), std::move(reason), std::string(dialect_.title())});
  }
  return std::string(kSqlFalse);
}

}  // namespace fosterflow
