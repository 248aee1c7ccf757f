#include "language/operand_reader.h"

#include "language/constant_reader.h"
#include "language/date_reader.h"
#include "language/object_reader.h"

namespace fosterflow {

namespace {

constexpr std::string_view kParameterKey = "parameter";
constexpr std::string_view kAttributeKey = "attribute";

// Checks a literal, or what a parameter declares, against what an operator takes.
class OperandCheck {
 public:
  OperandCheck(const Reading& reading, const Place& place, const OperatorTraits& traits)
      : reading_(reading), place_(place), traits_(traits) {}

  void check(const ValueNode& value) const {
    if (!isRange() && traits_.operand != OperandType::kScalarList) {
      checkOne(place_, value);
    } else if (value.type == ValueType::kArray) {
      checkList(value);
    } else {
      refuse(place_, ProblemCode::kInvalidValue, isRange() ? "a list of two" : "a list");
    }
  }

 private:
  [[nodiscard]] bool isRange() const {
    return traits_.operand == OperandType::kNumberRange ||
           traits_.operand == OperandType::kDateRange;
  }

  [[nodiscard]] bool isForDates() const {
    return traits_.operand == OperandType::kDate || traits_.operand == OperandType::kDateRange;
  }

  void refuse(const Place& place, ProblemCode code, std::string_view expectation) const {
    reading_.report(place, code, "% for \"%\" must be %.",
                    {place.subject(), traits_.name, expectation});
  }

  // `place` holds the value, or the parameter that declares it.
  bool checkOne(const Place& place, const ValueNode& value) const {
    bool isAcceptable = value.type != ValueType::kNull && value.type < ValueType::kArray;
    std::string_view expectation = "a text, a number, true or false";
    ProblemCode code = ProblemCode::kInvalidValue;
    if (isForDates()) {
      isAcceptable = isDate(value, *reading_.interner);
      expectation = kDateExpectation;
      // A text or number that is no date is nearly one; anything else has another type.
      if (value.type == ValueType::kText || value.type == ValueType::kNumber) {
        code = ProblemCode::kInvalidDate;
      }
    } else if (traits_.operand == OperandType::kText) {
      isAcceptable = value.type == ValueType::kText;
      expectation = "a text";
    } else if (traits_.operand == OperandType::kNumber || isRange()) {
      isAcceptable = value.type == ValueType::kNumber;
      expectation = "a number";
    }
    if (!isAcceptable) {
      refuse(place, code, expectation);
    }
    return isAcceptable;
  }

  void checkList(const ValueNode& list) const {
    const bool isLiteral = &place_.node() == &list;
    const ValueNode* entries[2] = {nullptr, nullptr};
    size_t count = 0;
    bool areAcceptable = true;
    for (const ValueNode& entry : ValueChildren(&list)) {
      if (count < 2) {
        entries[count] = &entry;
      }
      if (isLiteral) {
        areAcceptable = checkOne(Place(place_, count, entry), entry) && areAcceptable;
      } else {
        // The fault of a declared list is reported once, where it is used.
        areAcceptable = areAcceptable && checkOne(place_, entry);
      }
      ++count;
    }
    if (!isRange()) {
      if (count == 0) {
        reading_.reportEmptyList(place_);
      }
    } else if (count != 2) {
      refuse(place_, ProblemCode::kInvalidValue, "a list of two");
    } else if (areAcceptable && isReversed(*entries[0], *entries[1])) {
      refuse(place_, ProblemCode::kReversedRange, "in ascending order");
    }
  }

  [[nodiscard]] bool isReversed(const ValueNode& first, const ValueNode& second) const {
    return isForDates()
               ? compareDates(first, second, reading_.zone, *reading_.interner) == DateOrder::kLater
               : first.number > second.number;
  }

  const Reading& reading_;
  const Place& place_;
  const OperatorTraits& traits_;
};

}  // namespace

void readOperand(Reading& reading, const Place& place, const OperatorTraits& traits, Operand& out) {
  const ValueNode* checked = &place.node();
  const ValueNode* inForce = checked;
  if (place.type() == ValueType::kObject) {
    const ObjectReader reference(reading, place);
    if (reference.has(kParameterKey)) {
      const Parameter* parameter = readParameterReference(reference);
      if (parameter == nullptr) {
        return;
      }
      // What an override holds is not checked: where it does not fit, nothing equals it.
      checked = parameter->declared;
      inForce = parameter->inForce();
    } else if (reference.has(kAttributeKey)) {
      reference.allowOnly(kAttributeKey);
      out.kind = Operand::Kind::kAttribute;
      out.attribute = reference.path(kAttributeKey);
      return;
    }
  }
  OperandCheck(reading, place, traits).check(*checked);
  out.kind = Operand::Kind::kLiteral;
  out.literal = ValueTree::copyOf(inForce, reading.interner);
}

}  // namespace fosterflow
