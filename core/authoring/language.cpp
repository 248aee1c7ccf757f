#include "authoring/language.h"

namespace fosterflow {

const Language* findLanguage(std::string_view code) {
  for (const Language* language : {&english(), &german()}) {
    if (language->code == code) return language;
  }
  return nullptr;
}

}  // namespace fosterflow
