#include "authoring/language.h"

namespace fosterflow {

const Language* findLanguage(std::string_view code) {
  const Catalogue* phrases = findCatalogue(code);
  for (const Language* language : {&english(), &german()}) {
    if (language->phrases == phrases) return language;
  }
  return nullptr;
}

}  // namespace fosterflow
