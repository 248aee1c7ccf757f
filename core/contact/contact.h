#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "contact/delta.h"
#include "contact/evaluator.h"
#include "contact/history.h"
#include "contact/identity.h"
#include "contact/message.h"
#include "contact/profile.h"
#include "contact/timeline.h"

namespace fosterflow {

/// One contact: its data, its clock and its memberships. The clock moves forward only. Interner,
/// zones and plan outlive it.
class Contact {
 public:
  Contact(Interner* interner, ZoneRegistry* zones, Symbol id);
  Contact(const Contact&) = delete;
  Contact& operator=(const Contact&) = delete;

  /// Decides by this plan from now on. The first call only says by which; a later one appends what
  /// changes to `deltas`: `first` for segments that are new, `definition` for the others.
  /// `decidedAt` is the clock.
  void setPlan(std::shared_ptr<const Plan> plan, std::vector<Delta>& deltas);

  /// Moves the clock to `now` (never back), appending the changes on the way, each with its exact
  /// instant.
  void advanceTo(Instant now, std::vector<Delta>& deltas);

  /// Takes a checked message in at the clock and appends what it changes, ordered by segment id.
  /// `receivedAt` is the time of a message without timestamp. Refused only when the message is of
  /// another contact.
  Refusal apply(const Message& message, Instant receivedAt, std::vector<Delta>& deltas);

  /// Takes an alias in that joins this contact with `other`, which is empty of data afterwards.
  void applyAlias(const Message& message, Contact& other, std::vector<Delta>& deltas);

  /// Takes a message in without deciding anything: for contacts that are only asked at the end. Not
  /// to be mixed with the calls above.
  void load(const Message& message, Instant receivedAt);
  void loadAlias(const Message& message, Contact* other);
  /// Which segments hold at `now`, by segment; all false for a contact that does not exist.
  [[nodiscard]] std::vector<bool> membershipsAt(Instant now, const Plan& plan) const;

  /// Every change of the membership in a segment of `plan` from `from` to `to`, both included; see
  /// timelineOf. O(history × conditions of the plan) beside it.
  [[nodiscard]] std::optional<std::vector<MembershipChange>> timeline(const Plan& plan,
                                                                      uint32_t segment,
                                                                      Instant from,
                                                                      Instant to) const;

  /// True once a message was accepted.
  [[nodiscard]] bool exists() const { return exists_; }
  [[nodiscard]] bool has(uint32_t segment) const {
    return !since_.empty() && since_[segment] != kNever;
  }
  /// By segment: since when it is a member, kNever: it is not. Empty for a contact that does not
  /// exist.
  [[nodiscard]] const std::vector<Instant>& since() const { return since_; }
  [[nodiscard]] const std::shared_ptr<const Plan>& plan() const { return plan_; }
  [[nodiscard]] const Identity& identity() const { return identity_; }
  [[nodiscard]] Instant clock() const { return clock_; }
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] const Profile& profile() const { return profile_; }

  /// No membership changes before this instant if no message comes; cheap and safe to be early.
  [[nodiscard]] Instant nextWake() const { return evaluator_ ? evaluator_->nextWake() : kNever; }
  /// The exact first instant after the clock, up to 400 days ahead, at which a membership changes
  /// if no message comes.
  [[nodiscard]] std::optional<Instant> nextChangeAt();

 private:
  void write(const Message& message, Instant receivedAt, HistoryListener* listener);
  void start(Evaluator* before);
  void merge(const Message& message, Contact* other, std::vector<Delta>& deltas);
  void emit(Symbol contact, const std::shared_ptr<const Plan>& plan, uint32_t segment, bool entered,
            Instant at, Instant decidedAt, Cause cause, Symbol messageId,
            std::vector<Delta>& deltas);
  void emitChanges(const std::vector<uint32_t>& segments, Instant at, Instant decidedAt,
                   Cause cause, Symbol messageId, std::vector<Delta>& deltas);

  Interner* interner_;
  ZoneRegistry* zones_;
  Identity identity_;
  History history_;
  Profile profile_;
  bool exists_ = false;
  Instant clock_ = INT64_MIN;
  std::shared_ptr<const Plan> plan_;
  std::unique_ptr<Evaluator> evaluator_;  // once the contact exists and decides
  std::vector<Instant> since_;            // by segment
  bool isNextChangeKnown_ = false;
  Instant nextChange_ = kNever;
};

}  // namespace fosterflow
