#include "values/json_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "values/number_reader.h"

namespace fosterflow {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(JsonReader::kPadding >= simdjson::SIMDJSON_PADDING);

/// What simdjson sizes its tables for; a limit beyond it is cut to it.
constexpr uint32_t kMaxDepth = 1000;
constexpr size_t kInitialCapacity = 1024;

JsonError errorOf(simdjson::error_code error) {
  switch (error) {
    case simdjson::MEMALLOC:
    case simdjson::CAPACITY:
      return JsonError::kOutOfMemory;
    case simdjson::DEPTH_ERROR:
      return JsonError::kTooDeep;
    case simdjson::SUCCESS:
      return JsonError::kNone;
    default:
      return JsonError::kSyntax;
  }
}

size_t skipSpace(std::string_view text) {
  const size_t index = text.find_first_not_of(" \t\r\n");
  return index == std::string_view::npos ? text.size() : index;
}

/// Not simdjson's own reading of numbers, which brings a table of 10 kB.
JsonError readNumber(ondemand::value& value, double& number) {
  // The value stays unread; its array or object passes over it.
  switch (readJsonNumber(value.raw_json_token(), number)) {
    case NumberError::kNone:
      return JsonError::kNone;
    case NumberError::kOutOfRange:
      return JsonError::kNumberOutOfRange;
    default:
      return JsonError::kSyntax;
  }
}

/// True when the characters between two quotes stand for themselves. simdjson has checked the
/// others.
bool isPlain(std::string_view escaped) {
  return escaped.empty() || std::memchr(escaped.data(), '\\', escaped.size()) == nullptr;
}

bool readKey(ondemand::field& field, std::string_view& key) {
  key = field.escaped_key();
  return isPlain(key) || field.unescaped_key(true).get(key) == simdjson::SUCCESS;
}

bool readText(ondemand::value& value, std::string_view& text) {
  // The token reaches to the next one: a string and the spaces behind it.
  const std::string_view token = value.raw_json_token();
  const size_t end = token.rfind('"');
  if (end == 0 || end == std::string_view::npos) return false;
  text = token.substr(1, end - 1);
  if (!isPlain(text)) return value.get_string(true).get(text) == simdjson::SUCCESS;
  ondemand::raw_json_string passed;
  return value.get_raw_json_string().get(passed) == simdjson::SUCCESS;
}

class PaddedBuffer {
 public:
  /// Room for `size` characters, with blanks behind them. What was there is lost.
  char* reserve(size_t size) {
    if (size > capacity_) {
      capacity_ = std::bit_ceil(size);
      bytes_.reset(new char[capacity_ + JsonReader::kPadding]);
    }
    std::memset(bytes_.get() + size, ' ', JsonReader::kPadding);
    return bytes_.get();
  }

 private:
  size_t capacity_ = kInitialCapacity;
  std::unique_ptr<char[]> bytes_{new char[kInitialCapacity + JsonReader::kPadding]};
};

uint32_t hashOf(Symbol symbol) { return symbol * 0x9E3779B1U; }

/// Appends the node of an array or object that begins; its index, for closeContainer.
size_t openContainer(ValueType type, Symbol key, ValueTree* out) {
  if (out == nullptr) return 0;
  ValueNode node;
  node.type = type;
  node.key = key;
  node.span = 1;
  out->nodes().push_back(node);
  return out->nodes().size() - 1;
}

void closeContainer(size_t start, ValueTree* out) {
  if (out == nullptr) return;
  out->nodes()[start].span = static_cast<uint32_t>(out->nodes().size() - start);
}

/// Bytes that are not UTF-8 are reported as such wherever they stand.
JsonError explain(JsonError error, std::string_view text) {
  if (error != JsonError::kSyntax || simdjson::validate_utf8(text)) return error;
  return JsonError::kInvalidUtf8;
}

}  // namespace

