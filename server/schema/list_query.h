// A ListQuery brought down to what the database is asked; inside schema/ only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/condition.h"
#include "schema/expression/filter.h"
#include "schema/records_core.h"

namespace hougu::schema {

struct SortKey {
  const FieldDefinition* field = nullptr;
  bool descending = false;
  bool nullable = true;
};

// One place in the order: the values of the sort keys (of their first column) and the row number.
struct Position {
  std::vector<json::value> values;
  std::int64_t rid = 0;
};

struct PreparedList {
  Condition where;                   // view and condition together
  std::vector<BoundFilter> filters;  // all of them, too
  RowRule rule;
  std::optional<RowRule> bin;  // of the recycle bin: what the person may delete, too
  std::vector<SortKey> sort;   // empty: newest first, by row number
  std::string words;           // parameter of search_condition(); empty: no search
  std::vector<FieldSlot> slots;
  int limit = 50;
  bool deleted = false;
  bool complete = false;  // every match of a search, however many there are
  std::optional<Position> after;
};

// Checks everything that came from outside. kMalformed "list.cursor" for a cursor that isn't of
// this list, kInvalid "list.sort", "list.field", "list.view", "condition.…",
// "feel.…", "filter.…".
Result<PreparedList> prepare_list(const Ask& ask, const ListQuery& query, identity::Scope scope);

// Cursors hold the sort and its values; one of another list or made by hand is refused.
std::string encode_cursor(const Ask& ask, const PreparedList& list, const Position& position);
Result<Position> decode_cursor(const Ask& ask, const PreparedList& list, std::string_view cursor);

// The view of this name: of the entity, or one that the person saved for himself.
Result<std::optional<json::object>> view_named(const Ask& ask, std::string_view name);

// One row and its place in the order.
struct Listed {
  Stored stored;
  Position position;
};
// Rows in order, at most list.limit + 1.
Result<std::vector<Listed>> run_list(const Ask& ask, const PreparedList& list);
// Matching rows, at most `limit` counted.
Result<std::int64_t> count_list(const Ask& ask, const PreparedList& list, std::int64_t limit);

// A part of the answer that an index gives in order: equal values for its leading columns.
struct Branch {
  std::vector<std::pair<std::string, Cell>> equal;  // physical column, value
  int alternative = -1;  // that of the row rule which this branch is about; -1: the whole rule
};
// Filters with several values ("team in (a, b)"), which make an index useless for sorting, taken
// apart into branches that are merged, each with all other conditions; empty: leave it to the
// database. `kept` owns texts.
struct BranchPlan {
  std::vector<Branch> branches;
  bool overlapping = false;  // a row may come from several branches
};
BranchPlan plan_branches(const Ask& ask, const PreparedList& list, std::deque<std::string>& kept);
}  // namespace hougu::schema
