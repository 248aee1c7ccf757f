#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "audience/audience_store.h"

namespace fosterflow {

/// What an attribute of each slot is, as codes of distinct values: the answer of Profile to the
/// path, for all contacts at once.
class AttributeColumn {
 public:
  AttributeColumn(const AudienceStore& store, Interner* interner, std::vector<Symbol> path);
  AttributeColumn(const AttributeColumn&) = delete;
  AttributeColumn& operator=(const AttributeColumn&) = delete;
  ~AttributeColumn();

  /// Takes in the slots that are new. O(new slots), and O(slots) when the first contact has a trait
  /// above or below the path.
  void extend();

  /// 0: missing.
  [[nodiscard]] uint32_t code(uint32_t slot) const { return codes_[slot]; }
  [[nodiscard]] const std::vector<uint32_t>& codes() const { return codes_; }
  /// What the codes are of. A code of it never changes.
  [[nodiscard]] const ValueDictionary* dictionary() const { return dictionary_; }
  [[nodiscard]] const ValueNode* value(uint32_t code) const { return dictionary_->value(code); }
  /// How many codes there may be, 0 included.
  [[nodiscard]] uint32_t codeCount() const { return dictionary_->size(); }

 private:
  struct Related {
    const std::vector<Symbol>* path;
    const WordTable* table;
  };
  [[nodiscard]] std::vector<Related> related() const;
  void fillAlone(const WordTable& table, uint32_t firstSlot);
  void fillRelated(const std::vector<Related>& tables, uint32_t firstSlot);

  const AudienceStore& store_;
  Interner* interner_;
  std::vector<Symbol> path_;
  size_t relatedCount_ = 0;
  const ValueDictionary* dictionary_;
  ValueDictionary own_;  // when the path has relatives
  std::vector<uint32_t> codes_;
};

}  // namespace fosterflow
