// What a kind of field is: its settings, columns, checks, API form, filters, texts. One file per
// type, listed in fields.cc. All types are constant and stateless; every function is thread-safe
// and expects hostile input. A value "in API form" is what docs/schema.md says about the type.
#pragma once

#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/messages.h"
#include "schema/definition.h"
#include "store/database.h"
#include "store/dialect.h"

namespace hougu::schema {

// A value as it is bound to a statement; text is owned elsewhere (see Parsing::keep, store::Row).
using Cell = store::Param;

// A key that a definition may have for a type, beside the common ones.
struct Setting {
  enum class Kind {
    kInteger,  // JSON integer within [low, high]
    kDecimal,  // decimal string or exact JSON number
    kDate,     // "2026-11-21" or "$today", "$today+7"
    kPattern,  // RE2 expression
    kBoolean,
    kText,     // a short plain text
    kTexts,    // array of short texts
    kOneOf,    // one of `words`, separated by spaces
    kChoices,  // array of {"value","label","color","archived"}
    kEntity,   // name of an entity
    kFields,   // array of field definitions
  };
  std::string_view name;
  Kind kind;
  bool required = false;
  std::int64_t low = 0, high = 0;
  std::string_view words{};
};

struct ColumnSpec {
  std::string_view suffix;  // behind the field's name: "", "_lat"
  store::ColumnType type;
};

// Where the values are.
enum class Storage {
  kColumns,  // in the record's table
  kLinks,    // relation_many: table l_<entity>_<field>
  kRows,     // child_table: table c_<entity>_<field>
};

// What an id in the column names.
enum class Reference { kNone, kRecord, kUser, kTeam };

enum class Operator {
  kEq,
  kNe,
  kLt,
  kLe,
  kGt,
  kGe,
  kIn,
  kNotIn,
  kEmpty,
  kNotEmpty,
  kContains,
  kStartsWith,
  kBetween
};
using OperatorSet = unsigned;
constexpr OperatorSet bit(Operator op) { return 1u << static_cast<unsigned>(op); }
constexpr OperatorSet kPresenceOperators = bit(Operator::kEmpty) | bit(Operator::kNotEmpty);
constexpr OperatorSet kEqualityOperators = kPresenceOperators | bit(Operator::kEq) |
                                           bit(Operator::kNe) | bit(Operator::kIn) |
                                           bit(Operator::kNotIn);
constexpr OperatorSet kOrderOperators = bit(Operator::kLt) | bit(Operator::kLe) |
                                        bit(Operator::kGt) | bit(Operator::kGe) |
                                        bit(Operator::kBetween);
constexpr OperatorSet kTextOperators = bit(Operator::kContains) | bit(Operator::kStartsWith);

struct ParsedRow;

// Where parse() puts a field's cells and complaints.
struct Parsing {
  std::span<Cell> cells;           // the field's own, null to begin with
  std::deque<std::string>& texts;  // keeps the bytes that cells point to
  std::vector<FieldError>& faults;
  std::string path;                        // "phone", "lines[2].quantity"
  const json::value* before = nullptr;     // the record's present value in API form, if it has one
  std::string_view today{};                // "2026-11-21" in the organisation's zone
  std::vector<Id>* ids = nullptr;          // relation_many and files: the ids named
  std::vector<ParsedRow>* rows = nullptr;  // child_table

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
  void fault(std::string code, std::map<std::string, std::string> params = {}) {
    faults.push_back({path, std::move(code), std::move(params)});
  }
};

// A row of a child table: cells of all its fields' columns one after the other.
struct ParsedRow {
  std::optional<Id> id;  // that the caller gave
  std::vector<Cell> cells;
};

// How a value is written for people in a cell of a table file.
struct CellText {
  Locale locale = Locale::kChinese;
  std::string_view yes, no;    // words of the locale for yes_no
  std::string_view time_zone;  // IANA name; date-times are written in it
};

class FieldType {
 public:
  virtual ~FieldType() = default;
  virtual std::string_view name() const = 0;
  // Message keys: "field_type.<name>", and "setting.<setting>" for each setting.
  std::string label_key() const { return "field_type." + std::string(name()); }
  virtual std::span<const Setting> settings() const { return {}; }
  // Checks between settings, after each was checked alone. `path` is the place of the field.
  virtual void check(const FieldDefinition&, const std::string& /*path*/,
                     std::vector<FieldError>&) const {}

