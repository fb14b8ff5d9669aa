// Rows between the two passes of an import: what has been read and checked waits in files, so that
// memory doesn't grow with the table. Files without names: nothing is left behind by a crash.
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "base/result.h"

namespace hougu::exchange {

struct CheckedRow {
  std::int64_t number = 0;     // in the table
  std::optional<Id> existing;  // the record that it updates
  bool look_again = false;     // an earlier row of the table may have made that record
  json::object values;         // of the fields, in API form
};

struct RowFault {
  std::string field;  // name; empty: the whole row
  std::string code;
  std::map<std::string, std::string> params{};
  std::string value{};  // what the cell says
};
struct BadRow {
  std::int64_t number = 0;
  std::vector<RowFault> faults;
};

json::object fault_json(std::int64_t row, const RowFault& fault);

// Lines of JSON, written one after the other, then read as often as one likes.
class RowFile {
 public:
  static Result<std::unique_ptr<RowFile>> create(const std::string& folder);
  Result<void> add(const json::value& row);
  // Ends the writing and begins at the first row again.
  Result<void> rewind();
  // nullopt at the end.
  Result<std::optional<json::value>> next();
  std::int64_t size() const { return size_; }

 private:
  explicit RowFile(std::FILE* file) : file_(file, &std::fclose) {}
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::int64_t size_ = 0;
};

class CheckedRows {
 public:
  static Result<std::unique_ptr<CheckedRows>> create(const std::string& folder);
  Result<void> add(const CheckedRow& row);
  Result<void> rewind() { return file_->rewind(); }
  Result<std::optional<CheckedRow>> next();
  std::int64_t size() const { return file_->size(); }

 private:
  std::unique_ptr<RowFile> file_;
};

class BadRows {
 public:
  static Result<std::unique_ptr<BadRows>> create(const std::string& folder);
  Result<void> add(const BadRow& row);
  Result<void> rewind() { return file_->rewind(); }
  Result<std::optional<BadRow>> next();
  std::int64_t size() const { return file_->size(); }
  // The first 20 faults, as the API shows them (without their messages).
  const json::array& first() const { return first_; }

 private:
  std::unique_ptr<RowFile> file_;
  json::array first_;
};
}  // namespace hougu::exchange
