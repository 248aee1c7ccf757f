#include "contact/history.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

#include "language/limits.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

static_assert(sizeof(Event) % alignof(ValueNode) == 0);
static_assert(std::is_trivially_destructible_v<Event>);

}  // namespace

/// The event and its properties behind it, in one piece of memory: two allocations are dear, and
/// what is read together lies together. What the tree held is the event's.
const Event* History::create(const Event& like, ValueTree& properties) {
  const size_t count = properties.nodeCount();
  void* memory = ::operator new(sizeof(Event) + count * sizeof(ValueNode));
  auto* event = new (memory) Event(like);
  event->properties = {};
  if (count > 0) {
    auto* nodes = reinterpret_cast<ValueNode*>(event + 1);
    std::uninitialized_copy_n(properties.root(), count, nodes);
    event->properties = Event::Properties(nodes);
    properties.nodes().clear();
  }
  interner_->retain(event->name);
  interner_->retain(event->messageId);
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

void History::clear() {
  for (const TimedEvent& entry : events_) destroy(entry.event);
  events_ = {};
  byMessageId_.clear();
  completeAfter_ = kBeforeAll;
  steady_ = 0;
}

std::string History::contentOf(const Event& event) const {
  std::string content = "[";
  appendJsonText(content, interner_->text(event.name));
  content += ',';
  if (event.properties.root() == nullptr) {
    content += "{}";
  } else {
    appendCanonicalJson(content, event.properties.root(), *interner_);
  }
  content += ']';
  return content;
}

int History::compareContents(const Event& left, const Event& right) const {
  const ValueNode* leftRoot = left.properties.root();
  const ValueNode* rightRoot = right.properties.root();
  if (left.name == right.name) {
    // Mostly copies of one message, which need not be written out.
    if (leftRoot == rightRoot) return 0;
    if (leftRoot != nullptr && rightRoot != nullptr && leftRoot->span == rightRoot->span &&
        sameNodes(leftRoot, rightRoot, leftRoot->span)) {
      return 0;
    }
  }
  return contentOf(left).compare(contentOf(right));
}

int History::compare(const Event& left, const Event& right) const {
  if (left.time != right.time) return left.time < right.time ? -1 : 1;
  const int byContent = compareContents(left, right);
  if (byContent != 0) return byContent;
  if (left.messageId != right.messageId) {
    return interner_->text(left.messageId).compare(interner_->text(right.messageId));
  }
  return left.sender == right.sender
             ? 0
             : interner_->text(left.sender).compare(interner_->text(right.sender));
}

size_t History::placeOf(const Event& event) const {
  size_t end = events_.countUntil(event.time);
  if (end == 0 || events_[end - 1].time != event.time) return end;
  size_t start = events_.countBefore(event.time);
  while (start < end) {
    const size_t middle = start + (end - start) / 2;
    if (compare(event, *events_[middle].event) < 0) {
      end = middle;
    } else {
      start = middle + 1;
    }
  }
  return start;
}

void History::removeOldest(HistoryListener* listener) {
  completeAfter_ = std::max(completeAfter_, events_.front().time);
  removeAt(0, listener);
}

void History::add(Instant time, Symbol name, Symbol messageId, Symbol sender, ValueTree& properties,
                  HistoryListener* listener) {
  const Event event{time, name, messageId, messageId == kNoSymbol ? sender : kNoSymbol,
                    Event::Properties(properties.root())};
  if (events_.size() >= kMaxEvents && time <= events_.front().time) {
    const int order = compare(event, *events_.front().event);
    // Of the oldest itself this is one more copy, which drops nothing.
    if (order == 0 && messageId != kNoSymbol) return;
    if (order <= 0) {
      completeAfter_ = std::max(completeAfter_, time);
      return;
    }
  }
  if (!replaceKnown(event, listener)) return;
  if (events_.size() >= kMaxEvents) removeOldest(listener);
  take(create(event, properties), listener);
}

bool History::replaceKnown(const Event& event, HistoryListener* listener) {
  if (event.messageId == kNoSymbol) return true;
  const uintptr_t* entry = byMessageId_.find(event.messageId);
  if (entry == nullptr) return true;
  const auto* known = reinterpret_cast<const Event*>(*entry);
  if (compare(event, *known) >= 0) return false;
  size_t index = events_.countBefore(known->time);
  while (events_[index].event != known) ++index;
  removeAt(index, listener);
  return true;
}

void History::take(const Event* event, HistoryListener* listener) {
  const size_t place = placeOf(*event);
  events_.insertAt(place, {event->time, event});
  steady_ = std::min(steady_, place);
  if (event->messageId != kNoSymbol) {
    byMessageId_.set(event->messageId, reinterpret_cast<uintptr_t>(event));
  }
  if (listener != nullptr) listener->eventAdded(*event);
}

void History::removeAt(size_t index, HistoryListener* listener) {
  const Event* event = events_[index].event;
  events_.erase(index);
  steady_ = std::min(steady_, index);
  byMessageId_.erase(event->messageId);
  if (listener != nullptr) listener->eventRemoved(*event);
  destroy(event);
}

bool History::reduce(const KeptProperties& kept) {
  const auto isToReduce = [&kept](const TimedEvent& entry) {
    return kept.dropsAnyOf(entry.event->name, entry.event->properties.root());
  };
  if (std::none_of(events_.begin(), events_.end(), isToReduce)) return false;
  const TimeLine<TimedEvent> all = std::exchange(events_, {});
  byMessageId_.clear();
  steady_ = 0;
  for (const TimedEvent& entry : all) {
    ValueTree properties = ValueTree::copyOf(entry.event->properties.root(), interner_);
    kept.reduce(entry.event->name, properties);
    take(create(*entry.event, properties), nullptr);
    destroy(entry.event);
  }
  return true;
}

void History::absorb(History& other) {
  // Both lie in one order, so what is in both is found side by side; each one here stands for one
  // copy.
  std::vector<uint8_t> isCopy(other.events_.size());
  size_t own = 0;
  for (size_t index = 0; index < isCopy.size(); ++index) {
    int order = -1;
    while (own < events_.size() &&
           (order = compare(*events_[own].event, *other.events_[index].event)) < 0) {
      ++own;
    }
    if (own == events_.size()) break;
    if (order == 0) {
      isCopy[index] = 1;
      ++own;
    }
  }
  size_t index = 0;
  for (const TimedEvent& entry : other.events_) {
    if (isCopy[index++] == 0 && replaceKnown(*entry.event, nullptr)) {
      take(entry.event, nullptr);
    } else {
      destroy(entry.event);
    }
  }
  other.events_ = {};
  other.byMessageId_.clear();
  other.steady_ = 0;
  completeAfter_ = std::max(completeAfter_, other.completeAfter_);
  while (events_.size() > kMaxEvents) removeOldest(nullptr);
}

}  // namespace fosterflow
