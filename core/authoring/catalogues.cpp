#include "authoring/catalogue.h"

namespace fosterflow {

const Catalogue* findCatalogue(std::string_view code) {
  if (code == "en") return &englishCatalogue();
  if (code == "de") return &germanCatalogue();
  return nullptr;
}

}  // namespace fosterflow
