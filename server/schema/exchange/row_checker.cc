#include "schema/exchange/row_checker.h"

#include <algorithm>

#include "base/text.h"
#include "schema/exchange/number_formats.h"

namespace hougu::exchange {
namespace {
using schema::FieldDefinition;

constexpr std::size_t kShownValue = 200;  // code points of a bad cell in the result

std::string shortened(const std::string& text) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size(); ++count) {
    if (count == kShownValue) return text.substr(0, at) + "…";
    next_code_point(text, at);
  }
  return text;
}

// Our own exports write an apostrophe before text that a spreadsheet would take for a formula.
std::string_view without_guard(std::string_view text) {
  const bool guarded = text.size() > 1 && text[0] == '\'' &&
                       std::string_view("=+-@").find(text[1]) != std::string_view::npos;
  return guarded ? text.substr(1) : text;
}

// Dates that somebody formatted as numbers: 46086 is 2026-03-05.
std::string with_serial_dates(const FieldDefinition& field, std::string_view text) {
  const auto type = field.type->name();
  const bool dates = type == "date" || type == "date_time";
  const bool serial = text.size() >= 4 && text.find_first_not_of("0123456789.") == text.npos &&
                      text.substr(0, text.find('.')).size() <= 6;
  if (!dates || !serial || std::count(text.begin(), text.end(), '.') > 1) return std::string(text);
  const std::string date = serial_date(std::strtod(std::string(text).c_str(), nullptr),
                                       NumberFormat::Kind::kDateTime, false);
  return date.empty() ? std::string(text) : date;
}

std::string key_of(const std::vector<std::string>& fields, const json::object& values) {
  std::string key;
  for (const auto& field : fields) {
    const auto* value = hougu::find(values, field);
    if (value == nullptr || value->is_null()) return {};
    key += field + '\n' + folded(json::serialize(*value)) + '\n';
  }
  return key;
}
}  // namespace

RowChecker::RowChecker(schema::Records& records, const schema::Catalog& catalog,
                       const schema::EntityDefinition& entity, const ImportPlan& plan,
                       const identity::Principal& who, schema::CellText how)
    : records_(records),
      entity_(entity),
      plan_(plan),
      who_(who),
      how_(how),
      references_(records, catalog) {
  std::set<std::string, std::less<>> mapped;
  for (const auto& [column, field] : plan.columns) mapped.insert(field);
  for (const auto& field : entity.fields) {
    if (field.unique && mapped.contains(field.name)) unique_.push_back({field.name});
  }
  for (const auto& set : entity.unique) {
    if (std::all_of(set.begin(), set.end(), [&](const auto& f) { return mapped.contains(f); })) {
      unique_.push_back(set);
    }
  }
}

Result<RowChecker::Outcome> RowChecker::check(store::Transaction& tx, std::int64_t number,
                                              const Cells& cells) {
  Outcome out;
  out.row.number = number;
  HOUGU_CHECK(read_cells(tx, cells, out));
  if (!out.faults.empty()) return out;
  HOUGU_CHECK(match(tx, out));
  if (!out.faults.empty() || out.row.existing || out.row.look_again) return out;
  require_fields(out);
  HOUGU_CHECK(check_unique(tx, out));
  return out;
}

Result<void> RowChecker::read_cells(store::Transaction& tx, const Cells& cells, Outcome& out) {
  for (const auto& [column, name] : plan_.columns) {
    if (column >= cells.size()) continue;
    const FieldDefinition& field = *entity_.field(name);
    const auto text = without_guard(trimmed(cells[column]));
    if (text.empty()) continue;
    HOUGU_CHECK(read_cell(tx, field, with_serial_dates(field, text), out));
  }
  return {};
}

Result<void> RowChecker::read_cell(store::Transaction& tx, const FieldDefinition& field,
                                   const std::string& text, Outcome& out) {
  const bool names_something = field.type->reference() != schema::Reference::kNone;
  auto value = names_something ? references_.find(tx, who_, field, text)
                               : field.type->from_text(field, text, how_);
  if (!value.ok()) {
    if (value.error().kind != ErrorKind::kInvalid) return std::move(value).error();
    out.faults.push_back({field.name, value.error().code, value.error().params, shortened(text)});
    return {};
  }
  validate(field, *value, text, out);
  out.row.values[field.name] = std::move(*value);
  return {};
}