struct JsonReader::Implementation {
  ondemand::parser parser;
  PaddedBuffer copy;
  PaddedBuffer wrapped;
  std::vector<uint32_t> memberSlots;
  std::vector<ValueTree*> filledTrees;

  JsonError open(std::string_view text, ondemand::document& document, ondemand::value& root);
  JsonError readLoneScalar(std::string_view text, ValueTree* out);
  JsonError readDocument(std::string_view text, uint32_t maxDepth, ValueTree* out);
  JsonError readMembers(std::string_view text, uint32_t maxDepth, JsonMemberSink& sink);
  JsonError readValue(ondemand::value& value, uint32_t depthLeft, Symbol key, ValueTree* out);
  JsonError readArray(ondemand::value& value, uint32_t depthLeft, Symbol key, ValueTree* out);
  JsonError readObject(ondemand::value& value, uint32_t depthLeft, Symbol key, ValueTree* out);
  void dropDuplicates(ValueTree& tree, size_t object, size_t memberCount);
};

JsonError JsonReader::Implementation::open(std::string_view text, ondemand::document& document,
                                           ondemand::value& root) {
  if (text.size() > parser.capacity()) {
    if (text.size() > parser.max_capacity()) return JsonError::kOutOfMemory;
    // In powers of two, so that ever longer texts do not allocate each time.
    const size_t capacity = std::max(kInitialCapacity, std::bit_ceil(text.size()));
    const auto error = parser.allocate(std::min(capacity, parser.max_capacity()));
    if (error != simdjson::SUCCESS) return errorOf(error);
  }
  auto error = parser.iterate(text.data(), text.size(), text.size() + kPadding).get(document);
  if (error == simdjson::SUCCESS) error = document.get_value().get(root);
  return errorOf(error);
}

/// Reads a scalar as the only element of an array, so that one set of rules serves them all:
/// simdjson's own lone scalars know a limit of digits.
JsonError JsonReader::Implementation::readLoneScalar(std::string_view text, ValueTree* out) {
  char* array = wrapped.reserve(text.size() + 2);
  array[0] = '[';
  std::memcpy(array + 1, text.data(), text.size());
  array[text.size() + 1] = ']';
  ondemand::document document;
  ondemand::value root;
  const JsonError error = open({array, text.size() + 2}, document, root);
  if (error != JsonError::kNone) return error;
  ondemand::array elements;
  if (root.get_array().get(elements) != simdjson::SUCCESS) return JsonError::kSyntax;
  size_t count = 0;
  for (auto element : elements) {
    if (++count > 1 || element.error() != simdjson::SUCCESS) return JsonError::kSyntax;
    ondemand::value&& value = std::move(element).value_unsafe();
    const JsonError valueError = readValue(value, 0, kNoSymbol, out);
    if (valueError != JsonError::kNone) return valueError;
  }
  return count == 1 && document.at_end() ? JsonError::kNone : JsonError::kSyntax;
}

JsonError JsonReader::Implementation::readDocument(std::string_view text, uint32_t maxDepth,
                                                   ValueTree* out) {
  ondemand::document document;
  ondemand::value root;
  JsonError error = open(text, document, root);
  if (error == JsonError::kNone) error = readValue(root, maxDepth, kNoSymbol, out);
  if (error == JsonError::kNone && !document.at_end()) error = JsonError::kSyntax;
  return error;
}

