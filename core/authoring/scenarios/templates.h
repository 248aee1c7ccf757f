#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "authoring/document.h"
#include "authoring/language.h"
#include "authoring/rules.h"
#include "language/problem.h"

namespace fosterflow {

/// Appends the templates, as [{"id","name","description","arguments":[argument,…]}]; an argument is
/// as of authoring/scenarios/template_texts.h. Here and below names, descriptions and units are in
/// `language`; what is refused is told in English.
void appendTemplates(std::string& out, const Language& language, const ReadingTools& tools);

/// Appends the definition that the template `id` gives with these arguments. `options` may have
/// "arguments" (an object of values; what it leaves out has its default), and "id", "name",
/// "description" of the definition. False, with the problems and nothing appended, when there is no
/// such template or an argument does not suit.
bool appendInstance(std::string& out, std::string_view id, const Document& options,
                    const Language& language, const ReadingTools& tools,
                    std::vector<Problem>& problems);

/// Appends {"arguments":[argument,…]} of the personas.
void appendPersonaArguments(std::string& out, const Language& language, const ReadingTools& tools);

/// Appends the array of the personas' definitions, in the order in which they win. `options` may
/// have "arguments", as above, and "exclusive": true, with which every contact is in exactly one,
/// whatever the values of the parameters are. False as above.
bool appendPersonas(std::string& out, const Document& options, const Language& language,
                    const ReadingTools& tools, std::vector<Problem>& problems);

}  // namespace fosterflow
