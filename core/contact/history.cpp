#include "contact/history.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "language/limits.h"
#include "values/canonical_json.h"
#include "values/sorted_order.h"

namespace fosterflow {

History::~History() {
  for (const TimedEvent& entry : events_) {
    interner_->release(entry.event->name);
    interner_->release(entry.event->messageId);
    delete entry.event;
  }
}

std::string History::contentOf(Symbol name, const ValueTree& properties) const {
  std::string content = "[";
  appendJsonText(content, interner_->text(name));
  content += ',';
  if (properties.empty()) {
    content += "{}";
  } else {
    appendCanonicalJson(content, properties.root(), *interner_);
  }
  content += ']';
  return content;
}

bool History::isBefore(const Event* left, const Event* right) const {
  const int order =
      contentOf(left->name, left->properties).compare(contentOf(right->name, right->properties));
  if (order != 0) return order < 0;
  // Equal events differ in nothing but what they are known by; one order of them is as good as
  // another.
  return interner_->text(left->messageId) < interner_->text(right->messageId);
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
  wasCut_ = true;
  remove(oldest(), listener);
}

void History::add(Instant time, Symbol name, Symbol messageId, ValueTree& properties,
                  HistoryListener* listener) {
  if (events_.size() >= kMaxEvents && time <= events_.front().time) {
    const Event* first = oldest();
    if (time < first->time ||
        contentOf(name, properties) <= contentOf(first->name, first->properties)) {
      wasCut_ = true;
      return;
    }
  }
  if (!replaceKnown(time, name, messageId, properties, listener)) return;
  if (events_.size() >= kMaxEvents) removeOldest(listener);
  take(time, name, messageId, properties, listener);
}

bool History::replaceKnown(Instant time, Symbol name, Symbol messageId, const ValueTree& properties,
                           HistoryListener* listener) {
  if (messageId == kNoSymbol) return true;
  const uintptr_t* entry = byMessageId_.find(messageId);
  if (entry == nullptr) return true;
  const auto* known = reinterpret_cast<const Event*>(*entry);
  if (time > known->time) return false;
  if (time == known->time &&
      contentOf(name, properties) >= contentOf(known->name, known->properties)) {
    return false;
  }
  remove(known, listener);
  return true;
}

void History::take(Instant time, Symbol name, Symbol messageId, ValueTree& properties,
                   HistoryListener* listener) {
  auto* event = new Event();
  event->time = time;
  event->name = name;
  event->messageId = messageId;
  event->properties = ValueTree::takenFrom(properties);
  interner_->retain(name);
  interner_->retain(messageId);
  if (!oldest_.empty() && time <= oldest_.back()->time) {
    if (time < oldest_.back()->time) {
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
  if (messageId != kNoSymbol) byMessageId_.set(messageId, reinterpret_cast<uintptr_t>(event));
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
  interner_->release(event->name);
  interner_->release(event->messageId);
  delete event;
}

void History::absorb(History& other) {
  for (const TimedEvent& entry : other.events_) {
    Event* event = const_cast<Event*>(entry.event);  // owned by `other`, which gives it up
    if (replaceKnown(event->time, event->name, event->messageId, event->properties, nullptr)) {
      take(event->time, event->name, event->messageId, event->properties, nullptr);
    }
    interner_->release(event->name);
    interner_->release(event->messageId);
    delete event;
  }
  other.events_.clear();
  other.byMessageId_.clear();
  other.oldest_.clear();
  wasCut_ = wasCut_ || other.wasCut_;
  while (events_.size() > kMaxEvents) removeOldest(nullptr);
}

}  // namespace fosterflow
