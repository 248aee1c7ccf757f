#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "bridge_status.h"
#include "time/zone.h"

namespace fosterflow {

/// What `author` can be asked for; the values are those of authoring_core.ts.
enum class AuthoringTask : int32_t {
  kDescribe = 0,          ///< definitions; "language", "parameters"
  kTemplates = 1,         ///< nothing
  kInstantiate = 2,       ///< a template's id; "arguments", "id", "name", "description"
  kPersonaArguments = 3,  ///< nothing
  kPersonas = 4,          ///< nothing; "arguments", "exclusive"
  kNormalForm = 5,        ///< one definition
  kLint = 6,              ///< definitions; "seen", "retentionDays", "parameters", "language"
  kDiff = 7,              ///< the definition before; "with": the one after, "language"
  kFromQuery = 8,         ///< a query of react-querybuilder
  kToQuery = 9,           ///< one definition
};

/// The engine behind a flat interface of numbers and bytes, the same natively and in WebAssembly.
///
/// Input: `reserveInput(n)` gives an address to which the host writes up to n bytes; the next call
/// says how many of them it means. Output: after a call the response's bytes are at
/// `responseAddress()`, `responseLength()` long, UTF-8 JSON; an empty response means "nothing to
/// tell". Changes of membership are rows of numbers instead (delta_row.h), `deltaCount()` of them
/// at `deltaAddress()`. All of it, and the texts that rows point to, is valid until the next call.
/// Instants are epoch milliseconds as doubles; NaN is "none". One bridge per WebAssembly instance;
/// not thread safe.
class Bridge {
 public:
  explicit Bridge(ZoneSource* zones);
  ~Bridge();

  /// An address for `bytes` bytes, or 0 when there is no memory. The buffer is reused and may move.
  uintptr_t reserveInput(uint32_t bytes);
  [[nodiscard]] uintptr_t responseAddress() const;
  [[nodiscard]] uint32_t responseLength() const;
  [[nodiscard]] uintptr_t deltaAddress() const;
  [[nodiscard]] uint32_t deltaCount() const;

  /// Input: the segments' JSON (one definition or an array), directly followed by the JSON object
  /// of parameter overrides (0 bytes: none). Response, also when refused:
  /// {"problems":[{path,code,severity,message}],
  /// "changed":{"added":[ids],"updated":[ids],"removed":[ids]},
  /// "segments":[{id,name,description,definition,dependsOn:{events,attributes,channels,lists,segments},usedBy:[ids]}]}
  /// ("changed" and "segments" only when accepted; segments ascend by id, and their place is the
  /// index of `has`).
  BridgeStatus define(uint32_t segmentsLength, uint32_t parametersLength);

  /// Input: the contact's id. Returns its handle (≥ 0), or -1 when there is no memory or the id is
  /// empty.
  int32_t openContact(uint32_t idLength);
  BridgeStatus closeContact(int32_t contact);

  /// What contacts keep of their events: 0 all, 1 only properties that the segments read. From the
  /// next `define` on.
  BridgeStatus setRetention(int32_t retention);
  /// Input: the source directly followed by the epoch: who decides, as snapshots say.
  BridgeStatus setOrigin(uint32_t sourceLength, uint32_t epochLength);
  /// Input: the contact's id directly followed by a snapshot. Returns the contact's handle; -1 when
  /// there is no memory or the id is empty; -2 when the snapshot is refused. Response then:
  /// {"code":"…","reason":"…","place":byte}. What the snapshot's definitions or origin make the
  /// contact tell, it tells with the next `apply` or `advanceTo`.
  int32_t openSnapshot(uint32_t idLength, uint32_t snapshotLength);
  /// Response: the bytes of the contact's snapshot.
  BridgeStatus snapshot(int32_t contact);
  /// Input: a snapshot, whose data the contact takes in, after its clock was moved to `now`. Tells
  /// deltas. Response, when refused, as of openSnapshot.
  BridgeStatus merge(int32_t contact, uint32_t snapshotLength, double now);

