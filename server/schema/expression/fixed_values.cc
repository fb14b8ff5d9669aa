#include "schema/expression/fixed_values.h"

namespace hougu::schema {
namespace {
using feel::i128;
using feel::Kind;

constexpr i128 kFar = i128{10'000'000'000'000'000} * 1'000'000'000'000'000'000 * 1'000;
constexpr i128 kMostMillis = 1'000'000'000'000'000;
constexpr std::size_t kMostValues = 500;

bool of_type(const feel::Value& value, TermType type) {
  switch (type) {
    case TermType::kBoolean:
      return value.is(Kind::kBoolean);
    case TermType::kNumber:
      return value.is(Kind::kNumber);
    case TermType::kText:
    case TermType::kId:
      return value.is(Kind::kString);
    case TermType::kDate:
      return value.is(Kind::kDate);
    case TermType::kMoment:
      return value.is(Kind::kDateTime);
    case TermType::kDuration:
      return value.is(Kind::kDayTime);
    case TermType::kList:
      return value.is(Kind::kList);
    default:
      return false;
  }
}

feel::Value ids(const std::vector<Id>& list) {
  std::vector<feel::Value> out;
  for (const auto& id : list) out.push_back(feel::Value::string(id.text()));
  return feel::Value::list(std::move(out));
}
}  // namespace

feel::Value user_value(const identity::Principal& who) {
  return feel::Value::context({{"id", feel::Value::string(who.id.text())},
                               {"name", feel::Value::string(who.name)},
                               {"teams", ids(who.teams)},
                               {"departments", ids(who.departments)}});
}

feel::Zone feel_zone(const Zone& zone) {
  return feel::Zone::find(zone.name()).value_or(feel::Zone::fixed(0));
}

feel::Value moment_value(Millis time, const feel::Zone& zone) {
  const auto moment = feel::from_instant(i128{time} * 1'000'000, zone);
  return moment ? feel::Value(*moment) : feel::Value();
}

void set_clock(feel::Evaluation& run, Millis now, const Zone& zone) {
  const auto moment = moment_value(now, feel_zone(zone));
  if (moment.is(Kind::kDateTime)) run.set_now(moment.date_time());
}

std::vector<feel::Value> user_inputs(const Filter& filter, const identity::Principal& who) {
  const auto& used = filter.expression()->inputs();
  std::vector<feel::Value> out(filter.slots());
  for (const auto slot : used)
    if (filter.field(slot) == nullptr) out[slot] = user_value(who);
  return out;
}

Result<void> check_fixed(const Filter& filter, const FixedPart& part, const feel::Value& value) {
  const auto refused = [&](const char* code) { return filter.refused(code, part.position); };
  if (value.is_null()) return {};
  if (!of_type(value, part.type))
    return filter.refused("filter.value", part.position, feel::kind_name(value.kind()));
  switch (part.type) {
    case TermType::kMoment: {
      if (value.date_time().zone.kind == feel::Zone::Kind::kNone) return refused("filter.zone");
      if (!part.in_arithmetic) return {};
      const auto whole = whole_at(value, part.scale);
      if (!whole.exact) return refused("filter.precision");
      if (whole.floor > kMostMillis || whole.floor < -kMostMillis) return refused("filter.range");
      return {};
    }
    case TermType::kDate:
      return day_of(value) ? Result<void>() : refused("filter.date");
    case TermType::kText:
      return storable(value) ? Result<void>() : refused("filter.text");
    case TermType::kList:
      return value.list().size() <= kMostValues ? Result<void>() : refused("filter.too_many");
    default:
      return {};
  }
}

Whole whole_at(const feel::Value& value, int scale) {
  i128 floor = 0;
  int exponent = -9;
  bool negative = false;
  if (value.is(Kind::kNumber)) {
    const auto number = value.number();
    floor = static_cast<i128>(number.coefficient());
    exponent = number.exponent();
    negative = number.negative();
  } else {
    floor = value.is(Kind::kDateTime) ? feel::instant(value.date_time()) : value.nanos();
    negative = floor < 0;
    if (negative) floor = -floor;
  }
  bool exact = true;
  int shift = exponent + scale;
  for (; shift > 0 && floor != 0 && exact; --shift) {
    exact = floor < kFar / 10;
    floor = exact ? floor * 10 : kFar;
  }
  bool rest = false;
  for (; shift < 0 && floor != 0; ++shift) {
    rest = rest || floor % 10 != 0;
    floor /= 10;
  }
  if (negative) floor = -floor - (rest ? 1 : 0);
  return {floor, exact && !rest};
}

std::optional<std::string> day_of(const feel::Value& date) {
  const auto year = feel::civil_from_days(date.days()).year;
  if (year < 1'000 || year > 9'999) return std::nullopt;
  return feel::date_text(date.days());
}

bool storable(const feel::Value& text) { return text.string().find('\0') == std::string::npos; }

std::optional<Id> id_of(const feel::Value& text) {
  const auto id = Id::parse(text.string());
  return id && id->text() == text.string() ? id : std::nullopt;
}

std::string digits(i128 value) {
  if (value == 0) return "0";
  std::string out;
  const bool negative = value < 0;
  for (; value != 0; value /= 10) {
    const auto digit = static_cast<int>(value % 10);
    out.insert(out.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
  }
  return negative ? "-" + out : out;
}
}  // namespace hougu::schema
