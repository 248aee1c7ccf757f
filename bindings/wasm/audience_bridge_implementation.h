#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audience/audience.h"
#include "audience/audience_file.h"
#include "audience_bridge.h"
#include "contact/message.h"
#include "input_buffer.h"
#include "language/definition_set.h"
#include "memory_reserve.h"
#include "plan/plan.h"

namespace fosterflow {

/// What the audience's bridge knows between calls.
struct AudienceBridge::Implementation {
  explicit Implementation(ZoneSource* source);

  /// nullptr: there is no such segment.
  [[nodiscard]] const std::shared_ptr<const Plan>* planOf(int32_t set, int32_t segment) const;
  /// Messages that came count from here on.
  void settle();
  /// Whether there is memory for the bitmaps and columns of an answer.
  bool canAnswer(const Plan& plan);
  Bitmap membersOf(const std::shared_ptr<const Plan>& plan, int32_t segment, Instant at);
  /// Whether values of a segment's contacts alone, or with a negative one of all, can be told.
  bool canAnswerWithin(int32_t set, int32_t segment);
  /// Those contacts; nullopt: all.
  std::optional<Bitmap> within(int32_t set, int32_t segment, Instant at);
  void appendIds(const Bitmap& members, uint32_t limit, const std::string_view* after);
  /// Checks and plans; appends `"problems":[…]` to the response. nullptr: refused.
  std::shared_ptr<const Plan> planFor(std::string_view json, std::string_view parameters,
                                      std::string_view strippedPath, DefinitionSet& set);
  /// The definitions of the set in force that `tree` names, and those that they name.
  void addNeeded(const ValueNode& tree, const std::string& except, std::vector<uint8_t>& isNeeded);
  void addUsed(uint32_t segment, std::vector<uint8_t>& isNeeded);

  MemoryReserve reserve;
  Interner interner;
  ZoneRegistry zones;
  JsonReader json;
  MessageReader messages;
  std::unique_ptr<Audience> audience;
  std::shared_ptr<const Plan> plan;
  std::vector<std::string> definitions;  // by segment of the plan, as JSON
  std::string parameters;
  std::shared_ptr<const Plan> draft;
  int32_t draftSegment = -1;
  int32_t currentSegment = -1;
  std::shared_ptr<const Plan> metric;
  AudienceFile file;  // while it is saved
  bool isLoading = false;
  uint64_t nextLine = 1;
  InputBuffer input;
  std::string response;
};

}  // namespace fosterflow
