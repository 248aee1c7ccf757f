#pragma once

#include <cstdint>
#include <memory>

#include "bridge_status.h"
#include "time/zone.h"

namespace fosterflow {

/// An audience behind a flat interface of numbers and bytes. Input, output, status and instants are
/// as of `Bridge`. Calls about one segment name the set of it: 0 the one in force, 1 the draft that
/// `draft` made, 2 the metric of `metric`; and its index there.
class AudienceBridge {
 public:
  explicit AudienceBridge(ZoneSource* zones);
  ~AudienceBridge();

  uintptr_t reserveInput(uint32_t bytes);
  [[nodiscard]] uintptr_t responseAddress() const;
  [[nodiscard]] uint32_t responseLength() const;

  /// As of Bridge::define.
  BridgeStatus define(uint32_t segmentsLength, uint32_t parametersLength);
  /// The secret of the fingerprints of messageIds, in four random words. Of no effect once there is
  /// a message.
  void setHashKey(uint32_t first, uint32_t second, uint32_t third, uint32_t fourth);

  // Loading. Refused out of memory, a load takes nothing, and what there was before stays.

  BridgeStatus beginLoad();
  /// Input: whole NDJSON lines. Response: as of Bridge::apply, with line numbers that go on.
  BridgeStatus ingest(uint32_t length);
  /// Takes everything in. Out of memory the response is {"needed":bytes}.
  BridgeStatus commitLoad();
  BridgeStatus dropLoad();
  /// Takes messages in at once. Input and response as of Bridge::apply; `now` is the time of those
  /// without timestamp.
  BridgeStatus append(uint32_t length, double now);

  /// Makes a set of a definition that is being edited and those of the set in force that it needs.
  /// Input: its JSON. Response: {"problems":[…],"segment":index,"current":index or -1}: its place
  /// in that set, and that of the segment with its id in force.
  BridgeStatus draft(uint32_t length);
  /// Makes a set of a metric. Input: its JSON directly followed by a zone's name (none: UTC).
  /// Response: {"problems":[…]}.
  BridgeStatus metric(uint32_t metricLength, uint32_t zoneLength);

  /// Members of one segment; NaN for an unknown one.
  double count(int32_t set, int32_t segment, double at);
  /// Response: [N, …] by segment of the set in force.
  BridgeStatus counts(double at);
  /// Input: the id after which to begin (`hasAfter`). Response: [ids], at most `limit`.
  BridgeStatus members(int32_t set, int32_t segment, double at, uint32_t limit, int32_t hasAfter,
                       uint32_t afterLength);
  /// Of two segments in force. Response: {"first":N,"second":N,"both":N}.
  BridgeStatus overlap(int32_t first, int32_t second, double at);
  /// What would change if the draft were saved. Input as of `members`. Response:
  /// {"before":N,"after":N,"entering":{"count":N,"members":[ids]},"leaving":{…}}.
  BridgeStatus impact(double at, uint32_t limit, int32_t hasAfter, uint32_t afterLength);
  /// Of the metric. Response: {"contacts":N,"missing":N,"minimum":x,"maximum":x,"mean":x,
  /// "buckets":[{"from":x,"to":x,"count":N}]}; no minimum, maximum, mean and buckets without
  /// contacts. Input: `boundCount` doubles, the bounds of the buckets in ascending order; none:
  /// `bucketCount` buckets of one width.
  /// Only of the contacts in a segment, unless `withinSegment` is negative.
  BridgeStatus distribution(double at, uint32_t bucketCount, uint32_t boundCount, int32_t withinSet,
                            int32_t withinSegment);
  /// Of the metric; NaN when no contact has a value.
  double quantile(double q, double at, int32_t withinSet, int32_t withinSegment);

  // Files (core/audience/audience_file.h).

  /// Begins a file of all contacts; answers how many pieces it has, or -1 when there is no memory.
  /// The pieces are valid until `endSave` or any other change.
  int32_t beginSave();
  [[nodiscard]] uintptr_t pieceAddress(int32_t piece) const;
  [[nodiscard]] uint32_t pieceLength(int32_t piece) const;
  void endSave();
  /// Input: a file. Its contacts take the place of those that were there. Refused, the response is
  /// {"code":"…"}. The input buffer is given back.
  BridgeStatus open(uint32_t length);

  /// Forgets all contacts.
  BridgeStatus clear();
  /// Response: {"contacts":N,"events":N,"messages":N,"bytes":N,"lines":N,
  /// "clock":epoch ms or null}; "lines" and "clock", the largest timestamp accepted, are of the
  /// last load.
  BridgeStatus statistics();
  /// Forgets what was computed: for measuring.
  void forgetAnswers();
  /// How many distinct texts are alive: a leak counter for tests.
  [[nodiscard]] int32_t textCount() const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace fosterflow