  /// Input: NDJSON, one message a line. `now` moves the contact's clock first (never back).
  /// Tells deltas. Response, when there is a notice:
  /// {"refused":[{"line":1,"code":"…","message":"…"}],"warnings":[{line,code,message}]}.
  BridgeStatus apply(int32_t contact, uint32_t length, double now);
  /// Input: an alias of an id of one of these contacts to an id of the other, which joins them
  /// after the clocks of both were moved to `now`. Tells deltas, of both. `other` is empty
  /// afterwards and may only be closed. Response as of `apply`; a refused message changes nothing.
  BridgeStatus join(int32_t contact, int32_t other, uint32_t length, double now);
  /// Tells the deltas of time alone.
  BridgeStatus advanceTo(int32_t contact, double now);
  double nextChangeAt(int32_t contact);
  /// 1 or 0; -1 for an unknown handle or index.
  int32_t has(int32_t contact, int32_t segmentIndex);
  /// Response: [{"segment":id,"since":epoch ms}], by segment id.
  BridgeStatus memberships(int32_t contact);
  /// Response: [{"change":"entered"|"exited","at":epoch ms}], oldest first, of the instants from
  /// `from` to `to`. Refused, with no response, when there are more than kMaxTimelineChanges, or
  /// when an instant is NaN.
  BridgeStatus timeline(int32_t contact, int32_t segmentIndex, double from, double to);
  [[nodiscard]] int32_t openContactCount() const;
  /// Why a contact is in a segment or is not, at `at` (NaN: at its clock, or at `now` when it has
  /// none yet). `segmentIndex`: as of `has`. Input: the code of a language (nothing: English).
  /// Response: the explanation (core/authoring/explanation.h), or {"message":"…"} when there is no
  /// such language. Not part of the module that has no explanations.
  BridgeStatus explain(int32_t contact, int32_t segmentIndex, double at, double now,
                       uint32_t languageLength);
  /// Helps to write rules (AuthoringTask). Input: what the task is about, directly followed by a
  /// JSON object of what it is to take into account (0 bytes: nothing). Response: the task's
  /// answer; when refused {"problems":[{path,code,severity,message}]}, or {"optionProblems":[…]} of
  /// the second text. The definitions in force play no part. Not part of the modules that only
  /// decide.
  BridgeStatus author(AuthoringTask task, uint32_t subjectLength, uint32_t optionsLength);
  /// How many distinct texts are alive: a leak counter for tests.
  [[nodiscard]] int32_t textCount() const;

  // Many contacts at once: what a message file holds, with aliases between them.

  /// Opens the directory (emptying it); `live`: deltas are wanted, so every message moves the clock
  /// (replay).
  BridgeStatus openDirectory(int32_t live);
  BridgeStatus closeDirectory();
  /// Input: whole NDJSON lines (the last may lack its newline). Line numbers go on from the call
  /// before. Deltas and response as of `apply`. Live directories keep the deltas of the newest
  /// instant back until the clock moves on.
  BridgeStatus ingest(uint32_t length);
  /// Live: messages with a timestamp after `until` are left out from now on (spec: replay --until).
  /// NaN: none are.
  BridgeStatus limitUntil(double until);
  /// Live: moves the clock to `until` (NaN: leaves it at the last message) and gives out what is
  /// left.
  BridgeStatus finish();
  /// Not live: who is in what at `at`. Response: {"<segment id>":{"count":N,"members":[ids]}}, ids
  /// by code point.
  BridgeStatus evaluate(double at, int32_t withMembers);
  /// Not live: the same as `explain`, in English, of the contact that has an id. Input: that id.
  /// Response: as of `explain`, or empty when no contact has it.
  BridgeStatus explainInDirectory(uint32_t idLength, int32_t segmentIndex, double at);
  /// The queries of the segments in force (core/authoring/sql/sql_query.h), or of the one at an
  /// index (-1: all). `dialect`: a SqlDialectName; `at` NaN: the database's clock. Response:
  /// {"<segment id>":{"sql":"…" or null,"refusals":[{path,what,message}]}}. Only in the studio
  /// module.
  BridgeStatus sql(int32_t dialect, double at, int32_t segmentIndex);
  /// Not live: the rows of the tables that queries read, of contacts from the one at `first` on,
  /// until the response has more than a megabyte. Response: {"next":place or
  /// null,"contacts":[{"id":"…","attributes":"<JSON>","channels":[["name",reachable]],
  /// "lists":["name"],"events":[["messageId" or null,"name",epoch ms,"<JSON>"]]}]}. Only in the
  /// studio module.
  BridgeStatus tableRows(int32_t first);
  /// {"contacts":N,"messages":N,"lines":N,"clock":epoch ms or null}; "clock" is the largest
  /// timestamp accepted, also of messages that `limitUntil` left out
  BridgeStatus directoryStatistics();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace fosterflow
