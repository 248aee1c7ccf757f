#pragma once

#include <string_view>
#include <utility>

#include "values/interner.h"

namespace fosterflow {

/// A text of an Interner that lives as long as this does; "" when it holds none. It must go before
/// the interner does.
class HeldText {
 public:
  HeldText() = default;
  /// `symbol`: a live one, or kNoSymbol.
  HeldText(Interner* interner, Symbol symbol) : interner_(interner), symbol_(symbol) {
    interner->retain(symbol);
  }
  HeldText(const HeldText&) = delete;
  HeldText& operator=(const HeldText&) = delete;
  HeldText(HeldText&& other) noexcept
      : interner_(other.interner_), symbol_(std::exchange(other.symbol_, kNoSymbol)) {}
  HeldText& operator=(HeldText&& other) noexcept {
    std::swap(interner_, other.interner_);
    std::swap(symbol_, other.symbol_);
    return *this;
  }
  ~HeldText() {
    if (symbol_ != kNoSymbol) interner_->release(symbol_);
  }

  [[nodiscard]] std::string_view text() const {
    return symbol_ == kNoSymbol ? std::string_view() : interner_->text(symbol_);
  }

 private:
  Interner* interner_ = nullptr;
  Symbol symbol_ = kNoSymbol;
};

}  // namespace fosterflow