void RowChecker::validate(const FieldDefinition& field, const json::value& value,
                          const std::string& text, Outcome& out) const {
  std::vector<schema::Cell> cells(field.type->columns().size(), schema::Cell(nullptr));
  std::deque<std::string> texts;
  std::vector<FieldError> faults;
  std::vector<Id> ids;
  schema::Parsing parsing{cells, texts, faults, field.name};
  parsing.ids = &ids;
  field.type->parse(field, value, parsing);
  for (auto& fault : faults) {
    out.faults.push_back({field.name, fault.code, fault.params, shortened(text)});
  }
}

Result<void> RowChecker::match(store::Transaction& tx, Outcome& out) {
  if (plan_.match.empty()) return {};
  const auto existing = find_existing(tx, out.row.values);
  if (!existing.ok()) {
    if (existing.error().kind != ErrorKind::kInvalid) return existing.error();
    out.faults.push_back({plan_.match.front(), existing.error().code});
    return {};
  }
  out.row.existing = *existing;
  const bool repeated = seen_before("match\n" + key_of(plan_.match, out.row.values));
  using Mode = ImportPlan::Mode;
  if (plan_.mode == Mode::kAdd && (out.row.existing || repeated)) {
    out.faults.push_back({plan_.match.front(), "import.exists"});
  } else if (plan_.mode == Mode::kUpdate && !out.row.existing) {
    out.faults.push_back({plan_.match.front(), "import.not_matched"});
  } else if (plan_.mode == Mode::kBoth && !out.row.existing) {
    out.row.look_again = repeated;
  }
  return {};
}

void RowChecker::begin_slice() {
  for (const auto hash : recent_) seen_.erase(hash);
  recent_.clear();
}

bool RowChecker::seen_before(const std::string& key) {
  const std::size_t hash = std::hash<std::string>()(key);
  if (!seen_.insert(hash).second) return true;
  recent_.push_back(hash);
  return false;
}

void RowChecker::require_fields(Outcome& out) const {
  for (const auto& field : entity_.fields) {
    const bool wanted = field.required && !field.managed && !field.archived &&
                        field.type->written_by_people() && field.default_value.is_null();
    if (wanted && !out.row.values.contains(field.name)) {
      out.faults.push_back({field.name, "field.required"});
    }
  }
}

Result<void> RowChecker::check_unique(store::Transaction& tx, Outcome& out) {
  for (const auto& fields : unique_) {
    const std::string key = key_of(fields, out.row.values);
    if (key.empty()) continue;
    const bool again = seen_before("unique\n" + key);
    bool taken = again;
    if (!again && fields != plan_.match) {
      bool several = false;
      HOUGU_TRY(const auto other, find(tx, fields, out.row.values, several));
      taken = other.has_value();
    }
    if (taken) out.faults.push_back({fields.back(), "field.duplicate"});
  }
  return {};
}

Result<std::optional<Id>> RowChecker::find_existing(store::Transaction& tx,
                                                    const json::object& values) const {
  if (key_of(plan_.match, values).empty()) return invalid("import.match_empty");
  bool several = false;
  HOUGU_TRY(const auto found, find(tx, plan_.match, values, several));
  if (several) return invalid("import.ambiguous");
  return found;
}

Result<std::optional<Id>> RowChecker::find(store::Transaction& tx,
                                           const std::vector<std::string>& fields,
                                           const json::object& values, bool& several) const {
  if (fields.size() == 1 && entity_.field(fields[0])->unique) {
    HOUGU_TRY(const auto record,
              records_.find_by(tx, who_, entity_.name, fields[0], values.at(fields[0])));
    return record ? std::optional(record->id) : std::nullopt;
  }
  json::array conditions;
  for (const auto& field : fields) {
    conditions.push_back({{"field", field}, {"op", "eq"}, {"value", values.at(field)}});
  }
  schema::ListQuery query;
  query.entity = entity_.name;
  query.where = json::object{{"and", std::move(conditions)}};
  query.limit = 2;
  query.fields = {fields[0]};
  HOUGU_TRY(const auto page, records_.list(tx, who_, query));
  several = page.records.size() > 1;
  return page.records.empty() ? std::optional<Id>() : page.records.front().id;
}
}  // namespace hougu::exchange
