#include "store/postgres/values.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "store/text_check.h"

namespace hougu::store::postgres {
namespace {
// pg_type.dat
constexpr Oid kBool = 16, kBytea = 17, kName = 19, kInt8 = 20, kInt2 = 21, kInt4 = 23, kText = 25,
              kOid = 26, kJson = 114, kFloat4 = 700, kFloat8 = 701, kUnknown = 705, kBpchar = 1042,
              kVarchar = 1043, kNumeric = 1700, kUuid = 2950, kJsonb = 3802;

bool is_text(Oid type) {
  return type == kText || type == kVarchar || type == kBpchar || type == kName ||
         type == kUnknown || type == kJson;
}

std::size_t integer_bytes(Oid type) {
  switch (type) {
    case kBool:
      return 1;
    case kInt2:
      return 2;
    case kInt4:
    case kOid:
      return 4;
    default:
      return type == kInt8 ? 8 : 0;
  }
}

std::int64_t read_integer(std::string_view bytes) {
  if (bytes.empty()) return 0;
  auto value =
      static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<signed char>(bytes[0])));
  for (const char c : bytes.substr(1)) value = value << 8 | static_cast<unsigned char>(c);
  return static_cast<std::int64_t>(value);
}

std::string format_real(double value) {
  std::array<char, 32> out{};
  const auto end = std::to_chars(out.data(), out.data() + out.size(), value).ptr;
  return {out.data(), end};
}

// numeric.c: count of base-10000 digits, weight of the first, sign, digits behind the point.
struct Numeric {
  explicit Numeric(std::string_view bytes) {
    if (bytes.size() < 8) return;
    const auto word = [&](std::size_t at) { return read_integer(bytes.substr(at, 2)); };
    const auto count = static_cast<std::size_t>(word(0));
    weight = static_cast<int>(word(2));
    const auto sign = word(4) & 0xffff;
    negative = sign == 0x4000;
    finite = sign == 0 || negative;
    for (std::size_t i = 0; i < count && 8 + 2 * i + 2 <= bytes.size(); ++i)
      digits.push_back(static_cast<int>(word(8 + 2 * i)));
  }
  // Towards zero; the largest integer when it doesn't fit.
  std::int64_t integer() const {
    std::uint64_t value = 0;
    constexpr auto kMax = static_cast<std::uint64_t>(INT64_MAX);
    for (int i = 0; i <= weight; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const auto digit = static_cast<std::uint64_t>(at < digits.size() ? digits[at] : 0);
      value = value > (kMax - digit) / 10000 ? kMax : value * 10000 + digit;
    }
    const auto magnitude = static_cast<std::int64_t>(value);
    return negative ? -magnitude : magnitude;
  }
  double real() const {
    if (!finite) return std::nan("");
    double value = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
      value += digits[i] * std::pow(10000.0, weight - static_cast<int>(i));
    return negative ? -value : value;
  }
  bool whole() const { return digits.empty() || static_cast<int>(digits.size()) <= weight + 1; }

  std::vector<int> digits;
  int weight = 0;
  bool negative = false, finite = true;
};

// For types without a binary form here: the server reads the text.
std::string as_text(const Param& param) {
  struct Writer {
    std::string operator()(std::nullptr_t) const { return {}; }
    std::string operator()(bool value) const { return value ? "1" : "0"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(double value) const { return format_real(value); }
    std::string operator()(std::string_view value) const { return std::string(value); }
    std::string operator()(const Id& value) const { return value.text(); }
    std::string operator()(Bytes value) const { return "\\x" + hex(value.view); }
  };
  return std::visit(Writer{}, param);
}
}  // namespace

Result<void> EncodedParams::encode(std::span<const Param> params, const std::vector<Oid>& types) {
  const auto count = types.size();
  if (params.size() < count) return internal("parameter without a value");
  values_.assign(count, nullptr);
  lengths_.assign(count, 0);
  formats_.assign(count, 1);
  numbers_.resize(count);
  copies_.clear();
  for (std::size_t i = 0; i < count; ++i) HOUGU_CHECK(encode_one(i, params[i], types[i]));
  return {};
}

void EncodedParams::put_integer(std::size_t at, std::int64_t value, std::size_t bytes) {
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = bytes; i-- > 0; rest >>= 8) numbers_[at][i] = static_cast<char>(rest & 0xff);
  values_[at] = numbers_[at].data();
  lengths_[at] = static_cast<int>(bytes);
}

