#include "authoring/explanation.h"

#include <algorithm>

#include "authoring/explained_values.h"
#include "authoring/explanation_writer.h"
#include "authoring/shortfall.h"
#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

uint32_t depthOf(const Condition& condition) {
  uint32_t depth = 0;
  for (const Condition& child : condition.children) depth = std::max(depth, depthOf(child));
  return depth + 1;
}

const char* groupName(GroupKind group) {
  switch (group) {
    case GroupKind::kAll:
      return "all";
    case GroupKind::kAny:
      return "any";
    default:
      return "none";
  }
}

// Whether anything that the segment reads of the history may be gone.
bool restsOnPartOfHistory(const Plan& plan, const Evaluator& evaluator, Instant completeAfter) {
  if (completeAfter == kBeforeAll) return false;
  const auto isMetricPartial = [&](const MetricPlan& metric) {
    return isPartial(spanOf(metric, evaluator), completeAfter);
  };
  if (std::any_of(plan.metrics.begin(), plan.metrics.end(), isMetricPartial)) return true;
  for (uint32_t index = 0; index < plan.sequences.size(); ++index) {
    if (isPartial(spanOf(plan.sequences[index], index, evaluator), completeAfter)) return true;
  }
  return false;
}

}  // namespace

ExplanationWriter::ExplanationWriter(const ExplainedSegment& segment, const Evaluator& evaluator,
                                     const std::vector<Instant>& changes, Instant completeAfter,
                                     const Phrases& phrases, std::string& out)
    : segment_(segment),
      plan_(*segment.plan),
      evaluator_(evaluator),
      changes_(changes),
      completeAfter_(completeAfter),
      phrases_(phrases),
      out_(out),
      isShown_(segment.set.definitions.size()) {}

void ExplanationWriter::append() {
  isShown_[segment_.index] = 1;
  Scope scope{&segment_.nodes.ofDefinition[segment_.index], 0, "/when"};
  condition(segment_.definition().when, scope, Need(), 1);
}

void ExplanationWriter::text(const char* opening, const std::string& text) {
  appendTextMember(out_, opening, text);
}

void ExplanationWriter::flag(const char* opening, bool flag) {
  out_ += opening;
  out_ += flag ? "true" : "false";
}

void ExplanationWriter::window(const TimeSpan& span) {
  out_ += ",\"window\":{\"after\":";
  appendInstant(out_, span.after);
  out_ += ",\"until\":";
  appendInstant(out_, clampInstant(span.until));
  out_ += '}';
}

bool ExplanationWriter::isBrief() const { return out_.size() > kMaxBytesWithEvents; }

void ExplanationWriter::head(const Condition& condition, const Scope& scope, uint32_t node,
                             Need need, const Head& head) {
  const Catalogue& catalogue = phrases_.catalogue();
  const bool holds = evaluator_.nodeHolds(node);
  out_ += "{\"kind\":\"";
  out_ += head.kind;
  text("\",\"path\":", scope.path);
  flag(",\"holds\":", holds);
  flag(",\"needed\":", need.holds);
  const std::string phrase = phrases_.heading(condition);
  text(",\"sentence\":", catalogue.sentence(phrase));
  text(",\"finding\":", head.finding);
  out_ += ",\"missing\":";
  if (holds == need.holds || !(need.holds || need.isLacking)) {
    out_ += "null";
  } else {
    appendJsonText(out_, need.holds ? head.missing : catalogue.say(Text::kMustNot, {phrase}));
  }
  out_ += ",\"changesAt\":";
  appendInstant(out_, changes_[node]);
  if (head.isPartial) out_ += ",\"partialHistory\":true";
}

void ExplanationWriter::condition(const Condition& condition, Scope& scope, Need need,
                                  uint32_t depth) {
  const uint32_t node = (*scope.nodes)[scope.next++];
  switch (condition.kind) {
    case Condition::Kind::kGroup:
      group(condition, scope, node, need, depth);
      break;
    case Condition::Kind::kEvent:
      event(condition, scope, node, need);
      break;
    case Condition::Kind::kSequence:
      sequence(condition, scope, node, need);
      break;
    case Condition::Kind::kAttribute:
      attribute(condition, scope, node, need);
      break;
    case Condition::Kind::kChannel:
    case Condition::Kind::kList:
      named(condition, scope, node, need);
      break;
    case Condition::Kind::kSegment:
      nested(condition, scope, node, need, depth);
      break;
    case Condition::Kind::kCompare:
      compare(condition, scope, node, need);
      break;
    case Condition::Kind::kSample:
      sample(condition, scope, node, need);
      break;
  }
  out_ += '}';
}

