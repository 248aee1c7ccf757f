#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bridge.h"
#include "contact/contact.h"
#include "contact/directory.h"
#include "contact/message.h"
#include "delta_row.h"
#include "input_buffer.h"
#include "input_instant.h"
#include "memory_reserve.h"
#include "plan/plan.h"
#include "response_writer.h"
#include "snapshot/snapshot_writer.h"

namespace fosterflow {

/// A contact that the host holds a handle of.
struct OpenContact {
  std::unique_ptr<Contact> contact;
  std::vector<Delta> waiting;  ///< made without a call that tells deltas; told with the next
  std::unique_ptr<SnapshotWriter> writer;  ///< once a snapshot was taken
  // Its place among those that are awake, by handles; of no meaning when it weighs nothing.
  int32_t newer = -1;
  int32_t older = -1;
  size_t weight = 0;
  size_t packedBytes = 0;  ///< when it is asleep
};

/// The set of segments in force as it was given: an explanation is of the rule as written.
struct GivenDefinitions {
  std::string json;
  std::string parameters;
  std::vector<size_t> places;  ///< by segment of the plan: its place in the list
};

struct ExplanationCache;
struct ExplainedSegment;

/// What the bridge knows between calls.
struct Bridge::Implementation {
  explicit Implementation(ZoneSource* source) : zones(source), messages(&interner) {}

  /// A contact that decides by the plan in force; what a new one changes waits. nullptr: `missing`
  /// says why.
  OpenContact* find(int32_t handle);
  /// Its handle.
  int32_t add(OpenContact open);

  /// Whether there is memory to wake a contact that is asleep.
  bool couldWake(const OpenContact& open);
  /// Wakes it; false when there is no memory for that. What waking changes waits.
  bool wake(OpenContact& open);
  /// To be called after a contact may have woken or grown. Of the contacts that are awake, those
  /// that were not used for long go to sleep when all together are large.
  void used(OpenContact& open);
  /// Keeps count of what those that are asleep take.
  void countPacked(OpenContact& open);
  /// Takes it from those that are awake.
  void forget(OpenContact& open);

  /// Forgets what the call before had to tell.
  void begin() {
    response.clear();
    deltas.clear();
    rows.clear();
  }

  void respond(const std::vector<LineNotice>& notices) {
    if (!deltas.empty()) writeRows(rows, deltas, *plan);
    if (!notices.empty()) appendNotices(response, notices);
  }

  // Explanations (bridge_explain.cpp), which a module can be built without.

  /// Finds the segment with its own plan, when there is memory to evaluate it of this contact.
  BridgeStatus findExplained(const Contact& contact, int32_t segment,
                             const ExplainedSegment*& explained);
  /// Responds with the explanation.
  BridgeStatus explain(const Contact& contact, int32_t segment, Instant at,
                       std::string_view language);

  Refusal readMessage(std::string_view line, Message& message) {
    return reserve.isWhole() ? messages.read(line, message) : Refusal::kOutOfMemory;
  }

  MemoryReserve reserve;
  Interner interner;
  ZoneRegistry zones;
  JsonReader json;
  MessageReader messages;
  std::shared_ptr<const Plan> plan = std::make_shared<Plan>(&interner);
  SetName set{*plan};
  Origin origin;
  Retention retention = Retention::kAll;
  std::vector<OpenContact> contacts;
  std::vector<int32_t> freeHandles;
  int32_t openCount = 0;
  int32_t newest = -1;  // of those that are awake, the one used last
  int32_t oldest = -1;
  size_t weight = 0;                 // of all that are awake
  size_t packedBytes = 0;            // of all that are asleep
  SnapshotWriter packer{&interner};  // keeps its memory from one contact to the next
  BridgeStatus missing = BridgeStatus::kUnknownHandle;
  std::optional<Directory> directory;
  uint64_t nextLine = 1;
  GivenDefinitions given;
  std::shared_ptr<ExplanationCache> explained;  // empty until something is explained
  InputBuffer input;
  std::string response;
  std::vector<Delta> deltas;  // of the last call
  std::vector<DeltaRow> rows;
};

}  // namespace fosterflow
