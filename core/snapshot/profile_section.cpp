#include "snapshot/profile_section.h"

#include "language/limits.h"
#include "snapshot/value_bytes.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

void writeSwitches(std::string& out, const std::vector<Profile::Switch>& switches,
                   const Interner& interner) {
  appendVarint(out, switches.size());
  const std::vector<size_t> order = sortedOrder(switches.size(), [&](size_t left, size_t right) {
    return interner.text(switches[left].name) < interner.text(switches[right].name);
  });
  for (const size_t place : order) {
    const Profile::Switch& entry = switches[place];
    appendText(out, interner.text(entry.name));
    out.push_back(entry.isOn ? 1 : 0);
    appendSignedVarint(out, entry.time);
  }
}

using Setter = void (Profile::*)(Symbol, bool, Instant);

void readSwitches(ByteReader& bytes, Interner* interner, Profile* profile, Setter set) {
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    const std::string_view name = bytes.text();
    const bool isOn = bytes.flag();
    const Instant time = bytes.instant();
    if (profile == nullptr || bytes.failed()) continue;
    const Symbol symbol = interner->intern(name);
    (profile->*set)(symbol, isOn, time);
    interner->release(symbol);
  }
}

}  // namespace

void writeProfile(std::string& out, const Profile& profile, const Interner& interner) {
  std::vector<Profile::Writes::const_iterator> writes;
  for (auto entry = profile.traits().begin(); entry != profile.traits().end(); ++entry) {
    writes.push_back(entry);
  }
  const std::vector<size_t> order = sortedOrder(writes.size(), [&](size_t left, size_t right) {
    const std::vector<Symbol>& one = writes[left]->first;
    const std::vector<Symbol>& other = writes[right]->first;
    for (size_t key = 0; key < one.size() && key < other.size(); ++key) {
      if (one[key] != other[key]) return interner.text(one[key]) < interner.text(other[key]);
    }
    return one.size() < other.size();
  });
  appendVarint(out, writes.size());
  InlineTextWriter texts;
  for (const size_t place : order) {
    const auto& [path, write] = *writes[place];
    appendVarint(out, path.size());
    for (const Symbol key : path) appendText(out, interner.text(key));
    appendSignedVarint(out, write.time);
    appendValue(out, *write.value.root(), texts, interner);
  }
  writeSwitches(out, profile.channels(), interner);
  writeSwitches(out, profile.lists(), interner);
}

size_t readProfile(ByteReader& bytes, Interner* interner, Profile* profile) {
  size_t nodes = 0;
  InlineTextReader texts;
  std::vector<Symbol> path;
  for (size_t left = bytes.count(); left > 0 && !bytes.failed(); --left) {
    const size_t keys = bytes.count();
    if (keys == 0 || keys > kMaxMessageDepth) bytes.fail("a path that is too short or too long");
    for (size_t key = 0; key < keys && !bytes.failed(); ++key) {
      const std::string_view text = bytes.text();
      if (profile != nullptr) path.push_back(interner->intern(text));
    }
    const Instant time = bytes.instant();
    ValueTree value(interner);
    nodes += readValue(bytes, texts, interner, profile == nullptr ? nullptr : &value.nodes());
    if (profile != nullptr && !bytes.failed()) profile->write(path, *value.root(), time);
    for (const Symbol key : path) interner->release(key);
    path.clear();
  }
  readSwitches(bytes, interner, profile, &Profile::setChannel);
  readSwitches(bytes, interner, profile, &Profile::setList);
  return nodes;
}

}  // namespace fosterflow
