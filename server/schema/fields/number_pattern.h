// Patterns of human numbers: "SD{yyyy}{MM}{dd}-{seq:4}".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/calendar.h"

namespace hougu::schema {

class NumberPattern {
 public:
  // Literal text with {yyyy} {yy} {MM} {dd} and exactly one {seq} or {seq:digits} (1–12; more
  // digits are written when the number needs them). nullopt for anything else.
  static std::optional<NumberPattern> parse(std::string_view pattern);

  // The date parts one behind the other: the sequence starts again when they change.
  std::string period(const Day& day) const;
  std::string text(const Day& day, std::int64_t number) const;

 private:
  struct Part {
    enum Kind { kText, kYear, kShortYear, kMonth, kDay, kSequence } kind;
    std::string text{};
    int digits = 0;
  };
  std::vector<Part> parts_;
};
}  // namespace hougu::schema
