// Checking and binding of values that are about to be written; inside schema/ only.
#pragma once

#include <deque>
#include <map>
#include <vector>

#include "schema/records_core.h"
#include "schema/titles.h"

namespace hougu::schema {

// The values of one write, checked and ready to be bound.
struct Draft {
  const Ask& ask;
  std::vector<Cell> cells;        // as plan.columns; null where nothing is written
  std::deque<std::string> texts;  // owns the texts of cells
  std::vector<FieldError> faults;
  struct Part {
    std::vector<Id> ids;          // links and files
    std::vector<ParsedRow> rows;  // child tables
  };
  std::map<int, Part> parts;  // by slot number
  std::vector<bool> given;    // by slot number
  Titles titles;              // of the references

  explicit Draft(const Ask& of)
      : ask(of),
        cells(of.plan().columns.size(), nullptr),
        given(of.plan().slots.size(), false),
        titles(of, false) {}

  std::span<Cell> cells_of(const FieldSlot& slot) {
    return std::span(cells).subspan(static_cast<std::size_t>(slot.column),
                                    static_cast<std::size_t>(slot.count));
  }
};

// May this person write these fields at all? Unknown, archived and managed ones, and rights.
Result<void> check_input(const Ask& ask, const Values& values, const Note& note);
// Fills in defaults for what is missing.
void add_defaults(const Ask& ask, Values& values);
// Parses what is given. `before`: the present record, nullptr for a new one. Faults collect.
void parse_values(Draft& draft, const Values& values, const Record* before);
// References lead to what is there and visible. `before`: those that stay aren't looked at again.
Result<void> check_references(Draft& draft, const Record* before);
// Hands the named files to the record and fills their cells.
Result<void> claim_files(Draft& draft, const Id& record, const Record* before);
// The API form of a slot of the draft, titles filled in.
json::value draft_value(Draft& draft, std::size_t slot);
// Writes links and child rows. The ids of new rows are given out here.
Result<void> write_parts(Draft& draft, const Id& record, const std::vector<bool>& changed,
                         bool fresh);
// The search words of a record.
void put_search_words(const Ask& ask, const Record& record);
// kInvalid "validation" when there are faults.
Result<void> no_faults(std::vector<FieldError>& faults);
// Sent and stored value say the same (titles and the like aside)?
bool same_value(const FieldDefinition& field, const json::value& a, const json::value& b);
}  // namespace hougu::schema
