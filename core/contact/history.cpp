#include "contact/history.h"

#include <utility>

#include "language/limits.h"
#include "values/canonical_json.h"

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

const Event* History::oldest() const {
  const Event* first = events_.front().event;
  if (events_.size() < 2 || events_[1].time != first->time) return first;
  std::string content = contentOf(first->name, first->properties);
  for (size_t index = 1; index < events_.size() && events_[index].time == first->time; ++index) {
    const Event* event = events_[index].event;
    std::string other = contentOf(event->name, event->properties);
    // Equal events differ in nothing but what they are known by; one order of them is as good as another.
    if (other < content || (other == content && interner_->text(event->messageId) <
                                                    interner_->text(first->messageId))) {
      first = event;
      content = std::move(other);
    }
  }
  return first;
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
  const Event* known = nullptr;
  if (messageId != kNoSymbol) {
    const uintptr_t* entry = byMessageId_.find(messageId);
    if (entry != nullptr) known = reinterpret_cast<const Event*>(*entry);
  }
  if (known != nullptr) {
    if (time > known->time) return;
    if (time == known->time &&
        contentOf(name, properties) >= contentOf(known->name, known->properties)) {
      return;
    }
    remove(known, listener);
  }
  auto event = std::make_unique<Event>();
  event->time = time;
  event->name = name;
  event->messageId = messageId;
  event->properties = std::move(properties);
  interner_->retain(name);
  interner_->retain(messageId);
  if (events_.size() >= kMaxEvents) {
    wasCut_ = true;
    remove(oldest(), listener);
  }
  insert(std::move(event), listener);
}

void History::insert(std::unique_ptr<Event> owned, HistoryListener* listener) {
  const Event* event = owned.release();
  events_.insert({event->time, event});
  if (event->messageId != kNoSymbol) byMessageId_.set(event->messageId, reinterpret_cast<uintptr_t>(event));
  if (listener != nullptr) listener->eventAdded(*event);
}

void History::remove(const Event* event, HistoryListener* listener) {
  size_t index = events_.countBefore(event->time);
  while (events_[index].event != event) ++index;
  events_.erase(index);
  byMessageId_.erase(event->messageId);
  if (listener != nullptr) listener->eventRemoved(*event);
  interner_->release(event->name);
  interner_->release(event->messageId);
  delete event;
}

void History::absorb(History& other) {
  for (const TimedEvent& entry : other.events_) {
    Event* event = const_cast<Event*>(entry.event);  // owned by `other`, which gives it up
    add(event->time, event->name, event->messageId, event->properties, nullptr);
    interner_->release(event->name);
    interner_->release(event->messageId);
    delete event;
  }
  other.events_.clear();
  other.byMessageId_.clear();
  wasCut_ = wasCut_ || other.wasCut_;
}

}  // namespace fosterflow
