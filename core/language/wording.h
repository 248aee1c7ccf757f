#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "values/value.h"

namespace fosterflow {

/// What is put into a sentence: a text or a number.
class SentencePart {
 public:
  SentencePart(std::string_view text) : data_(text.data()), size_(text.size()) {}
  SentencePart(const std::string& text) : data_(text.data()), size_(text.size()) {}
  SentencePart(const char* text) : SentencePart(std::string_view(text)) {}
  SentencePart(size_t number) : size_(number), isNumber_(true) {}

  void appendTo(std::string& out, bool isQuoted) const;

 private:
  const char* data_ = nullptr;
  size_t size_;  // or the number
  bool isNumber_ = false;
};

/// `form` with each `%` replaced by the next part. A part that follows a quotation mark is what a
/// user wrote: it is shortened when it is long.
std::string sentence(std::string_view form, std::initializer_list<SentencePart> parts);

/// What a value is, in plain words: "a number".
std::string_view typeInWords(ValueType type);

/// Names that are separated by spaces, with commas between; of many, the first.
std::string listed(std::string_view names);

/// `There is no <what> "given" here; did you mean …` with the nearest of `names` (separated by
/// spaces), or else the first of them.
std::string unknownNameSentence(std::string_view what, std::string_view given,
                                std::string_view names);

}  // namespace fosterflow
