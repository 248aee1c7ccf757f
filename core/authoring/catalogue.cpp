#include "authoring/catalogue.h"

namespace fosterflow {

std::string filled(std::string_view form, double number,
                   std::initializer_list<std::string_view> parts) {
  std::string out;
  bool isWanted = true;  // false in the alternative that is not taken
  for (size_t position = 0; position < form.size(); ++position) {
    const char letter = form[position];
    if (letter == '{') {
      isWanted = number == 1;
      continue;
    }
    if (letter == '|') {
      isWanted = number != 1;
      continue;
    }
    if (letter == '}') {
      isWanted = true;
      continue;
    }
    if (!isWanted) continue;
    const char digit = position + 1 < form.size() ? form[position + 1] : '\0';
    const auto place = static_cast<size_t>(digit - '1');
    if (letter == '%' && digit >= '1' && digit <= '9' && place < parts.size()) {
      out += parts.begin()[place];
      ++position;
    } else {
      out += letter;
    }
  }
  return out;
}

std::string sentence(std::string phrase) {
  if (!phrase.empty() && phrase.front() >= 'a' && phrase.front() <= 'z') {
    phrase.front() = static_cast<char>(phrase.front() - 'a' + 'A');
  }
  phrase += '.';
  return phrase;
}

}  // namespace fosterflow
