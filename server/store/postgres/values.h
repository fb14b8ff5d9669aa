// Parameters and result columns in PostgreSQL's binary formats.
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "store/database.h"

namespace hougu::store::postgres {

// One statement's parameters, encoded for the types that the server inferred. Reused; its pointers
// are valid until the next encode() and as long as the views that were bound.
class EncodedParams {
 public:
  Result<void> encode(std::span<const Param> params, const std::vector<Oid>& types);
  int count() const { return static_cast<int>(values_.size()); }
  const char* const* values() const { return values_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  Result<void> encode_one(std::size_t at, const Param& param, Oid type);
  void put_integer(std::size_t at, std::int64_t value, std::size_t bytes);
  void put_view(std::size_t at, std::string_view view);
  void put_copy(std::size_t at, std::string copy, bool as_text);

  std::vector<const char*> values_;
  std::vector<int> lengths_, formats_;
  std::vector<std::array<char, 8>> numbers_;
  std::deque<std::string> copies_;
};

class PgRow final : public Row {
 public:
  PgRow(const PGresult* result, int row) : result_(result), row_(row) {}
  int columns() const override { return PQnfields(result_); }
  bool is_null(int column) const override { return PQgetisnull(result_, row_, column) == 1; }
  bool boolean(int column) const override { return integer(column) != 0; }
  std::int64_t integer(int column) const override;
  double real(int column) const override;
  std::string_view text(int column) const override;
  Id id(int column) const override;
  std::string_view bytes(int column) const override;

 private:
  std::string_view raw(int column) const;
  const PGresult* result_;
  int row_;
  mutable std::deque<std::string> made_;  // texts of columns that aren't text
};
}  // namespace hougu::store::postgres