void ExplanationWriter::group(const Condition& condition, Scope& scope, uint32_t node, Need need,
                              uint32_t depth) {
  // The children stand next to each other among the nodes only where they are leaves, so they are
  // found as the walk below will find them.
  size_t holding = 0;
  size_t place = scope.next;
  const auto skip = [&place](const Condition& skipped, const auto& self) -> void {
    ++place;
    for (const Condition& child : skipped.children) self(child, self);
  };
  for (const Condition& child : condition.children) {
    if (evaluator_.nodeHolds((*scope.nodes)[place])) ++holding;
    skip(child, skip);
  }
  const auto held = static_cast<double>(holding);
  const auto all = static_cast<double>(condition.children.size());
  Head head;
  head.kind = groupName(condition.group);
  head.finding = phrases_.catalogue().say(Text::kFoundHolding, held,
                                          {phrases_.number(held), phrases_.number(all)});
  if (!evaluator_.nodeHolds(node)) head.missing = missingOfGroup(phrases_, condition, holding);
  this->head(condition, scope, node, need, head);
  out_ += ",\"of\":[";
  const Need inside = need.inside(evaluator_.nodeHolds(node), condition.group == GroupKind::kNone);
  const size_t length = scope.path.size();
  for (size_t index = 0; index < condition.children.size(); ++index) {
    if (index > 0) out_ += ',';
    scope.path += "/of/";
    appendJsonInteger(scope.path, static_cast<int64_t>(index));
    this->condition(condition.children[index], scope, inside, depth + 1);
    scope.path.resize(length);
  }
  out_ += ']';
}

void ExplanationWriter::nested(const Condition& condition, const Scope& scope, uint32_t node,
                               Need need, uint32_t depth) {
  const Catalogue& catalogue = phrases_.catalogue();
  const size_t index = segment_.find(condition.name);
  const Definition& definition = segment_.set.definitions[index];
  const bool isMember = evaluator_.holds(static_cast<uint32_t>(index));
  Head head;
  head.kind = "segment";
  head.finding = catalogue.say(isMember ? Text::kFoundInSegment : Text::kFoundNotInSegment);
  head.missing = catalogue.say(Text::kMissingThat, {phrases_.condition(condition)});
  this->head(condition, scope, node, need, head);
  text(",\"segment\":", condition.name);
  text(",\"name\":", definition.name);
  out_ += isMember ? ",\"observed\":\"in\"" : ",\"observed\":\"not_in\"";
  out_ += condition.negated ? ",\"wanted\":\"not_in\"" : ",\"wanted\":\"in\"";
  out_ += ",\"condition\":";
  const std::vector<uint32_t>& nodes = segment_.nodes.ofDefinition[index];
  const bool isRoom = nestedConditions_ + nodes.size() <= kMaxNestedConditions &&
                      depth + depthOf(definition.when) <= kMaxShownDepth;
  if (isShown_[index] != 0 || !isRoom) {
    out_ += "null";
    return;
  }
  isShown_[index] = 1;
  nestedConditions_ += nodes.size();
  Scope inner{&nodes, 0, "/when"};
  this->condition(definition.when, inner,
                  need.inside(evaluator_.nodeHolds(node), condition.negated), depth + 1);
}

void appendExplanation(std::string& out, const ExplainedSegment& segment, const Contact& contact,
                       Instant at, ZoneRegistry& zones, const Catalogue& catalogue) {
  const Plan& plan = *segment.plan;
  Evaluator evaluator(plan, contact.history(), contact.profile(), zones, contact.identity().id(),
                      at);
  std::vector<Instant> changes;
  const Instant lookedUntil = evaluator.nextNodeChanges(
      clampInstant(at + kNextChangeHorizonMilliseconds), kMaxInstantsLookedAt, changes);
  const Instant completeSince = contact.history().completeAfter();
  const bool isPartial = restsOnPartOfHistory(plan, evaluator, completeSince);
  const Phrases phrases(catalogue, *plan.interner);
  const uint32_t root = plan.segments[segment.index].root;
  // Before the first message a contact is in nothing, whatever its conditions say.
  const bool exists = contact.exists();
  appendTextMember(out, "{\"segment\":", segment.definition().id);
  appendTextMember(out, ",\"name\":", segment.definition().name);
  appendTextMember(out, ",\"contact\":", std::string(plan.interner->text(evaluator.contactId())));
  out += ",\"at\":";
  appendJsonInteger(out, at);
  out += exists && evaluator.nodeHolds(root) ? ",\"holds\":true" : ",\"holds\":false";
  out += ",\"changesAt\":";
  appendInstant(out, exists ? changes[root] : kNever);
  out += ",\"lookedUntil\":";
  appendInstant(out, lookedUntil);
  out += exists ? ",\"exists\":true" : ",\"exists\":false";
  out += ",\"partialHistorySince\":";
  appendInstant(out, isPartial ? completeSince : kNever);
  out += ",\"notes\":[";
  if (!exists) appendJsonText(out, catalogue.say(Text::kNoContact));
  if (isPartial) {
    if (!exists) out += ',';
    appendJsonText(out, catalogue.say(Text::kPartialHistory, {phrases.instant(completeSince)}));
  }
  out += "],\"condition\":";
  ExplanationWriter(segment, evaluator, changes, completeSince, phrases, out).append();
  out += '}';
}

}  // namespace fosterflow
