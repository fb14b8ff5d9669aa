#include "schema/fields/text_like.h"

#include "base/text.h"

namespace hougu::schema {

std::span<const ColumnSpec> TextLike::columns() const {
  static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kText}};
  return kColumns;
}

void TextLike::parse(const FieldDefinition& field, const json::value& in, Parsing& out) const {
  if (!usable_text(in, out)) return;
  std::string text(in.as_string());
  if (!clean(field, text, out) || text.empty()) return;
  const auto limit = setting(field, "max_length", default_length());
  // bytes first: counting is only needed near the limit
  if (static_cast<std::int64_t>(text.size()) > limit &&
      static_cast<std::int64_t>(count_code_points(text)) > limit) {
    return out.fault("field.too_long", {{"max", std::to_string(limit)}});
  }
  out.cells[0] = out.keep(std::move(text));
}

json::value TextLike::present(const FieldDefinition&, std::span<const Cell> cells) const {
  return json_text(cell_text(cells[0]));
}

json::object TextLike::schema(const FieldDefinition& field) const {
  return {{"type", "string"}, {"maxLength", setting(field, "max_length", default_length())}};
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  for (const char c : trimmed(text)) {
    const bool breaks = c == '\t' || c == '\n' || c == '\r';
    if (!breaks) {
      out += c;
    } else if (!blank) {
      out += ' ';
    }
    blank = breaks;
  }
  return out;
}

std::string several_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  if (trimmed(out).empty()) return {};
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ' || out.back() == '\t'))
    out.pop_back();
  return out;
}
}  // namespace hougu::schema
