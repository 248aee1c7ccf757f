#include <utility>

#include "authoring/sql/sql_text.h"
#include "authoring/sql/sql_writer.h"

namespace fosterflow {

namespace {

bool hasContactZone(const std::optional<Duration>& within, const Zone* zone) {
  return within && within->isCalendar && zone == nullptr;
}

}  // namespace

// A table of the contacts for whom some match exists. Step by step: which instants can be the last
// one of a match of the steps so far. What comes after depends on that instant only.
std::string SqlWriter::sequence(const Condition& condition, const std::string& path) {
  std::string before;
  std::vector<std::string> absent;  // since the positive step before
  size_t firstTrailing = condition.steps.size();
  while (condition.steps[firstTrailing - 1].absent) --firstTrailing;
  for (size_t index = 0; index < condition.steps.size(); ++index) {
    const SequenceStep& step = condition.steps[index];
    const std::string stepPath = path + "/steps/" + std::to_string(index);
    if (index >= firstTrailing) {
      before = quietSteps(before, step, stepPath);
    } else if (step.absent) {
      absent.push_back(instantsOf(step.events, stepPath));
    } else {
      before = nextStep(before, step, condition.window, absent, stepPath, path + "/window");
      absent.clear();
    }
  }
  return before;
}

// The instants of a selector's events up to T.
std::string SqlWriter::instantsOf(const EventSelector& selector, const std::string& path) {
  SqlEvents events = this->events(selector, path);
  restrictTo(events, Window(), path);
  return add("absent",
             "SELECT " + contactOf(events) + ", " +
                 dialect_.optional(dialect_.millisecondsOf("e.time")) + " AS instant\n" +
                 rowsOf(events),
             path);
}

std::string SqlWriter::nextStep(const std::string& before, const SequenceStep& step,
                                const Window& window, const std::vector<std::string>& absent,
                                const std::string& path, const std::string& windowPath) {
  SqlEvents events = this->events(step.events, path);
  restrictTo(events, window, windowPath);
  const std::string instant = dialect_.millisecondsOf("e.time");
  if (!before.empty()) {
    std::string source = before;
    for (const std::string& table : absent) {
      // Beside each instant, the first one after it that must not lie before the next step.
      const bool isFirst = source == before;
      source = add("watched",
                   "SELECT s.contact_id AS contact_id, s.instant AS instant,\n  " +
                       sqlCall("min", {sqlWhen("a.instant > s.instant", "a.instant")}) +
                       " AS absent" + (isFirst ? "" : ",\n  min(s.absent) AS absent_before") +
                       "\nFROM " + source + " AS s\nLEFT JOIN " + table +
                       " AS a ON a.contact_id = s.contact_id\nGROUP BY s.contact_id, s.instant",
                   path);
      if (!isFirst) {
        source = add("watched",
                     "SELECT contact_id, instant,\n  CASE WHEN absent IS NULL OR absent_before < "
                     "absent THEN absent_before ELSE absent END AS absent\nFROM " +
                         source,
                     path);
      }
    }
    events.joins.push_back("JOIN " + source + " AS s ON s.contact_id = e.contact_id");
    events.where.push_back(instant + " > s.instant");
    if (!absent.empty()) {
      events.where.push_back("(s.absent IS NULL OR " + instant + " <= s.absent)");
    }
    if (step.within) {
      const bool usedContact = std::exchange(usesContact_, events.usesContact);
      events.where.push_back(instant + " <= " + laterBy("s.instant", *step.within, path));
      events.usesContact = std::exchange(usesContact_, usedContact);
    }
  }
  return add(
      "step",
      "SELECT DISTINCT " + contactOf(events) + ", " + instant + " AS instant\n" + rowsOf(events),
      path);
}

// Of the instants those after which an event does not come, or not in time.
std::string SqlWriter::quietSteps(const std::string& before, const SequenceStep& absent,
                                  const std::string& path) {
  const std::string table = instantsOf(absent.events, path);
  std::string rows =
      "FROM " + before + " AS s\nLEFT JOIN " + table + " AS a ON a.contact_id = s.contact_id";
  std::string comes = "a.instant > s.instant";
  if (absent.within) {
    if (hasContactZone(absent.within, frame_.zone)) {
      rows += "\nJOIN " + contactsTable() + " AS c ON c.id = s.contact_id";
    }
    const bool usedContact = usesContact_;
    const std::string end = laterBy("s.instant", *absent.within, path);
    usesContact_ = usedContact;
    comes = "a.instant > s.instant AND a.instant <= " + end;
    rows += "\nWHERE " + end + " <= " + nowExpression();
  }
  return add("step",
             "SELECT s.contact_id AS contact_id, s.instant AS instant\n" + rows +
                 "\nGROUP BY s.contact_id, s.instant\nHAVING count(" + sqlWhen(comes, "1") +
                 ") = 0",
             path);
}

}  // namespace fosterflow
