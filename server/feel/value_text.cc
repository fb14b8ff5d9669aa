// The text of values, as string() gives it.
#include "feel/function.h"
#include "feel/value.h"

namespace hougu::feel {
namespace {
void append_quoted(std::string& out, const std::string& text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void append(std::string& out, const Value& value);

void append_range(std::string& out, const Range& range) {
  if (range.start_open_ended || range.end_open_ended) {
    const bool upper = range.start_open_ended;
    const bool included = upper ? range.end_included : range.start_included;
    out += upper ? "(<" : "(>";
    if (included) out += '=';
    append(out, upper ? range.end : range.start);
    out += ')';
    return;
  }
  out += range.start_included ? '[' : '(';
  append(out, range.start);
  out += "..";
  append(out, range.end);
  out += range.end_included ? ']' : ')';
}

void append(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Kind::kString:
      append_quoted(out, value.string());
      return;
    case Kind::kRange:
      append_range(out, value.range());
      return;
    case Kind::kList: {
      out += '[';
      bool first = true;
      for (const Value& item : value.list()) {
        if (!first) out += ", ";
        first = false;
        append(out, item);
      }
      out += ']';
      return;
    }
    case Kind::kContext: {
      out += '{';
      bool first = true;
      for (const ContextEntry& entry : value.context().entries) {
        if (!first) out += ", ";
        first = false;
        out += entry.key;
        out += ": ";
        append(out, entry.value);
      }
      out += '}';
      return;
    }
    default:
      out += to_text(value);
  }
}
}  // namespace

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBoolean:
      return value.is_true() ? "true" : "false";
    case Kind::kNumber:
      return value.number().text();
    case Kind::kDate:
      return date_text(value.days());
    case Kind::kTime:
      return time_text(value.time());
    case Kind::kDateTime:
      return date_time_text(value.date_time());
    case Kind::kDayTime:
      return day_time_text(value.nanos());
    case Kind::kYearMonth:
      return year_month_text(value.months());
    case Kind::kString:
      return value.string();
    case Kind::kFunction:
      return value.function().description();
    default:
      break;
  }
  std::string out;
  append(out, value);
  return out;
}
}  // namespace hougu::feel
