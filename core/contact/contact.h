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

/// The data of a contact in a smaller form than the live one. The contact knows of it only that it
/// can be had again.
class PackedData {
 public:
  virtual ~PackedData() = default;
  /// Adds all of it to an empty history and profile.
  virtual void unpack(History& history, Profile& profile) const = 0;
  /// How many bytes the data take packed.
  [[nodiscard]] virtual size_t bytes() const = 0;
  /// About how many bytes the data take unpacked.
  [[nodiscard]] virtual size_t liveBytes() const = 0;
};

/// One contact: its data, its clock and its memberships. The clock moves forward only. Interner,
/// zones and plan outlive it.
///
/// It is awake, with its data and the state of the graph, or asleep, with the data packed and only
/// what was decided. Every call that needs more than that wakes it.
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

  /// Takes in what a copy of this contact knows, which is empty of data afterwards. The copy has
  /// decided nothing; it brings data only, neither clock nor sequence numbers. At least one id is
  /// of both. Cause `merge`.
  void absorb(Contact& copy, std::vector<Delta>& deltas);

  /// What a stored contact knows of itself, beside its data.
  struct Stored {
    bool exists = false;
    Instant clock = kBeforeAll;
    std::shared_ptr<const Plan> plan;  ///< that decided
    std::vector<Instant> since;        ///< by segment of it
    bool isNextChangeKnown = false;
    Instant nextChange = kNever;
    bool isReduced = false;  ///< the data are no more than `plan` keeps
    /// The deltas go on where the stored contact's ended; else a new sequence begins, which says
    /// the full membership first.
    bool goesOn = false;
  };
  /// Begins as a stored contact, asleep; only of a new contact, before `setPlan`.
  void restore(std::unique_ptr<const PackedData> data, Stored stored);
  /// Adds an id; only of a new contact.
  void restoreId(Symbol id, bool isPrevious, uint64_t sequence) {
    identity_.restore(id, isPrevious, sequence);
  }

  /// Whether this plan needs the data of a contact that is asleep.
  [[nodiscard]] bool mustWakeFor(const std::shared_ptr<const Plan>& plan) const {
    return packed_ != nullptr && (plan != plan_ || (plan->keptProperties && !isReduced_));
  }

  /// Lets the live form of the data go, which somebody has written down; `sleep` must follow.
  void dropLiveData();
  /// Has its data in this form from now on.
  void sleep(std::unique_ptr<const PackedData> data);
  [[nodiscard]] bool isAsleep() const { return packed_ != nullptr; }
  /// Has the live form again. Memberships that were stored and do not follow from the data and the
  /// plan, as after another zone table, are put right and told with cause `definition`.
  void wake(std::vector<Delta>& deltas);
  /// The packed data; nullptr when awake.
  [[nodiscard]] const PackedData* packed() const { return packed_.get(); }

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

  /// The live data; empty when asleep.
  [[nodiscard]] const History& history() const { return history_; }
  [[nodiscard]] History& history() { return history_; }
  [[nodiscard]] const Profile& profile() const { return profile_; }
  [[nodiscard]] Profile& profile() { return profile_; }

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

  /// No membership changes before this instant if no message comes; cheap and safe to be early.
  [[nodiscard]] Instant nextWake() const { return evaluator_ ? evaluator_->nextWake() : kNever; }
  /// Whether nextChangeAt has its answer at hand, so that it may be asked asleep.
  [[nodiscard]] bool isNextChangeKnown() const { return isNextChangeKnown_; }
  /// The exact first instant after the clock, up to 400 days ahead, at which a membership changes
  /// if no message comes. Only awake, or when it is known.
  [[nodiscard]] std::optional<Instant> nextChangeAt();

 private:
  void write(const Message& message, Instant receivedAt, HistoryListener* listener);
  void start(Evaluator* before);
  // Who was in what before two contacts became one; `since` is empty for one that was in nothing.
  struct Before {
    Symbol id = kNoSymbol;
    std::vector<Instant> since;
  };
  void setQuietTime();
  bool unpack();
  void unite(Contact& other);
  void mergeAlias(const Message& message, Contact* other, std::vector<Delta>& deltas);
  void tellMerge(const Before& own, const Before& other, Symbol messageId,
                 std::vector<Delta>& deltas);
  void compareWith(const std::shared_ptr<const Plan>& oldPlan, const std::vector<Instant>& oldSince,
                   bool wasTold, std::vector<Delta>& deltas);
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
  std::unique_ptr<const PackedData> packed_;  // asleep
  Instant quietUntil_ = kBeforeAll;  // asleep: no membership changes before if no message comes
  bool isReduced_ = true;            // asleep: the plan keeps all of the packed data
  bool wasTold_ = true;  // false: the memberships were restored, and this sequence does not know
};

}  // namespace fosterflow
