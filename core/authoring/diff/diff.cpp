#include "authoring/diff/diff.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "authoring/normal_form/normal_form.h"
#include "authoring/phrase.h"
#include "language/place.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

// A condition of one version: checked, as written, and where.
struct Side {
  const Condition* condition = nullptr;
  const Document* document = nullptr;
  std::string path;
};

bool isGroup(const Side& side) { return side.condition->kind == Condition::Kind::kGroup; }

// What a condition is about: changes of the same are one change.
std::string subjectOf(const Side& side) {
  std::string subject(side.document->textAt("kind"));
  for (const std::string_view key : {"event", "attribute", "channel", "list", "segment", "salt"}) {
    const Document* member = side.document->find(key);
    if (member != nullptr) subject += ' ' + canonicalJson(*member);
  }
  return subject;
}

class Differ {
 public:
  Differ(const Language& language, const Interner& interner, std::string& out)
      : texts_(*language.authoring), phrases_(*language.phrases, interner), out_(out) {}

  void members(const Document& before, const Document& after) {
    for (const std::string_view key : {"id", "name", "description", "timezone"}) {
      value(key, key, before.find(key), after.find(key), "/" + std::string(key));
    }
    static const Document kNone = Document::object();
    const Document* old = before.find("parameters");
    const Document* now = after.find("parameters");
    if (old == nullptr) old = &kNone;
    if (now == nullptr) now = &kNone;
    for (const std::string& key : old->keys) parameter(key, old->find(key), now->find(key));
    for (const std::string& key : now->keys) {
      if (old->find(key) == nullptr) parameter(key, nullptr, now->find(key));
    }
  }

  void conditions(const Side& before, const Side& after) {
    if (normalOf(before) == normalOf(after)) return;
    const bool areAlike =
        isGroup(before) && isGroup(after) && before.condition->group == after.condition->group;
    if (!areAlike) {
      changed(before, after);
      return;
    }
    std::vector<Side> old = membersOf(before);
    std::vector<Side> now = membersOf(after);
    takeEqual(old, now);
    std::vector<Side> added;
    for (Side& member : now) {
      const auto match = std::find_if(old.begin(), old.end(), [&member](const Side& candidate) {
        return areComparable(candidate, member);
      });
      if (match == old.end()) {
        added.push_back(std::move(member));
      } else {
        conditions(*match, member);
        old.erase(match);
      }
    }
    for (const Side& member : old) {
      const std::string phrase = phrases_.condition(*member.condition);
      write("removed", "condition", member.path, member.document, nullptr,
            texts_.say(AuthoringText::kRemoved, {phrase}));
    }
    for (const Side& member : added) {
      const std::string phrase = phrases_.condition(*member.condition);
      write("added", "condition", member.path, nullptr, member.document,
            texts_.say(AuthoringText::kAdded, {phrase}));
    }
  }

 private:
  static std::string normalOf(const Side& side) {
    return canonicalJson(normalCondition(*side.document));
  }

  static std::vector<Side> membersOf(const Side& group) {
    std::vector<Side> members;
    const Document& of = *group.document->find("of");
    for (size_t index = 0; index < of.items.size(); ++index) {
      std::string path = group.path + "/of/";
      appendJsonInteger(path, static_cast<int64_t>(index));
      members.push_back({&group.condition->children[index], &of.items[index], std::move(path)});
    }
    return members;
  }

  static bool areComparable(const Side& before, const Side& after) {
    if (isGroup(before) != isGroup(after)) return false;
    if (isGroup(before)) return before.condition->group == after.condition->group;
    return subjectOf(before) == subjectOf(after);
  }

  // Leaves out what both have.
  static void takeEqual(std::vector<Side>& before, std::vector<Side>& after) {
    std::vector<std::string> normals;
    normals.reserve(before.size());
    for (const Side& side : before) normals.push_back(normalOf(side));
    std::vector<Side> rest;
    for (Side& side : after) {
      const auto match = std::find(normals.begin(), normals.end(), normalOf(side));
      if (match == normals.end()) {
        rest.push_back(std::move(side));
        continue;
      }
      before.erase(before.begin() + (match - normals.begin()));
      normals.erase(match);
    }
    after = std::move(rest);
  }

  void changed(const Side& before, const Side& after) {
    const std::string now = phrases_.condition(*after.condition);
    const std::string old = phrases_.condition(*before.condition);
    // A parameter in the place of a value reads the same.
    write("changed", "condition", after.path, before.document, after.document,
          now == old ? texts_.say(AuthoringText::kRewritten, {now})
                     : texts_.say(AuthoringText::kChanged, {now, old}));
  }

  void parameter(const std::string& name, const Document* before, const Document* after) {
    std::string path = "/parameters";
    appendPointerKey(path, name);
    value("parameter", name, before, after, path);
  }

  static std::string written(const Document* value) {
    std::string text;
    if (value != nullptr) appendJson(text, *value);
    return text;
  }

  void value(std::string_view what, std::string_view name, const Document* before,
             const Document* after, const std::string& path) {
    const std::string old = before == nullptr ? "" : canonicalJson(*before);
    const std::string now = after == nullptr ? "" : canonicalJson(*after);
    // A time zone that is not given is UTC.
    const std::string_view none = what == "timezone" ? "\"UTC\"" : "";
    if ((before == nullptr ? none : old) == (after == nullptr ? none : now)) return;
    const char* change = before == nullptr ? "added" : after == nullptr ? "removed" : "changed";
    const std::string label(name);
    const std::string line =
        before == nullptr ? texts_.say(AuthoringText::kValueAdded, {label, written(after)})
        : after == nullptr
            ? texts_.say(AuthoringText::kValueRemoved, {label, written(before)})
            : texts_.say(AuthoringText::kValueChanged, {label, written(before), written(after)});
    write(change, what, path, before, after, line);
  }

  void write(std::string_view change, std::string_view what, const std::string& path,
             const Document* before, const Document* after, const std::string& line) {
    out_ += isFirst_ ? "{\"change\":\"" : ",{\"change\":\"";
    isFirst_ = false;
    out_ += change;
    out_ += "\",\"what\":\"";
    out_ += what;
    appendTextMember(out_, "\",\"path\":", path);
    out_ += ",\"before\":" + (before == nullptr ? "null" : written(before));
    out_ += ",\"after\":" + (after == nullptr ? "null" : written(after));
    appendTextMember(out_, ",\"line\":", line);
    out_ += '}';
  }

  const AuthoringTexts& texts_;
  Phrases phrases_;
  std::string& out_;
  bool isFirst_ = true;
};

}  // namespace

void appendDiff(std::string& out, const Rules::Rule& before, const Rules::Rule& after,
                const Language& language, const Interner& interner) {
  const bool areSame = normalForm(before.document) == normalForm(after.document);
  out += areSame ? "{\"same\":true,\"changes\":[" : "{\"same\":false,\"changes\":[";
  Differ differ(language, interner, out);
  differ.members(before.document, after.document);
  differ.conditions({&before.definition->when, before.document.find("when"), "/when"},
                    {&after.definition->when, after.document.find("when"), "/when"});
  out += "]}";
}

}  // namespace fosterflow
