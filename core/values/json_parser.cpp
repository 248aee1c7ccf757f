#include "values/json_parser.h"

#include <simdjson.h>

#include <memory>
#include <new>

#include "values/json_tokens.h"

namespace fosterflow {

namespace {

thread_local JsonTokens latest;

static_assert(kJsonTokensPadding <= simdjson::SIMDJSON_PADDING);

/// What an on-demand parser asks of its processor. Whole documents in a tape (simdjson's DOM) and
/// streams of documents are not offered.
class TokenParser final : public simdjson::internal::dom_parser_implementation {
 public:
  simdjson::error_code stage1(const uint8_t* text, size_t length,
                              simdjson::stage1_mode mode) noexcept override {
    if (mode != simdjson::stage1_mode::regular) return simdjson::UNSUPPORTED_ARCHITECTURE;
    const JsonTokens tokens = latest = findJsonTokens(text, length, structural_indexes.get());
    // Readers may look beyond the last token: there the text ends.
    uint32_t* end = structural_indexes.get() + tokens.count;
    end[0] = static_cast<uint32_t>(length);
    end[1] = static_cast<uint32_t>(length);
    end[2] = 0;
    n_structural_indexes = tokens.count;
    next_structural_index = 0;
    if (tokens.count == 0) return simdjson::EMPTY;
    if (tokens.hasOpenText) return simdjson::UNCLOSED_STRING;
    if (tokens.hasControlCharacter) return simdjson::UNESCAPED_CHARS;
    const bool isUtf8 =
        tokens.isAscii || simdjson::validate_utf8(reinterpret_cast<const char*>(text), length);
    return isUtf8 ? simdjson::SUCCESS : simdjson::UTF8_ERROR;
  }

  uint8_t* parse_string(const uint8_t* from, uint8_t* to,
                        bool allowReplacement) const noexcept override {
    return portable_.parse_string(from, to, allowReplacement);
  }

  uint8_t* parse_wobbly_string(const uint8_t* from, uint8_t* to) const noexcept override {
    return portable_.parse_wobbly_string(from, to);
  }

  simdjson::error_code set_capacity(size_t capacity) noexcept override {
    _capacity = 0;
    if (capacity > simdjson::SIMDJSON_MAXSIZE_BYTES) return simdjson::CAPACITY;
    constexpr size_t kBeyondTheLast = 3;
    structural_indexes.reset(new (std::nothrow) uint32_t[capacity + kBeyondTheLast]);
    if (structural_indexes == nullptr) return simdjson::MEMALLOC;
    _capacity = capacity;
    return simdjson::SUCCESS;
  }

  simdjson::error_code set_max_depth(size_t depth) noexcept override {
    _max_depth = depth;
    return simdjson::SUCCESS;
  }

  simdjson::error_code parse(const uint8_t*, size_t, simdjson::dom::document&) noexcept override {
    return simdjson::UNSUPPORTED_ARCHITECTURE;
  }
  simdjson::error_code stage2(simdjson::dom::document&) noexcept override {
    return simdjson::UNSUPPORTED_ARCHITECTURE;
  }
  simdjson::error_code stage2_next(simdjson::dom::document&) noexcept override {
    return simdjson::UNSUPPORTED_ARCHITECTURE;
  }

 private:
  simdjson::fallback::dom_parser_implementation portable_;
};

class TokenParsers final : public simdjson::implementation {
 public:
  explicit TokenParsers(const simdjson::implementation* portable)
      : implementation("tokens", "Tokens by 128-bit vectors", 0), portable_(portable) {}

  simdjson::error_code create_dom_parser_implementation(
      size_t capacity, size_t depth,
      std::unique_ptr<simdjson::internal::dom_parser_implementation>& parser)
      const noexcept override {
    parser.reset(new (std::nothrow) TokenParser);
    if (parser == nullptr) return simdjson::MEMALLOC;
    const simdjson::error_code error = parser->set_capacity(capacity);
    return error != simdjson::SUCCESS ? error : parser->set_max_depth(depth);
  }

  simdjson::error_code minify(const uint8_t* from, size_t length, uint8_t* to,
                              size_t& written) const noexcept override {
    return portable_->minify(from, length, to, written);
  }

  bool validate_utf8(const char* text, size_t length) const noexcept override {
    return portable_->validate_utf8(text, length);
  }

 private:
  const simdjson::implementation* portable_;
};

}  // namespace

const JsonTokens& latestJsonTokens() { return latest; }

void installJsonParser() {
  static const TokenParsers kParsers(simdjson::get_active_implementation());
  simdjson::get_active_implementation() = &kParsers;
}

}  // namespace fosterflow