JsonError JsonReader::Implementation::readMembers(std::string_view text, uint32_t maxDepth,
                                                  JsonMemberSink& sink) {
  filledTrees.clear();
  ondemand::document document;
  ondemand::value root;
  JsonError error = open(text, document, root);
  if (error != JsonError::kNone) return error;
  if (maxDepth == 0) return JsonError::kTooDeep;
  ondemand::object object;
  if (root.get_object().get(object) != simdjson::SUCCESS) return JsonError::kSyntax;
  for (auto member : object) {
    if (member.error() != simdjson::SUCCESS) return JsonError::kSyntax;
    ondemand::field&& field = std::move(member).value_unsafe();  // in place: copies cost
    std::string_view key;
    if (!readKey(field, key)) return JsonError::kSyntax;
    ondemand::json_type type{};
    if (field.value().type().get(type) != simdjson::SUCCESS) return JsonError::kSyntax;
    std::string* kept = type == ondemand::json_type::string ? sink.textFor(key) : nullptr;
    if (kept != nullptr) {
      std::string_view value;
      if (!readText(field.value(), value)) return JsonError::kSyntax;
      kept->assign(value);
      continue;
    }
    ValueTree* tree = sink.treeFor(key);
    if (tree != nullptr) {
      tree->clear();
      filledTrees.push_back(tree);
    }
    error = readValue(field.value(), maxDepth - 1, kNoSymbol, tree);
    if (error != JsonError::kNone) return error;
  }
  return document.at_end() ? JsonError::kNone : JsonError::kSyntax;
}

/// Checks the value and, when there is an `out`, appends it there with `key`, whose reference is
/// handed over.
JsonError JsonReader::Implementation::readValue(ondemand::value& value, uint32_t depthLeft,
                                                Symbol key, ValueTree* out) {
  ValueNode node;
  node.key = key;
  JsonError error = JsonError::kSyntax;
  ondemand::json_type type;
  if (value.type().get(type) == simdjson::SUCCESS) {
    switch (type) {
      case ondemand::json_type::object:
        return readObject(value, depthLeft, key, out);
      case ondemand::json_type::array:
        return readArray(value, depthLeft, key, out);
      case ondemand::json_type::string: {
        std::string_view text;
        if (!readText(value, text)) break;
        error = JsonError::kNone;
        if (out == nullptr) break;
        node.type = ValueType::kText;
        node.text = out->interner()->intern(text);
        break;
      }
      case ondemand::json_type::number:
        error = readNumber(value, node.number);
        node.type = ValueType::kNumber;
        break;
      case ondemand::json_type::boolean: {
        bool isTrue = false;
        if (value.get_bool().get(isTrue) == simdjson::SUCCESS) error = JsonError::kNone;
        node.type = isTrue ? ValueType::kTrue : ValueType::kFalse;
        break;
      }
      case ondemand::json_type::null: {
        bool isNull = false;
        if (value.is_null().get(isNull) == simdjson::SUCCESS && isNull) error = JsonError::kNone;
        break;
      }
    }
  }
  // Also after an error: the tree then owns the key, and gives it back when it is cleared.
  if (out != nullptr) out->nodes().push_back(node);
  return error;
}

JsonError JsonReader::Implementation::readArray(ondemand::value& value, uint32_t depthLeft,
                                                Symbol key, ValueTree* out) {
  const size_t start = openContainer(ValueType::kArray, key, out);
  if (depthLeft == 0) return JsonError::kTooDeep;
  ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return JsonError::kSyntax;
  for (auto element : array) {
    if (element.error() != simdjson::SUCCESS) return JsonError::kSyntax;
    ondemand::value&& child = std::move(element).value_unsafe();
    const JsonError error = readValue(child, depthLeft - 1, kNoSymbol, out);
    if (error != JsonError::kNone) return error;
  }
  closeContainer(start, out);
  return JsonError::kNone;
}

JsonError JsonReader::Implementation::readObject(ondemand::value& value, uint32_t depthLeft,
                                                 Symbol key, ValueTree* out) {
  const size_t start = openContainer(ValueType::kObject, key, out);
  if (depthLeft == 0) return JsonError::kTooDeep;
  ondemand::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return JsonError::kSyntax;
  size_t memberCount = 0;
  uint64_t seenKeys = 0;  // one bit for each key: a cheap sieve for duplicates
  bool mayRepeat = false;
  for (auto member : object) {
    if (member.error() != simdjson::SUCCESS) return JsonError::kSyntax;
    ondemand::field&& field = std::move(member).value_unsafe();  // in place: copies cost
    std::string_view name;
    if (!readKey(field, name)) return JsonError::kSyntax;
    Symbol symbol = kNoSymbol;
    if (out != nullptr) {
      symbol = out->interner()->intern(name);
      const uint64_t bit = uint64_t{1} << (hashOf(symbol) >> 26);
      mayRepeat = mayRepeat || (seenKeys & bit) != 0;
      seenKeys |= bit;
      ++memberCount;
    }
    const JsonError error = readValue(field.value(), depthLeft - 1, symbol, out);
    if (error != JsonError::kNone) return error;
  }
  if (mayRepeat) dropDuplicates(*out, start, memberCount);
  closeContainer(start, out);
  return JsonError::kNone;
}

