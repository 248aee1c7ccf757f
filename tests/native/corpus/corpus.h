#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "time/table_zones.h"
#include "time/zone.h"
#include "values/interner.h"
#include "values/json_reader.h"
#include "values/value.h"

namespace fosterflow {

struct CorpusCase {
  std::string file;
  std::string name;
  const ValueNode* node = nullptr;
};

/// What Google Test says of a case.
inline void PrintTo(const CorpusCase& one, std::ostream* out) {
  *out << one.file << ": " << one.name;
}

/// tests/corpus, read once; its README describes the format.
class Corpus final : public ZoneSource {
 public:
  static Corpus& shared();

  [[nodiscard]] const std::vector<CorpusCase>& cases() const { return cases_; }

  /// A value of the corpus' own interner, so that it compares with what the corpus says.
  ValueTree read(std::string_view json);

  /// The member of an object; nullptr when there is none, or no object.
  [[nodiscard]] const ValueNode* member(const ValueNode* object, std::string_view key) const;
  [[nodiscard]] std::string text(const ValueNode* value) const;
  /// The name of a member.
  [[nodiscard]] std::string keyOf(const ValueNode& member) const {
    return std::string(interner_.text(member.key));
  }
  /// As JSON; nullptr is null.
  [[nodiscard]] std::string canonical(const ValueNode* value) const;
  /// The bytes that a text, parts of one, or a JSON value stand for.
  [[nodiscard]] std::string bytesOf(const ValueNode& written) const;
  /// Epoch milliseconds or ISO 8601; NaN when absent or null.
  [[nodiscard]] double instantOf(const ValueNode* written) const;

  bool knows(const std::string& name) override { return zones_.knows(name); }
  ZoneStretch stretchAt(const std::string& name, Instant instant) override {
    return zones_.stretchAt(name, instant);
  }

 private:
  Corpus();
  void readFile(const std::string& name);
  void readZones(const ValueNode* tables);

  Interner interner_;
  JsonReader reader_;
  std::vector<ValueTree> files_;
  TableZones zones_;
  std::vector<CorpusCase> cases_;
};

}  // namespace fosterflow
