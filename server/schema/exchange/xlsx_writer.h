// Writing .xlsx in constant memory (libxlsxwriter). Texts are never formulas. Used by one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hougu::exchange {

class XlsxWriter {
 public:
  // Begins a new file (an existing one is overwritten); `temp_folder` takes what isn't written yet.
  // The sheet's name is cut to what Excel allows.
  static Result<std::unique_ptr<XlsxWriter>> create(const std::string& path,
                                                    const std::string& temp_folder,
                                                    std::string_view sheet_name);
  ~XlsxWriter();

  // The first row: bold, frozen, repeated on a new sheet when one is full (1,048,576 rows).
  void header(const std::vector<std::string>& texts);
  void begin_row();
  // The next cell of the row. Texts longer than 32,767 UTF-16 units are cut, as Excel would.
  void text(std::string_view text);
  void number(double value);
  void date(int year, int month, int day);
  void date_time(int year, int month, int day, int hour, int minute, int second);
  void empty();

  // Writes the file out; "storage.full" when the disk is.
  Result<void> finish();

 private:
  struct State;
  explicit XlsxWriter(std::unique_ptr<State> state);
  void add_sheet();
  std::unique_ptr<State> state_;
};
}  // namespace hougu::exchange