/// Removes the members of the object at node `object`, the last of the tree, whose key comes again
/// later.
void JsonReader::Implementation::dropDuplicates(ValueTree& tree, size_t object,
                                                size_t memberCount) {
  std::vector<ValueNode>& nodes = tree.nodes();
  // Open addressing: the latest member of each key, as an offset from the object's node.
  memberSlots.assign(std::bit_ceil(2 * memberCount), 0);
  const size_t mask = memberSlots.size() - 1;
  bool hasDuplicates = false;
  for (size_t member = object + 1; member < nodes.size(); member += spanOf(nodes[member])) {
    size_t slot = hashOf(nodes[member].key) & mask;
    while (memberSlots[slot] != 0 && nodes[object + memberSlots[slot]].key != nodes[member].key) {
      slot = (slot + 1) & mask;
    }
    if (memberSlots[slot] != 0) {
      ValueNode& superseded = nodes[object + memberSlots[slot]];
      releaseNodes(&superseded, spanOf(superseded), *tree.interner());
      superseded.key = kNoSymbol;
      hasDuplicates = true;
    }
    memberSlots[slot] = static_cast<uint32_t>(member - object);
  }
  if (!hasDuplicates) return;
  auto kept = nodes.begin() + static_cast<ptrdiff_t>(object) + 1;
  for (auto member = kept; member != nodes.end();) {
    const auto next = member + spanOf(*member);
    if (member->key != kNoSymbol) kept = std::copy(member, next, kept);
    member = next;
  }
  nodes.erase(kept, nodes.end());
}

JsonReader::JsonReader() : implementation_(new Implementation) {}

JsonReader::~JsonReader() = default;

JsonError JsonReader::readPadded(std::string_view text, uint32_t maxDepth, ValueTree& out) {
  out.clear();
  const size_t start = skipSpace(text);
  if (start == text.size()) return JsonError::kEmpty;
  JsonError error = text[start] == '{' || text[start] == '['
                        ? implementation_->readDocument(text, std::min(maxDepth, kMaxDepth), &out)
                        : implementation_->readLoneScalar(text, &out);
  if (error != JsonError::kNone) out.clear();
  return explain(error, text);
}

JsonError JsonReader::read(std::string_view text, uint32_t maxDepth, ValueTree& out) {
  char* copy = implementation_->copy.reserve(text.size());
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  return readPadded({copy, text.size()}, maxDepth, out);
}

JsonError JsonReader::readObject(std::string_view paddedText, uint32_t maxDepth,
                                 JsonMemberSink& sink, bool& isObject) {
  isObject = false;
  const size_t start = skipSpace(paddedText);
  if (start == paddedText.size()) return JsonError::kEmpty;
  maxDepth = std::min(maxDepth, kMaxDepth);
  JsonError error = JsonError::kNone;
  if (paddedText[start] == '{') {
    isObject = true;
    error = implementation_->readMembers(paddedText, maxDepth, sink);
    if (error != JsonError::kNone) {
      for (ValueTree* tree : implementation_->filledTrees) tree->clear();
    }
  } else if (paddedText[start] == '[') {
    error = implementation_->readDocument(paddedText, maxDepth, nullptr);
  } else {
    error = implementation_->readLoneScalar(paddedText, nullptr);
  }
  return explain(error, paddedText);
}

}  // namespace fosterflow
