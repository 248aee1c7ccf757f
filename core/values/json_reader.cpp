#include "values/json_reader.h"

#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "values/json_parser.h"
#include "values/number_reader.h"

namespace fosterflow {
namespace {

namespace ondemand = simdjson::ondemand;

static_assert(JsonReader::kPadding >= simdjson::SIMDJSON_PADDING);

/// What simdjson sizes its tables for; a limit beyond it is cut to it.
constexpr uint32_t kMaxDepth = 1000;
constexpr size_t kInitialCapacity = 1024;
constexpr std::string_view kSpaces = " \t\r\n";

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

/// True when the characters between two quotes of the text that is read stand for themselves.
/// simdjson has checked the others.
bool isPlain(std::string_view escaped) {
  return !latestJsonTokens().hasEscape || escaped.find('\\') == std::string_view::npos;
}

bool readKey(ondemand::field& field, std::string_view& key) {
  key = field.escaped_key();
  return isPlain(key) || field.unescaped_key(true).get(key) == simdjson::SUCCESS;
}

/// `token`: what simdjson has of the value, and the spaces behind it.
bool readText(ondemand::value& value, std::string_view token, std::string_view& text) {
  const size_t end = token.rfind('"');
  if (end == 0 || end == std::string_view::npos) return false;
  text = token.substr(1, end - 1);
  if (!isPlain(text)) return value.get_string(true).get(text) == simdjson::SUCCESS;
  ondemand::raw_json_string passed;
  return value.get_raw_json_string().get(passed) == simdjson::SUCCESS;
}

/// Anything but an array or object. Other values than texts stay unread; their array or object
/// passes over them.
JsonError readScalar(ondemand::value& value, std::string_view token, JsonScalar& scalar) {
  const auto readWord = [&](std::string_view word, ValueType type) {
    scalar.type = type;
    const bool isWord = token.substr(0, token.find_last_not_of(kSpaces) + 1) == word;
    return isWord ? JsonError::kNone : JsonError::kSyntax;
  };
  switch (token.front()) {
    case '"':
      scalar.type = ValueType::kText;
      return readText(value, token, scalar.text) ? JsonError::kNone : JsonError::kSyntax;
    case 't':
      return readWord("true", ValueType::kTrue);
    case 'f':
      return readWord("false", ValueType::kFalse);
    case 'n':
      return readWord("null", ValueType::kNull);
    default:
      scalar.type = ValueType::kNumber;
      // Not simdjson's own reading of numbers, which brings a table of 10 kB.
      switch (readJsonNumber(token, scalar.number)) {
        case NumberError::kNone:
          return JsonError::kNone;
        case NumberError::kOutOfRange:
          return JsonError::kNumberOutOfRange;
        default:
          return JsonError::kSyntax;
      }
  }
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
  Implementation() { installJsonParser(); }

  ondemand::parser parser;
  PaddedBuffer copy;
  PaddedBuffer wrapped;
  std::vector<uint32_t> memberSlots;
  std::vector<ValueTree*> filledTrees;
  const char* textEnd = nullptr;  // of the text that is read

  JsonError open(std::string_view text, ondemand::document& document, ondemand::value& root);
  JsonError readAll(std::string_view text, uint32_t maxDepth, ValueTree* out, JsonMemberSink* sink);
  std::string_view tokenOf(ondemand::value& value) const;
  JsonError readMember(ondemand::value& value, std::string_view key, uint32_t depthLeft,
                       JsonMemberSink& sink);
  JsonError readValue(ondemand::value& value, uint32_t depthLeft, Symbol key, ValueTree* out);
  JsonError readElements(ondemand::value& value, uint32_t depthLeft, size_t limit, ValueTree* out);
  JsonError readObject(ondemand::value& value, uint32_t depthLeft, Symbol key, ValueTree* out,
                       JsonMemberSink* sink);
  void dropDuplicates(ValueTree& tree, size_t object, size_t memberCount);
};

/// The parser makes room for the longest text so far.
JsonError JsonReader::Implementation::open(std::string_view text, ondemand::document& document,
                                           ondemand::value& root) {
  textEnd = text.data() + text.size();
  auto error = parser.iterate(text.data(), text.size(), text.size() + kPadding).get(document);
  if (error == simdjson::SUCCESS) error = document.get_value().get(root);
  return errorOf(error);
}

/// What simdjson has of a value, and the spaces behind it; not empty. Behind a text that was cut
/// off simdjson counts from its end back to its start: there the token is the end of a text.
std::string_view JsonReader::Implementation::tokenOf(ondemand::value& value) const {
  const std::string_view token = value.raw_json_token();
  if (token.data() >= textEnd) return {"", 1};
  return token.substr(0, static_cast<size_t>(textEnd - token.data()));
}

/// Reads a text that holds one value: into `out`, but an object into the sink's trees if there is a
/// sink.
JsonError JsonReader::Implementation::readAll(std::string_view text, uint32_t maxDepth,
                                              ValueTree* out, JsonMemberSink* sink) {
  filledTrees.clear();
  const size_t start = text.find_first_not_of(kSpaces);
  if (start == std::string_view::npos) return JsonError::kEmpty;
  maxDepth = std::min(maxDepth, kMaxDepth);
  // A scalar is read as the only element of an array, so that one set of rules serves them all:
  // simdjson's own lone scalars know a limit of digits.
  const bool isScalar = text[start] != '{' && text[start] != '[';
  if (isScalar) {
    char* array = wrapped.reserve(text.size() + 2);
    array[0] = '[';
    std::memcpy(array + 1, text.data(), text.size());
    array[text.size() + 1] = ']';
    text = {array, text.size() + 2};
  }
  ondemand::document document;
  ondemand::value root;
  JsonError error = open(text, document, root);
  if (error != JsonError::kNone) return error;
  error = isScalar          ? readElements(root, 0, 1, out)
          : sink != nullptr ? readObject(root, maxDepth, kNoSymbol, nullptr, sink)
                            : readValue(root, maxDepth, kNoSymbol, out);
  return error == JsonError::kNone && !document.at_end() ? JsonError::kSyntax : error;
}

JsonError JsonReader::Implementation::readMember(ondemand::value& value, std::string_view key,
                                                 uint32_t depthLeft, JsonMemberSink& sink) {
  JsonScalar* scalar = sink.scalarFor(key);
  if (scalar != nullptr) {
    const std::string_view token = tokenOf(value);
    if (token.front() != '{' && token.front() != '[') return readScalar(value, token, *scalar);
    scalar->type = token.front() == '{' ? ValueType::kObject : ValueType::kArray;
    return readValue(value, depthLeft, kNoSymbol, nullptr);
  }
  ValueTree* tree = sink.treeFor(key);
  if (tree != nullptr) {
    tree->clear();
    filledTrees.push_back(tree);
  }
  return readValue(value, depthLeft, kNoSymbol, tree);
}

/// Checks the value and, when there is an `out`, appends it there with `key`, whose reference is
/// handed over.
JsonError JsonReader::Implementation::readValue(ondemand::value& value, uint32_t depthLeft,
                                                Symbol key, ValueTree* out) {
  const std::string_view token = tokenOf(value);
  if (token.front() == '{') return readObject(value, depthLeft, key, out, nullptr);
  if (token.front() == '[') {
    const size_t start = openContainer(ValueType::kArray, key, out);
    if (depthLeft == 0) return JsonError::kTooDeep;
    const JsonError error = readElements(value, depthLeft - 1, SIZE_MAX, out);
    if (error == JsonError::kNone) closeContainer(start, out);
    return error;
  }
  JsonScalar scalar;
  const JsonError error = readScalar(value, token, scalar);
  if (out == nullptr) return error;
  ValueNode node;
  node.key = key;
  // Also after an error: the tree then owns the key, and gives it back when it is cleared.
  if (error == JsonError::kNone) {
    node.type = scalar.type;
    if (scalar.type == ValueType::kText) {
      node.text = out->interner()->intern(scalar.text);
    } else {
      node.number = scalar.number;
    }
  }
  out->nodes().push_back(node);
  return error;
}

/// The elements of an array, of which there may be `limit`.
JsonError JsonReader::Implementation::readElements(ondemand::value& value, uint32_t depthLeft,
                                                   size_t limit, ValueTree* out) {
  ondemand::array array;
  if (value.get_array().get(array) != simdjson::SUCCESS) return JsonError::kSyntax;
  for (auto element : array) {
    if (limit-- == 0 || element.error() != simdjson::SUCCESS) return JsonError::kSyntax;
    ondemand::value&& child = std::move(element).value_unsafe();  // in place: copies cost
    const JsonError error = readValue(child, depthLeft, kNoSymbol, out);
    if (error != JsonError::kNone) return error;
  }
  return JsonError::kNone;
}

/// Hands the members to the sink, if there is one, else appends the object to `out`, if there is
/// one.
JsonError JsonReader::Implementation::readObject(ondemand::value& value, uint32_t depthLeft,
                                                 Symbol key, ValueTree* out, JsonMemberSink* sink) {
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
    const JsonError error = sink != nullptr ? readMember(field.value(), name, depthLeft - 1, *sink)
                                            : readValue(field.value(), depthLeft - 1, symbol, out);
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
  const JsonError error = implementation_->readAll(text, maxDepth, &out, nullptr);
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
  const size_t start = paddedText.find_first_not_of(kSpaces);
  isObject = start != std::string_view::npos && paddedText[start] == '{';
  const JsonError error =
      implementation_->readAll(paddedText, maxDepth, nullptr, isObject ? &sink : nullptr);
  if (error != JsonError::kNone) {
    for (ValueTree* tree : implementation_->filledTrees) tree->clear();
  }
  return explain(error, paddedText);
}

}  // namespace fosterflow
