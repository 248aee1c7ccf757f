#pragma once

#include <string>
#include <vector>

#include "authoring/document.h"
#include "language/problem.h"

namespace fosterflow {

/// The values that stand for the arguments of a template, checked.
class ArgumentValues {
 public:
  /// `declared`: the template's list of arguments (authoring/scenarios/template_texts.h). `given`:
  /// an object of values; what it leaves out has its default. Everything wrong goes to `problems`,
  /// with the pointer inside `given` and a sentence that names the argument and its bounds.
  ArgumentValues(const Document& declared, const Document& given, std::vector<Problem>& problems);

  /// nullptr when there is no such argument.
  [[nodiscard]] const Document* find(std::string_view name) const { return values_.find(name); }

 private:
  Document values_ = Document::object();
};

/// Puts arguments and parts in their places.
Document filledIn(const Document& form, const ArgumentValues& arguments, const Document* parts);

}  // namespace fosterflow
