#include "corpus/corpus.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "time/iso_date.h"
#include "values/canonical_json.h"

namespace fosterflow {

namespace {

constexpr std::string_view kZones = "zones.json";

std::string contentOf(const std::string& name) {
  const std::ifstream file(std::string(SEGMENTS_CORPUS_DIRECTORY) + "/" + name);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

std::vector<std::string> fileNames() {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(SEGMENTS_CORPUS_DIRECTORY, error)) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

void appendNumbered(std::string& out, std::string_view text, int64_t number) {
  constexpr std::string_view kMark = "{{n}}";
  while (true) {
    const size_t mark = text.find(kMark);
    out += text.substr(0, mark);
    if (mark == std::string_view::npos) return;
    out += std::to_string(number);
    text.remove_prefix(mark + kMark.size());
  }
}

int digitOf(char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; }

}  // namespace

Corpus& Corpus::shared() {
  static Corpus corpus;
  return corpus;
}

Corpus::Corpus() {
  for (const std::string& name : fileNames()) readFile(name);
}

void Corpus::readFile(const std::string& name) {
  ValueTree tree = read(contentOf(name));
  if (name == kZones) {
    readZones(member(tree.root(), "zones"));
    return;
  }
  const ValueNode* list = member(tree.root(), "cases");
  if (list == nullptr) {
    ADD_FAILURE() << name << " has no cases";
    return;
  }
  for (const ValueNode& node : ValueChildren(list)) {
    cases_.push_back({name.substr(0, name.rfind('.')), text(member(&node, "name")), &node});
  }
  files_.push_back(std::move(tree));
}

ValueTree Corpus::read(std::string_view json) {
  constexpr uint32_t kDepth = 1'024;
  ValueTree tree(&interner_);
  EXPECT_EQ(reader_.read(json, kDepth, tree), JsonError::kNone) << json.substr(0, 200);
  return tree;
}

const ValueNode* Corpus::member(const ValueNode* object, std::string_view key) const {
  if (object == nullptr || object->type != ValueType::kObject) return nullptr;
  for (const ValueNode& child : ValueChildren(object)) {
    if (interner_.text(child.key) == key) return &child;
  }
  return nullptr;
}

std::string Corpus::text(const ValueNode* value) const {
  if (value == nullptr || value->type != ValueType::kText) return "";
  return std::string(interner_.text(value->text));
}

std::string Corpus::canonical(const ValueNode* value) const {
  std::string out;
  appendCanonicalJson(out, value, interner_);
  return out;
}

std::string Corpus::bytesOf(const ValueNode& written) const {
  if (written.type == ValueType::kText) return text(&written);
  const ValueNode* parts = member(&written, "parts");
  if (parts == nullptr) return canonical(&written);
  std::string out;
  for (const ValueNode& part : ValueChildren(parts)) {
    if (part.type == ValueType::kText) {
      out += interner_.text(part.text);
    } else if (const ValueNode* repeat = member(&part, "repeat")) {
      const std::string piece = text(member(&part, "text"));
      for (int64_t number = 0; number < static_cast<int64_t>(repeat->number); ++number) {
        appendNumbered(out, piece, number);
      }
    } else {
      const std::string digits = text(member(&part, "hex"));
      for (size_t index = 0; index + 1 < digits.size(); index += 2) {
        out += static_cast<char>(digitOf(digits[index]) * 16 + digitOf(digits[index + 1]));
      }
    }
  }
  return out;
}

double Corpus::instantOf(const ValueNode* written) const {
  if (!isSet(written)) return std::nan("");
  if (written->type == ValueType::kNumber) return written->number;
  IsoDate date;
  EXPECT_TRUE(parseIsoDate(text(written), date)) << text(written);
  return static_cast<double>(fosterflow::instantOf(date, Zone()));
}

void Corpus::readZones(const ValueNode* tables) {
  std::map<std::string, ZoneTable> zones;
  for (const ValueNode& table : ValueChildren(tables)) {
    // The offset before the first instant; then each instant with the offset from it on.
    std::vector<int64_t> numbers;
    for (const ValueNode& number : ValueChildren(&table)) {
      numbers.push_back(static_cast<int64_t>(number.number));
    }
    ZoneTable& zone = zones[keyOf(table)];
    zone.firstOffset = numbers[0];
    for (size_t index = 1; index + 1 < numbers.size(); index += 2) {
      zone.transitions.push_back({numbers[index], numbers[index + 1]});
    }
  }
  zones_ = TableZones(std::move(zones));
}

}  // namespace fosterflow
