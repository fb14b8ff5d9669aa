// How a spreadsheet's numbers are meant: as dates or as digits with leading zeros
// (ECMA-376 part 1, 18.8.30 and 18.8.31).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::exchange {

struct NumberFormat {
  enum class Kind { kPlain, kDate, kTime, kDateTime, kZeros };
  Kind kind = Kind::kPlain;
  int digits = 0;  // kZeros: "00000" shows 42 as 00042
};

NumberFormat format_of_code(std::string_view code);
NumberFormat built_in_format(int id);

// The text of a number as the table shows it. `raw` as in the file ("46086.5", "1.2E5"); text that
// is no number comes back as it is. `from_1904`: the workbook counts days from 1904-01-01.
std::string shown_number(std::string_view raw, const NumberFormat& format, bool from_1904);

// A serial day number with a fraction as "2026-03-05" or "2026-03-05 08:30:00"; "" out of range.
std::string serial_date(double serial, NumberFormat::Kind kind, bool from_1904);

// Without exponent, at most 15 significant digits (what spreadsheets keep): "0.1", "13812345678".
std::string plain_digits(double value);
}  // namespace hougu::exchange
