#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "authoring/catalogue.h"
#include "language/definition.h"
#include "values/interner.h"

namespace fosterflow {

/// Says the parts of a definition in words, with parameters as their values in force. Long texts
/// are cut and of long lists the first entries are named, so that a phrase is about as long as what
/// it says. A phrase is no sentence: it begins in lower case and has no full stop
/// (Catalogue::sentence).
class Phrases {
 public:
  /// `filters`: without them, phrases of events do not say which properties they must have.
  enum class Filters : uint8_t { kSaid, kLeftOut };

  Phrases(const Catalogue& catalogue, const Interner& interner, Filters filters = Filters::kSaid)
      : catalogue_(&catalogue), interner_(&interner), filters_(filters) {}

  [[nodiscard]] const Catalogue& catalogue() const { return *catalogue_; }

  /// A whole condition; groups inside are in parentheses.
  [[nodiscard]] std::string condition(const Condition& condition) const;
  /// The same for one whose conditions are listed below it: of a group only how it combines them.
  [[nodiscard]] std::string heading(const Condition& condition) const;

  /// `"Order Completed" (where total is at least 50)`
  [[nodiscard]] std::string selector(const EventSelector& selector) const;
  [[nodiscard]] std::string filter(const PropertyFilter& filter) const;
  /// Which events a metric measures: the selector, and the window if there is one.
  [[nodiscard]] std::string eventsOf(const Metric& metric) const;
  /// What is measured: `the sum of total over "Order Completed" in the last 30 days`.
  [[nodiscard]] std::string metric(const Metric& metric) const;
  /// `in the last 30 days`; "" for all time.
  [[nodiscard]] std::string window(const Window& window) const;
  /// `no "Order Completed" within 24 hours`
  [[nodiscard]] std::string step(const SequenceStep& step) const;
  [[nodiscard]] std::string expression(const Expression& expression) const;

  /// `<subject> is at least 5`
  [[nodiscard]] std::string comparison(const std::string& subject,
                                       const Comparison& comparison) const;
  [[nodiscard]] std::string duration(const Duration& duration) const;
  /// `the contact's address.city`
  [[nodiscard]] std::string attribute(const Path& path) const;
  /// nullptr and null: nothing.
  [[nodiscard]] std::string value(const ValueNode* value) const;
  [[nodiscard]] std::string number(double number) const;
  [[nodiscard]] std::string instant(Instant instant) const;
  /// A text in quotation marks.
  [[nodiscard]] std::string quoted(std::string_view text) const;
  /// The first entries of a list of `count`, the last of all after `last`: kLastOr or kLastAnd.
  [[nodiscard]] std::string list(const std::vector<std::string>& entries, size_t count,
                                 Text last) const;

 private:
  [[nodiscard]] std::string say(Text text, std::initializer_list<std::string_view> parts) const {
    return catalogue_->say(text, parts);
  }
  // All of them with the joint between. Halves are joined, so that many parts cost little.
  [[nodiscard]] std::string joined(const std::vector<std::string>& parts, Text joint, size_t from,
                                   size_t to) const;
  [[nodiscard]] std::string listOf(const ValueNode* list, Text last) const;
  [[nodiscard]] std::string date(const ValueNode* value) const;
  [[nodiscard]] std::string operand(const Operand& operand) const;
  [[nodiscard]] std::string range(const std::string& subject, const Comparison& comparison,
                                  Text pair, Text given) const;
  [[nodiscard]] std::string happened(const Condition& condition) const;
  [[nodiscard]] std::string sequence(const Condition& condition) const;
  [[nodiscard]] std::string group(const Condition& condition) const;
  [[nodiscard]] std::string calendar(const Window& window) const;
  [[nodiscard]] std::string range(const Window& window) const;
  [[nodiscard]] std::string path(const Path& path) const;

  // How many of which unit a duration is.
  struct Amount {
    Text unit;
    double count;
  };
  [[nodiscard]] static Amount amountOf(const Duration& duration);

  const Catalogue* catalogue_;
  const Interner* interner_;
  Filters filters_;
};

}  // namespace fosterflow
