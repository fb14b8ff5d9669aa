#include "store/sqlite/wide_numbers.h"

#include <string>

namespace hougu::store::sqlite {
namespace {
__extension__ typedef __int128 Wide;

enum class Operation : std::intptr_t { kAdd, kSubtract, kMultiply, kAbsolute, kCompare, kSame };

bool read(sqlite3_value* value, Wide& out) {
  if (sqlite3_value_type(value) == SQLITE_INTEGER) {
    out = sqlite3_value_int64(value);
    return true;
  }
  if (sqlite3_value_type(value) != SQLITE_TEXT) return false;
  const auto* text = sqlite3_value_text(value);
  const auto size = static_cast<std::size_t>(sqlite3_value_bytes(value));
  const bool negative = size > 0 && text[0] == '-';
  const std::size_t first = negative ? 1 : 0;
  if (size == first || size - first > 38) return false;
  out = 0;
  for (std::size_t i = first; i < size; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    out = out * 10 + (text[i] - '0');
  }
  if (negative) out = -out;
  return true;
}

void give(sqlite3_context* context, Wide value) {
  if (value >= INT64_MIN && value <= INT64_MAX)
    return sqlite3_result_int64(context, static_cast<sqlite3_int64>(value));
  std::string text;
  const bool negative = value < 0;
  for (; value != 0; value /= 10) {
    const auto digit = static_cast<int>(value % 10);
    text.insert(text.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
  }
  if (negative) text.insert(text.begin(), '-');
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

bool compute(Operation operation, Wide a, Wide b, Wide& out) {
  switch (operation) {
    case Operation::kAdd:
      return !__builtin_add_overflow(a, b, &out);
    case Operation::kSubtract:
      return !__builtin_sub_overflow(a, b, &out);
    case Operation::kMultiply:
      return !__builtin_mul_overflow(a, b, &out);
    case Operation::kAbsolute:
      out = a < 0 ? -a : a;
      return true;
    default:
      out = operation == Operation::kSame ? a == b : (a > b) - (a < b);
      return true;
  }
}

void call(sqlite3_context* context, int count, sqlite3_value** values) {
  const auto operation =
      static_cast<Operation>(reinterpret_cast<std::intptr_t>(sqlite3_user_data(context)));
  const auto null = [&](int i) { return sqlite3_value_type(values[i]) == SQLITE_NULL; };
  if (null(0) || (count > 1 && null(1))) {
    if (operation == Operation::kSame) sqlite3_result_int(context, null(0) && null(1) ? 1 : 0);
    return;  // null
  }
  Wide a = 0, b = 0, out = 0;
  if (!read(values[0], a) || (count > 1 && !read(values[1], b)))
    return sqlite3_result_error(context, "no whole number", -1);
  if (!compute(operation, a, b, out)) return sqlite3_result_error(context, "integer overflow", -1);
  give(context, out);
}
}  // namespace

int register_wide_numbers(sqlite3* db) {
  struct Line {
    const char* name;
    int arguments;
    Operation operation;
  };
  constexpr Line kLines[] = {
      {"wide_add", 2, Operation::kAdd},           {"wide_subtract", 2, Operation::kSubtract},
      {"wide_multiply", 2, Operation::kMultiply}, {"wide_absolute", 1, Operation::kAbsolute},
      {"wide_compare", 2, Operation::kCompare},   {"wide_same", 2, Operation::kSame}};
  for (const auto& line : kLines) {
    const int code = sqlite3_create_function_v2(
        db, line.name, line.arguments, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
        reinterpret_cast<void*>(static_cast<std::intptr_t>(line.operation)), call, nullptr, nullptr,
        nullptr);
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}
}  // namespace hougu::store::sqlite