  virtual Storage storage() const { return Storage::kColumns; }
  virtual std::span<const ColumnSpec> columns() const = 0;
  virtual Reference reference() const { return Reference::kNone; }
  virtual bool files() const { return false; }  // ids that attachments::claim() takes
  virtual bool images_only() const { return false; }
  virtual bool single_file() const { return false; }  // one object instead of an array
  virtual bool unique_allowed() const { return false; }
  virtual bool in_child_table() const { return true; }
  virtual bool written_by_people() const { return true; }  // false: auto_number

  // Checks a value in API form (neither null nor "") and fills the cells. Never touches the
  // database: references and files are checked by Records.
  virtual void parse(const FieldDefinition&, const json::value& in, Parsing& out) const = 0;
  // The API form of cells of which the first isn't null. References get no title here, link and
  // child tables and their rows are read by Records.
  virtual json::value present(const FieldDefinition&, std::span<const Cell> cells) const = 0;
  // What somebody sees whose right on the field is "masked".
  virtual json::value masked(const FieldDefinition&, const json::value& api) const;

  // Adds what ?search= finds, from the API form.
  virtual void search_texts(const FieldDefinition&, const json::value& api,
                            std::vector<std::string>& out) const;

  virtual OperatorSet operators(const FieldDefinition&) const { return kPresenceOperators; }
  // Reads a value of a condition into the column that filter_column() names; the limits of writing
  // (min, archived, …) don't hold. False: not a value of this type.
  virtual bool operand(const FieldDefinition&, const json::value& in, Cell& out,
                       std::deque<std::string>& texts) const;
  // Index into columns() of the column that a condition looks at; sorting looks at the first.
  virtual int filter_column(Operator) const { return 0; }
  // "contains" looks for an element of a JSON array instead of a part of the text.
  virtual bool array() const { return false; }
  // Codes keep their case and compare by it; other texts are compared without case.
  virtual bool code() const { return false; }
  virtual bool sortable() const { return storage() == Storage::kColumns; }

  // For cells of table files; "" is no value.
  virtual std::string to_text(const FieldDefinition&, const json::value& api,
                              const CellText& how) const;
  // The API form of what somebody typed into a cell (already trimmed, not empty); the value is then
  // checked by parse(). References come back as the text: their records are found by the importer.
  virtual Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                        const CellText& how) const;

  // JSON Schema of the API form, as it comes out.
  virtual json::object schema(const FieldDefinition&) const = 0;
};

// Strings that come from outside: valid UTF-8 without NUL; control characters other than tab and
// line ends are refused. False (with the fault "field.type", "field.encoding" or "field.control"):
// not usable.
bool usable_text(const json::value& in, Parsing& out);
bool usable_text(std::string_view text, std::string& code);

// Settings with their defaults.
std::int64_t setting(const FieldDefinition& field, std::string_view name, std::int64_t fallback);
std::string_view setting_text(const FieldDefinition& field, std::string_view name,
                              std::string_view fallback = {});
bool setting_flag(const FieldDefinition& field, std::string_view name, bool fallback);

// The text of a cell, "" when it holds none.
inline std::string_view cell_text(const Cell& cell) {
  const auto* text = std::get_if<std::string_view>(&cell);
  return text ? *text : std::string_view();
}
inline bool is_null(const Cell& cell) { return std::holds_alternative<std::nullptr_t>(cell); }
inline json::string json_text(std::string_view text) { return json::string(text); }
}  // namespace hougu::schema
