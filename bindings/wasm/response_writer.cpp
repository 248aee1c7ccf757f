#include "response_writer.h"

#include <algorithm>

#include "values/canonical_json.h"

namespace fosterflow {

namespace {

void appendTexts(std::string& out, std::string_view key, const std::vector<std::string>& texts) {
  out += '"';
  out += key;
  out += "\":[";
  for (size_t index = 0; index < texts.size(); ++index) {
    if (index > 0) out += ',';
    appendJsonText(out, texts[index]);
  }
  out += ']';
}

void appendNotices(std::string& out, const std::vector<LineNotice>& notices, bool refused) {
  bool isFirst = true;
  for (const LineNotice& notice : notices) {
    if ((notice.refusal != Refusal::kNone) != refused) continue;
    out += isFirst ? "{\"line\":" : ",{\"line\":";
    isFirst = false;
    out += std::to_string(notice.line);
    out += ",\"code\":";
    appendJsonText(out, refused ? refusalName(notice.refusal) : "properties_cut");
    out += ",\"message\":";
    appendJsonText(out, refused ? refusalText(notice.refusal)
                                : "The message has more than 256 properties: the first by path were kept.");
    out += '}';
  }
}

}  // namespace

void appendOutcome(std::string& out, const std::vector<Delta>& deltas, const Origin& origin,
                   const std::vector<LineNotice>& notices) {
  out += "{\"deltas\":[";
  for (size_t index = 0; index < deltas.size(); ++index) {
    if (index > 0) out += ',';
    appendDeltaJson(out, deltas[index], origin);
  }
  out += "],\"refused\":[";
  appendNotices(out, notices, true);
  out += "],\"warnings\":[";
  appendNotices(out, notices, false);
  out += "]}";
}

void appendProblems(std::string& out, const std::vector<Problem>& problems) {
  out += '[';
  for (size_t index = 0; index < problems.size(); ++index) {
    const Problem& problem = problems[index];
    out += index == 0 ? "{\"path\":" : ",{\"path\":";
    appendJsonText(out, problem.path);
    out += ",\"code\":";
    appendJsonText(out, codeName(problem.code));
    out += ",\"severity\":";
    out += problem.severity == Severity::kError ? "\"error\"" : "\"warning\"";
    out += ",\"message\":";
    appendJsonText(out, problem.message);
    out += '}';
  }
  out += ']';
}

void appendChanged(std::string& out, const Plan* before, const Plan& after) {
  static const std::vector<SegmentPlan> kNone;
  const std::vector<SegmentPlan>& old = before != nullptr ? before->segments : kNone;
  std::vector<std::string> added;
  std::vector<std::string> updated;
  std::vector<std::string> removed;
  size_t index = 0;
  for (const SegmentPlan& segment : after.segments) {
    while (index < old.size() && old[index].id < segment.id) removed.push_back(old[index++].id);
    if (index == old.size() || old[index].id != segment.id) {
      added.push_back(segment.id);
    } else if (old[index++].definition != segment.definition) {
      updated.push_back(segment.id);
    }
  }
  while (index < old.size()) removed.push_back(old[index++].id);
  out += '{';
  appendTexts(out, "added", added);
  out += ',';
  appendTexts(out, "updated", updated);
  out += ',';
  appendTexts(out, "removed", removed);
  out += '}';
}

void appendSegments(std::string& out, const Plan& plan) {
  // Who uses whom, by the place of the used segment.
  std::vector<std::vector<std::string>> users(plan.segments.size());
  const auto byId = [](const SegmentPlan& segment, const std::string& id) { return segment.id < id; };
  for (const SegmentPlan& segment : plan.segments) {
    for (const std::string& used : segment.segmentsUsed) {
      const auto place = std::lower_bound(plan.segments.begin(), plan.segments.end(), used, byId);
      users[static_cast<size_t>(place - plan.segments.begin())].push_back(segment.id);
    }
  }
  out += '[';
  for (size_t index = 0; index < plan.segments.size(); ++index) {
    const SegmentPlan& segment = plan.segments[index];
    out += index == 0 ? "{\"id\":" : ",{\"id\":";
    appendJsonText(out, segment.id);
    out += ",\"name\":";
    appendJsonText(out, segment.name);
    out += ",\"description\":";
    appendJsonText(out, segment.description);
    out += ",\"definition\":";
    appendJsonText(out, segment.definition);
    out += ",\"dependsOn\":{";
    appendTexts(out, "events", segment.events);
    out += ',';
    appendTexts(out, "attributes", segment.attributes);
    out += ',';
    appendTexts(out, "channels", segment.channels);
    out += ',';
    appendTexts(out, "lists", segment.lists);
    out += ',';
    appendTexts(out, "segments", segment.segmentsUsed);
    out += "},";
    appendTexts(out, "usedBy", users[index]);
    out += '}';
  }
  out += ']';
}

}  // namespace fosterflow
