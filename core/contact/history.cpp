#include "contact/history.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <type_traits>

#include "language/limits.h"
#include "values/canonical_json.h"
#include "values/sha256.h"
#include "values/sorted_order.h"

namespace fosterflow {

namespace {

static_assert(sizeof(Event) % alignof(ValueNode) == 0);
static_assert(std::is_trivially_destructible_v<Event>);

}  // namespace

/// The event and its properties behind it, in one piece of memory: two allocations are dear, and
/// what is read together lies together. What the tree held is the event's.
const Event* History::create(Instant time, Symbol name, Symbol messageId, Symbol sender,
                             ValueTree& properties) {
  const size_t count = properties.nodeCount();
  void* memory = ::operator new(sizeof(Event) + count * sizeof(ValueNode));
  auto* event = new (memory) Event{time, name, messageId, kNoSymbol, {}};
  if (messageId == kNoSymbol) event->sender = sender;
  if (count > 0) {
    auto* nodes = reinterpret_cast<ValueNode*>(event + 1);
    std::uninitialized_copy_n(properties.root(), count, nodes);
    event->properties = Event::Properties(nodes);
    properties.nodes().clear();
  }
  interner_->retain(name);
  interner_->retain(messageId);
  interner_->retain(event->sender);
  return event;
}

void History::destroy(const Event* event) {
  interner_->release(event->name);
  interner_->release(event->messageId);
  interner_->release(event->sender);
  const ValueNode* root = event->properties.root();
  if (root != nullptr) releaseNodes(root, spanOf(*root), *interner_);
  ::operator delete(const_cast<Event*>(event));
}

History::~History() {
  for (const TimedEvent& entry : events_) destroy(entry.event);
}

std::string History::contentOf(Symbol name, const ValueNode* properties) const {
  std::string content = "[";
  appendJsonText(content, interner_->text(name));
  content += ',';
  if (properties == nullptr) {
    content += "{}";
  } else {
    appendCanonicalJson(content, properties, *interner_);
  }
  content += ']';
  return content;
}

bool History::isBefore(const Event* left, const Event* right) const {
  const int order = contentOf(left->name, left->properties.root())
                        .compare(contentOf(right->name, right->properties.root()));
  if (order != 0) return order < 0;
  // Equal events differ in nothing but what they are known by.
  const int byMessage = interner_->text(left->messageId).compare(interner_->text(right->messageId));
  if (byMessage != 0) return byMessage < 0;
  return interner_->text(left->sender) < interner_->text(right->sender);
}

// Thousands of events may have one time, so their order is kept from call to call.
const Event* History::oldest() {
  if (oldest_.empty()) {
    const size_t tied = events_.countUntil(events_.front().time);
    const std::vector<size_t> order = sortedOrder(tied, [this](size_t left, size_t right) {
      return isBefore(events_[right].event, events_[left].event);
    });
    for (const size_t index : order) oldest_.push_back(events_[index].event);
  }
  return oldest_.back();
}

void History::removeOldest(HistoryListener* listener) {
  const Event* dropped = oldest();
  completeAfter_ = std::max(completeAfter_, dropped->time);
  remove(dropped, listener);
}

void History::add(Instant time, Symbol name, Symbol messageId, Symbol sender, ValueTree& properties,
                  HistoryListener* listener) {
  if (events_.size() >= kMaxEvents && time <= events_.front().time) {
    const Event* first = oldest();
    if (time < first->time ||
        contentOf(name, properties.root()) <= contentOf(first->name, first->properties.root())) {
      completeAfter_ = std::max(completeAfter_, time);
      return;
    }
  }
  if (!replaceKnown(time, name, messageId, properties.root(), listener)) return;
  if (events_.size() >= kMaxEvents) removeOldest(listener);
  take(create(time, name, messageId, sender, properties), listener);
}

bool History::replaceKnown(Instant time, Symbol name, Symbol messageId, const ValueNode* properties,
                           HistoryListener* listener) {
  if (messageId == kNoSymbol) return true;
  const uintptr_t* entry = byMessageId_.find(messageId);
  if (entry == nullptr) return true;
  const auto* known = reinterpret_cast<const Event*>(*entry);
  if (time > known->time) return false;
  if (time == known->time &&
      contentOf(name, properties) >= contentOf(known->name, known->properties.root())) {
    return false;
  }
  remove(known, listener);
  return true;
}

void History::take(const Event* event, HistoryListener* listener) {
  if (!oldest_.empty() && event->time <= oldest_.back()->time) {
    if (event->time < oldest_.back()->time) {
      oldest_.clear();
    } else {
      oldest_.insert(std::lower_bound(oldest_.begin(), oldest_.end(), event,
                                      [this](const Event* left, const Event* right) {
                                        return isBefore(right, left);
                                      }),
                     event);
    }
  }
  events_.insert({event->time, event});
  if (event->messageId != kNoSymbol) {
    byMessageId_.set(event->messageId, reinterpret_cast<uintptr_t>(event));
  }
  if (listener != nullptr) listener->eventAdded(*event);
}

void History::remove(const Event* event, HistoryListener* listener) {
  size_t index = events_.countBefore(event->time);
  while (events_[index].event != event) ++index;
  events_.erase(index);
  byMessageId_.erase(event->messageId);
  if (!oldest_.empty() && event->time == oldest_.back()->time) {
    const auto place = std::find(oldest_.rbegin(), oldest_.rend(), event);
    oldest_.erase(std::next(place).base());
  }
  if (listener != nullptr) listener->eventRemoved(*event);
  destroy(event);
}

void History::absorb(History& other) {
  const std::vector<const Event*> copies = copiesIn(other);
  size_t next = 0;
  for (const TimedEvent& entry : other.events_) {
    const Event* event = entry.event;
    const bool isCopy = next < copies.size() && copies[next] == event;
    if (isCopy) ++next;
    if (!isCopy && replaceKnown(event->time, event->name, event->messageId,
                                event->properties.root(), nullptr)) {
      take(event, nullptr);
    } else {
      destroy(event);
    }
  }
  other.events_.clear();
  other.byMessageId_.clear();
  other.oldest_.clear();
  completeAfter_ = std::max(completeAfter_, other.completeAfter_);
  while (events_.size() > kMaxEvents) removeOldest(nullptr);
}

namespace {

// What identifies an event without messageId among those of its time, with which event it is.
struct Identified {
  std::array<uint8_t, 32> content;
  Symbol sender = kNoSymbol;
  const Event* event = nullptr;
  [[nodiscard]] int compare(const Identified& right) const {
    if (sender != right.sender) return sender < right.sender ? -1 : 1;
    return std::memcmp(content.data(), right.content.data(), content.size());
  }
};

}  // namespace

// The events of `other` that are copies of some here, in the order in which they lie there. Each
// one here stands for one copy.
std::vector<const Event*> History::copiesIn(const History& other) const {
  const auto identifiedAt = [this](const TimeLine<TimedEvent>& events, Instant time) {
    std::vector<Identified> all;
    for (size_t index = events.countBefore(time);
         index < events.size() && events[index].time == time; ++index) {
      const Event* event = events[index].event;
      if (event->messageId != kNoSymbol) continue;
      all.push_back(
          {sha256(contentOf(event->name, event->properties.root())), event->sender, event});
    }
    return all;
  };
  const auto orderOf = [](const std::vector<Identified>& all) {
    return sortedOrder(all.size(), [&all](size_t left, size_t right) {
      return all[left].compare(all[right]) < 0;
    });
  };
  std::vector<const Event*> copies;
  Instant done = kBeforeAll;
  for (const TimedEvent& entry : other.events_) {
    if (entry.event->messageId != kNoSymbol || entry.time == done) continue;
    done = entry.time;
    const std::vector<Identified> own = identifiedAt(events_, entry.time);
    if (own.empty()) continue;
    const std::vector<Identified> theirs = identifiedAt(other.events_, entry.time);
    const std::vector<size_t> ownOrder = orderOf(own);
    std::vector<uint8_t> isCopy(theirs.size());
    size_t next = 0;
    for (const size_t index : orderOf(theirs)) {
      while (next < own.size() && own[ownOrder[next]].compare(theirs[index]) < 0) ++next;
      if (next == own.size()) break;
      if (own[ownOrder[next]].compare(theirs[index]) != 0) continue;
      isCopy[index] = 1;
      ++next;
    }
    for (size_t index = 0; index < theirs.size(); ++index) {
      if (isCopy[index] != 0) copies.push_back(theirs[index].event);
    }
  }
  return copies;
}

}  // namespace fosterflow
