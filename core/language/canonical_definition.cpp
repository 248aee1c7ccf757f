#include "language/canonical_definition.h"

#include <string_view>
#include <vector>

#include "values/canonical_json.h"
#include "values/sha256.h"

namespace fosterflow {

namespace {

constexpr size_t kHashDigits = 16;

// Copies trees node by node, but for what does not count.
class Stripper {
 public:
  Stripper(const ParameterOverrides& overrides, Interner& interner)
      : overrides_(overrides), interner_(interner), tree_(&interner) {}

  ValueTree strip(const ValueNode& definition) {
    const size_t start = open(definition, kNoSymbol);
    for (const ValueNode& member : ValueChildren(&definition)) {
      const std::string_view key = interner_.text(member.key);
      if (key == "parameters") {
        copyParameters(member);
      } else if (key != "name" && key != "description") {
        copyMember(member);
      }
    }
    close(start);
    return std::move(tree_);
  }

 private:
  // Starts a copy of `node` with another key.
  size_t open(const ValueNode& node, Symbol key) {
    const size_t start = tree_.nodes().size();
    ValueNode copy = node;
    copy.key = key;
    interner_.retain(key);
    if (copy.type == ValueType::kText) {
      interner_.retain(copy.text);
    }
    tree_.nodes().push_back(copy);
    return start;
  }

  void close(size_t start) {
    tree_.nodes()[start].span = static_cast<uint32_t>(tree_.nodes().size() - start);
  }

  void copy(const ValueNode& node, Symbol key) {
    const size_t start = open(node, key);
    if (node.type < ValueType::kArray) {
      return;
    }
    for (const ValueNode& child : ValueChildren(&node)) {
      copyMember(child);
    }
    close(start);
  }

  void copyMember(const ValueNode& member) {
    if (interner_.text(member.key) != "meta") {
      copy(member, member.key);
    }
  }

  // The keys of `parameters` are names that the author chose: `meta` is one like any other.
  void copyParameters(const ValueNode& parameters) {
    const size_t start = open(parameters, parameters.key);
    for (const ValueNode& member : ValueChildren(&parameters)) {
      const ValueNode* override = overrides_.find(member.key);
      copy(override == nullptr ? member : *override, member.key);
    }
    close(start);
  }

  const ParameterOverrides& overrides_;
  Interner& interner_;
  ValueTree tree_;
};

}  // namespace

std::string canonicalDefinition(const ValueNode& definition, const ParameterOverrides& overrides,
                                Interner& interner) {
  const ValueTree stripped = Stripper(overrides, interner).strip(definition);
  std::string canonical;
  appendCanonicalJson(canonical, stripped.root(), interner);
  return canonical;
}

std::string definitionHash(const ValueNode& definition, const ParameterOverrides& overrides,
                           Interner& interner) {
  return sha256Hex(canonicalDefinition(definition, overrides, interner), kHashDigits);
}

}  // namespace fosterflow
