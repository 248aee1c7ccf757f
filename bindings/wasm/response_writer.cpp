#include "response_writer.h"

#include <algorithm>

#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// `opening`: the key and all before the array.
void appendTexts(std::string& out, const char* opening, const std::vector<std::string>& texts) {
  out += opening;
  char separator = '[';
  for (const std::string& text : texts) {
    out += separator;
    separator = ',';
    appendJsonText(out, text);
  }
  if (texts.empty()) out += separator;
  out += ']';
}

void appendList(std::string& out, const std::vector<LineNotice>& notices, bool refused) {
  bool isFirst = true;
  for (const LineNotice& notice : notices) {
    if ((notice.refusal != Refusal::kNone) != refused) continue;
    out += isFirst ? "{\"line\":" : ",{\"line\":";
    isFirst = false;
    appendJsonInteger(out, static_cast<int64_t>(notice.line));
    out += ",\"code\":";
    appendJsonText(out, refused ? refusalName(notice.refusal) : "properties_cut");
    out += ",\"message\":";
    appendJsonText(
        out, refused ? refusalText(notice.refusal)
                     : "The message has more than 256 properties: the first by path were kept.");
    out += '}';
  }
}

}  // namespace

void appendNotices(std::string& out, const std::vector<LineNotice>& notices) {
  out += "{\"refused\":[";
  appendList(out, notices, true);
  out += "],\"warnings\":[";
  appendList(out, notices, false);
  out += "]}";
}

void appendProblems(std::string& out, const std::vector<Problem>& problems) {
  out += '[';
  for (size_t index = 0; index < problems.size(); ++index) {
    const Problem& problem = problems[index];
    appendTextMember(out, index == 0 ? "{\"path\":" : ",{\"path\":", problem.path);
    out += ",\"code\":";
    appendJsonText(out, codeName(problem.code));
    out += problem.severity == Severity::kError ? ",\"severity\":\"error\""
                                                : ",\"severity\":\"warning\"";
    appendTextMember(out, ",\"message\":", problem.message);
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
  appendTexts(out, "{\"added\":", added);
  appendTexts(out, ",\"updated\":", updated);
  appendTexts(out, ",\"removed\":", removed);
  out += '}';
}

void appendSegments(std::string& out, const Plan& plan) {
  // Who uses whom, by the place of the used segment.
  std::vector<std::vector<std::string>> users(plan.segments.size());
  const auto byId = [](const SegmentPlan& segment, const std::string& id) {
    return segment.id < id;
  };
  for (const SegmentPlan& segment : plan.segments) {
    for (const std::string& used : segment.segmentsUsed) {
      const auto place = std::lower_bound(plan.segments.begin(), plan.segments.end(), used, byId);
      users[static_cast<size_t>(place - plan.segments.begin())].push_back(segment.id);
    }
  }
  out += '[';
  for (size_t index = 0; index < plan.segments.size(); ++index) {
    const SegmentPlan& segment = plan.segments[index];
    appendTextMember(out, index == 0 ? "{\"id\":" : ",{\"id\":", segment.id);
    appendTextMember(out, ",\"name\":", segment.name);
    appendTextMember(out, ",\"description\":", segment.description);
    appendTextMember(out, ",\"definition\":", segment.definition);
    appendTexts(out, ",\"dependsOn\":{\"events\":", segment.events);
    appendTexts(out, ",\"attributes\":", segment.attributes);
    appendTexts(out, ",\"channels\":", segment.channels);
    appendTexts(out, ",\"lists\":", segment.lists);
    appendTexts(out, ",\"segments\":", segment.segmentsUsed);
    appendTexts(out, "},\"usedBy\":", users[index]);
    out += '}';
  }
  out += ']';
}

}  // namespace fosterflow
