#include "contact/profile.h"

#include <algorithm>
#include <utility>

namespace fosterflow {

namespace {

bool startsWith(const std::vector<Symbol>& path, const std::vector<Symbol>& start) {
  return path.size() >= start.size() && std::equal(start.begin(), start.end(), path.begin());
}

}  // namespace

void Profile::clear() {
  for (const auto& [path, write] : traits_) {
    for (const Symbol key : path) interner_->release(key);
  }
  for (const Switch& entry : channels_) interner_->release(entry.name);
  for (const Switch& entry : lists_) interner_->release(entry.name);
  traits_.clear();
  channels_.clear();
  lists_.clear();
}

void Profile::writeTraits(const ValueTree& traits, Instant time) {
  std::vector<Symbol> path;
  writeLeaves(*traits.root(), path, time);
}

void Profile::writeLeaves(const ValueNode& parent, std::vector<Symbol>& path, Instant time) {
  for (const ValueNode& child : ValueChildren(&parent)) {
    path.push_back(child.key);
    if (child.type == ValueType::kObject) {
      writeLeaves(child, path, time);
    } else {
      write(path, child, time);
    }
    path.pop_back();
  }
}

void Profile::write(const std::vector<Symbol>& path, const ValueNode& value, Instant time) {
  const auto [entry, isNew] = traits_.try_emplace(path);
  Write& known = entry->second;
  if (isNew) {
    for (const Symbol key : path) interner_->retain(key);
  } else if (time < known.time ||
             (time == known.time && compareValues(&value, known.value.root(), *interner_) <= 0)) {
    return;
  }
  known.time = time;
  known.value = ValueTree::copyOf(&value, interner_);
}

bool Profile::isAlive(Writes::const_iterator entry) const {
  const auto& [path, write] = *entry;
  std::vector<Symbol> above(path);
  while (above.size() > 1) {
    above.pop_back();
    const auto ancestor = traits_.find(above);
    if (ancestor != traits_.end() && ancestor->second.time > write.time) return false;
  }
  for (auto below = std::next(entry); below != traits_.end() && startsWith(below->first, path);
       ++below) {
    if (below->second.time >= write.time) return false;
  }
  return true;
}

ValueTree Profile::trait(const std::vector<Symbol>& path) const {
  for (auto entry = traits_.lower_bound(path);
       entry != traits_.end() && startsWith(entry->first, path); ++entry) {
    if (!isSet(entry->second.value.root()) || !isAlive(entry)) continue;
    if (entry->first.size() == path.size()) {
      return ValueTree::copyOf(entry->second.value.root(), interner_);
    }
    ValueNode object;  // no rule sees more of an object than that it is there
    object.type = ValueType::kObject;
    object.span = 1;
    return ValueTree::copyOf(&object, interner_);
  }
  return ValueTree(interner_);
}

// Where the switch of this name is or belongs.
template <typename Switches>
auto* Profile::placeOf(Switches& switches, Symbol name) {
  return std::lower_bound(switches.data(), switches.data() + switches.size(), name,
                          [](const Switch& entry, Symbol wanted) { return entry.name < wanted; });
}

void Profile::set(std::vector<Switch>& switches, Symbol name, bool isOn, Instant time) {
  Switch* place = placeOf(switches, name);
  if (place == switches.data() + switches.size() || place->name != name) {
    interner_->retain(name);
    const auto index = place - switches.data();
    switches.emplace_back();
    std::move_backward(switches.data() + index, &switches.back(), &switches.back() + 1);
    switches[static_cast<size_t>(index)] = {name, isOn, time};
  } else if (time > place->time) {
    place->isOn = isOn;
    place->time = time;
  } else if (time == place->time) {
    place->isOn = place->isOn && isOn;
  }
}

bool Profile::isOn(const std::vector<Switch>& switches, Symbol name) {
  const Switch* place = placeOf(switches, name);
  return place != switches.data() + switches.size() && place->name == name && place->isOn;
}

void Profile::absorb(Profile& other) {
  for (const auto& [path, write] : other.traits_)
    this->write(path, *write.value.root(), write.time);
  for (const Switch& entry : other.channels_) set(channels_, entry.name, entry.isOn, entry.time);
  for (const Switch& entry : other.lists_) set(lists_, entry.name, entry.isOn, entry.time);
}

}  // namespace fosterflow