void EncodedParams::put_view(std::size_t at, std::string_view view) {
  values_[at] = view.empty() ? "" : view.data();  // a null pointer would be NULL
  lengths_[at] = static_cast<int>(view.size());
}

void EncodedParams::put_copy(std::size_t at, std::string copy, bool text) {
  copies_.push_back(std::move(copy));
  put_view(at, copies_.back());
  if (text) formats_[at] = 0;
}

Result<void> EncodedParams::encode_one(std::size_t at, const Param& param, Oid type) {
  if (std::holds_alternative<std::nullptr_t>(param)) return {};
  if (const auto* text = std::get_if<std::string_view>(&param)) {
    if (!storable_text(*text)) return invalid("text.not_utf8");
    if (text->size() > (1u << 30)) return Error{ErrorKind::kTooLarge, "value.too_large"};
    if (is_text(type)) return put_view(at, *text), Result<void>();
    if (type == kJsonb) return put_copy(at, std::string(1, 1).append(*text), false), Result<void>();
  }
  if (const auto* bytes = std::get_if<Bytes>(&param); bytes && type == kBytea)
    return put_view(at, bytes->view), Result<void>();
  if (const auto* id = std::get_if<Id>(&param); id && (type == kUuid || type == kBytea)) {
    put_view(at, {reinterpret_cast<const char*>(id->bytes.data()), 16});
    return {};
  }
  const auto* integer = std::get_if<std::int64_t>(&param);
  const auto* boolean = std::get_if<bool>(&param);
  if (const auto bytes = integer_bytes(type); bytes > 0 && (integer || boolean)) {
    auto value = integer ? *integer : std::int64_t{*boolean};
    if (bytes == 1) value = value != 0;
    const auto bits = static_cast<int>(8 * bytes - 1);
    if (bits < 63 && (value >> bits) != (value < 0 ? -1 : 0)) return internal("integer too large");
    return put_integer(at, value, bytes), Result<void>();
  }
  const auto* real = std::get_if<double>(&param);
  if (type == kFloat8 && (real || integer)) {
    const double value = real ? *real : static_cast<double>(*integer);
    return put_integer(at, std::bit_cast<std::int64_t>(value), 8), Result<void>();
  }
  put_copy(at, as_text(param), true);
  return {};
}

std::string_view PgRow::raw(int column) const {
  if (is_null(column)) return {};
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::int64_t PgRow::integer(int column) const {
  const auto data = raw(column);
  const auto type = PQftype(result_, column);
  if (integer_bytes(type) > 0) return read_integer(data);
  if (type == kNumeric) return Numeric(data).integer();
  if (is_text(type)) {
    std::int64_t value = 0;
    std::from_chars(data.data(), data.data() + data.size(), value);
    return value;
  }
  const double value = real(column);
  return std::abs(value) < 9e18 ? static_cast<std::int64_t>(value) : 0;
}

double PgRow::real(int column) const {
  const auto data = raw(column);
  if (data.empty()) return 0;
  switch (PQftype(result_, column)) {
    case kFloat8:
      return std::bit_cast<double>(read_integer(data));
    case kFloat4:
      return std::bit_cast<float>(static_cast<std::int32_t>(read_integer(data)));
    case kNumeric:
      return Numeric(data).real();
    case kBool:
    case kInt2:
    case kInt4:
    case kInt8:
      return static_cast<double>(read_integer(data));
    default:
      return 0;
  }
}

std::string_view PgRow::text(int column) const {
  const auto data = raw(column);
  if (data.empty()) return data;
  const auto type = PQftype(result_, column);
  if (type == kJsonb) return data.substr(1);  // behind the format's version
  if (integer_bytes(type) > 0) return made_.emplace_back(std::to_string(read_integer(data)));
  if (type == kUuid) return made_.emplace_back(id(column).text());
  if (type == kNumeric && Numeric(data).whole())
    return made_.emplace_back(std::to_string(Numeric(data).integer()));
  if (type == kNumeric || type == kFloat8 || type == kFloat4)
    return made_.emplace_back(format_real(real(column)));
  return data;
}

Id PgRow::id(int column) const {
  const auto data = raw(column);
  return data.size() == 16 ? Id::from_bytes(data.data()) : Id{};
}

std::string_view PgRow::bytes(int column) const {
  return PQftype(result_, column) == kJsonb ? text(column) : raw(column);
}
}  // namespace hougu::store::postgres
