// The statements of lists: always by key, never by OFFSET.
#include <algorithm>

#include "schema/fields/reference_like.h"
#include "schema/list_query.h"

namespace hougu::schema {
namespace {

// A search looks at this many of its newest matches first: a word that stands in half of a million
// records costs no more than a rare one. When filters leave too few of them, it looks further.
constexpr int kWindows[] = {500, 3'000, 20'000, 0};  // 0: all
constexpr int kSorted[] = {10'000, 0};
constexpr int kCountWindow = 100'000;

// Empty values are the smallest on both databases; so the rows in which the first sort key is empty
// are a list of their own, before or behind the others, and an index gives each of them in order.
enum class Segment { kWhole, kValues, kEmpty };

std::string column_of(const SortKey& key) { return column_text("t", *key.field, Operator::kEq); }

Cell cell_of(const SortKey& key, const json::value& value, std::deque<std::string>& kept) {
  if (value.is_null()) return nullptr;
  switch (key.field->type->columns()[0].type) {
    case store::ColumnType::kId:
      return id_from(value).value_or(Id());
    case store::ColumnType::kBoolean:
      return value.get_bool();
    case store::ColumnType::kInteger:
      return value.get_int64();
    default:
      return std::string_view(kept.emplace_back(value.get_string()));
  }
}

class Lister {
 public:
  Lister(const Ask& ask, const PreparedList& list) : ask_(ask), list_(list) {
    descending_ = list.sort.empty() || list.sort[0].descending;
    key_columns_ = static_cast<int>(list.sort.size());
  }

  Result<std::vector<Listed>> run() {
    if (list_.rule.impossible()) return std::vector<Listed>();
    if (!list_.words.empty()) return search();
    return window(0);
  }

 private:
  std::vector<Segment> segments() const {
    if (list_.sort.empty() || !list_.sort[0].nullable) return {Segment::kWhole};
    std::vector<Segment> out = {Segment::kEmpty, Segment::kValues};
    if (descending_) std::swap(out[0], out[1]);
    if (!list_.after) return out;
    const auto at = list_.after->values[0].is_null() ? Segment::kEmpty : Segment::kValues;
    return out[0] == at ? out : std::vector<Segment>{out[1]};
  }

  Result<std::vector<Listed>> search() {
    if (list_.complete) return window(0);
    // sorted by something else, the newest matches are what is sorted, if they fill the page
    const std::span<const int> windows =
        list_.sort.empty() ? std::span<const int>(kWindows) : std::span<const int>(kSorted);
    for (const int newest : windows) {
      HOUGU_TRY(auto found, window(newest));
      if (newest == 0 || found.size() > static_cast<std::size_t>(list_.limit)) return found;
      HOUGU_TRY(const auto matches, matches_among(newest));
      if (matches < newest) return found;
    }
    return std::vector<Listed>();
  }

  // How many matches a window holds: fewer than its size are all that there are.
  Result<std::int64_t> matches_among(int newest) const {
    const auto sql =
        "SELECT count(*) FROM " + store::quoted(ask_.entity.table()) + " t WHERE " +
        store::search_condition(ask_.tx.dialect(), ask_.entity.table(), "t", 1, newest);
    HOUGU_TRY(const auto found,
              ask_.tx.first(sql, {std::string_view(list_.words)},
                            [](const store::Row& row) { return row.integer(0); }));
    return found.value_or(0);
  }

  Result<std::vector<Listed>> window(int newest) {
    const auto wanted = static_cast<std::size_t>(list_.limit) + 1;
    std::vector<Listed> out;
    for (const auto segment : segments()) {
      HOUGU_CHECK(one(segment, newest, wanted - out.size(), out));
      if (out.size() >= wanted) break;
    }
    return out;
  }

  // Does the cursor lie in this segment? In the one behind it, all rows count.
  bool continues_in(Segment segment) const {
    if (!list_.after) return false;
    if (segment == Segment::kWhole) return true;
    return (segment == Segment::kEmpty) == list_.after->values[0].is_null();
  }

  void order(SqlText& sql, Segment segment, std::string_view prefix) const {
    sql << " ORDER BY ";
    for (std::size_t i = segment == Segment::kEmpty ? 1 : 0; i < list_.sort.size(); ++i) {
      const auto& key = list_.sort[i];
      const auto column =
          prefix.empty() ? column_of(key) : std::string(prefix) + ".k" + std::to_string(i);
      // within equal first keys: empty values the smallest, as everywhere
      if (i > 0 && key.nullable)
        sql << "(" << column << " IS NULL)" << (key.descending ? "" : " DESC") << ", ";
      sql << column << (key.descending ? " DESC, " : ", ");
    }
    sql << (prefix.empty() ? "t.rid" : std::string(prefix) + ".r") << (descending_ ? " DESC" : "");
  }

  // "key i lies behind the cursor".
  void behind(SqlText& sql, std::size_t i, const Cell& value) const {
    const auto& key = list_.sort[i];
    const auto column = column_of(key);
    if (is_null(value)) {
      sql << (key.descending ? std::string("FALSE") : column + " IS NOT NULL");
    } else if (key.descending) {
      (sql << "(" << column << " < ").bind(value);
      sql << (key.nullable && i > 0 ? " OR " + column + " IS NULL)" : ")");
    } else {
      (sql << column << " > ").bind(value);
    }
  }

  void same(SqlText& sql, std::size_t i, const Cell& value) const {
    const auto column = column_of(list_.sort[i]);
    if (is_null(value))
      sql << column << " IS NULL";
    else
      (sql << column << " = ").bind(value);
  }

  void after(SqlText& sql, Segment segment) const {
    const std::size_t first = segment == Segment::kEmpty ? 1 : 0;
    const auto count = list_.sort.size();
    std::vector<Cell> values;
    for (std::size_t i = 0; i < count; ++i)
      values.push_back(cell_of(list_.sort[i], list_.after->values[i], sql.kept));
    if (first < count && !is_null(values[first]) && first == 0) {
      // a bound that an index can start from
      (sql << " AND " << column_of(list_.sort[0]) << (descending_ ? " <= " : " >= "))
          .bind(values[0]);
    }
    sql << " AND (";
    for (std::size_t i = first; i <= count; ++i) {
      if (i > first) sql << " OR ";
      sql << "(";
      for (std::size_t j = first; j < i; ++j) {
        same(sql, j, values[j]);
        sql << " AND ";
      }
      if (i < count)
        behind(sql, i, values[i]);
      else
        (sql << (descending_ ? "t.rid < " : "t.rid > ")).bind(list_.after->rid);
      sql << ")";
    }
    sql << ")";
  }

  // The row rule, or the one alternative of it that a branch is about.
  void rule(SqlText& sql, int alternative) const {
    if (list_.rule.unlimited()) return;
    sql << " AND ";
    if (alternative < 0) return write_rule(list_.rule, ask_.entity, "t", sql);
    write_alternative(list_.rule.any[static_cast<std::size_t>(alternative)], "t", sql,
                      sql.hide_coarse);
    sql << " AND ";
    write_parent_rule(list_.rule, "t", sql);
  }

  // WHERE with everything that a row has to fit.
  void where(SqlText& sql, Segment segment, int newest, int alternative = -1) const {
    sql << " WHERE t.deleted_at IS " << (list_.deleted ? "NOT NULL" : "NULL");
    if (segment != Segment::kWhole)
      sql << " AND " << column_of(list_.sort[0])
          << (segment == Segment::kEmpty ? " IS NULL" : " IS NOT NULL");
    rule(sql, alternative);
    if (list_.bin) {
      sql << " AND ";
      write_rule(*list_.bin, ask_.entity, "t", sql);
    }
    if (!list_.where.parts.empty()) {
      sql << " AND ";
      write_condition(list_.where, ask_.entity, "t", ask_.asking(), sql);
    }
    for (const auto& filter : list_.filters) {
      sql << " AND ";
      write_filter(filter, "t", ask_.asking(), sql);
    }
    if (!list_.words.empty()) {
      sql.params.emplace_back(std::string_view(list_.words));
      sql << " AND "
          << store::search_condition(ask_.tx.dialect(), ask_.entity.table(), "t",
                                     static_cast<int>(sql.params.size()), newest);
    }
    if (continues_in(segment)) after(sql, segment);
  }

  std::string select() const {
    std::string out = "SELECT ";
    if (list_.slots.size() == ask_.plan().slots.size()) {
      out += ask_.plan().select_list;
    } else {
      const auto& all = ask_.plan().select_list;
      // the system columns are the same in every list
      std::size_t end = 0;
      for (int i = 0; i < kSystemColumns && end != std::string::npos; ++i)
        end = all.find(',', end + (i > 0 ? 1 : 0));
      out += all.substr(0, end);
      for (const auto& slot : list_.slots)
        for (int i = 0; i < slot.count; ++i)
          out += ", t." +
                 store::quoted(ask_.plan().columns[static_cast<std::size_t>(slot.column + i)].name);
    }
    for (const auto& key : list_.sort) out += ", " + column_of(key);
    return out + " FROM " + store::quoted(ask_.entity.table()) + " t";
  }

  static void only(SqlText& sql, const Branch& branch) {
    for (const auto& [column, value] : branch.equal)
      (sql << " AND t." << store::quoted(column) << " = ").bind(value);
  }

  void branches(SqlText& sql, const BranchPlan& plan, Segment segment, std::size_t rows) const {
    const auto limit = " LIMIT " + std::to_string(rows);
    sql << select() << " JOIN (SELECT b.r AS r FROM (";
    for (std::size_t i = 0; i < plan.branches.size(); ++i) {
      if (i > 0) sql << (plan.overlapping ? " UNION " : " UNION ALL ");
      sql << "SELECT * FROM (SELECT t.rid AS r";
      for (std::size_t k = 0; k < list_.sort.size(); ++k)
        sql << ", " << column_of(list_.sort[k]) << " AS k" << std::to_string(k);
      sql << " FROM " << store::quoted(ask_.entity.table()) << " t";
      where(sql, segment, 0, plan.branches[i].alternative);
      only(sql, plan.branches[i]);
      order(sql, segment, "");
      sql << limit << ") x" << std::to_string(i);
    }
    sql << ") b";
    order(sql, segment, "b");
    sql << limit << ") p ON p.r = t.rid";
  }

  // One statement. `newest` > 0: only that many of the newest matches of a search are looked at.
  Result<void> one(Segment segment, int newest, std::size_t rows, std::vector<Listed>& out) const {
    SqlText sql;
    // Every list has an order, and a search begins with its matches.
    sql.hide_coarse = ask_.tx.dialect() == store::Dialect::kSqlite;
    sql.hide_rule = sql.hide_coarse && !list_.words.empty();
    const auto plan = plan_branches(ask_, list_, sql.kept);
    if (sql.hide_coarse && !plan.branches.empty()) {
      sql.hide_rule = true;
      sql.only_shown = list_.sort[0].field;
    }
    if (plan.branches.size() <= 1) {
      sql << select();
      where(sql, segment, newest);
      for (const auto& branch : plan.branches) only(sql, branch);
    } else {
      branches(sql, plan, segment, rows);
    }
    order(sql, segment, "");
    sql << " LIMIT " << std::to_string(rows);
    const int keys_at = kSystemColumns + columns();
    return ask_.tx.each(sql.text, std::span<const Cell>(sql.params), [&](const store::Row& row) {
      Listed listed{stored_from(ask_, row, list_.slots), {}};
      listed.position.rid = listed.stored.rid;
      for (int i = 0; i < key_columns_; ++i)
        listed.position.values.push_back(key_value(row, keys_at + i, i));
      out.push_back(std::move(listed));
      return true;
    });
  }

  int columns() const {
    int count = 0;
    for (const auto& slot : list_.slots) count += slot.count;
    return count;
  }

  json::value key_value(const store::Row& row, int column, int key) const {
    if (row.is_null(column)) return nullptr;
    const auto& field = *list_.sort[static_cast<std::size_t>(key)].field;
    switch (field.type->columns()[0].type) {
      case store::ColumnType::kId:
        return json_text(row.id(column).text());
      case store::ColumnType::kBoolean:
        return row.boolean(column);
      case store::ColumnType::kInteger:
        return row.integer(column);
      default:
        return json_text(row.text(column));
    }
  }

 public:
  Result<std::int64_t> count(std::int64_t limit) const {
    if (list_.rule.impossible()) return std::int64_t{0};
    SqlText sql;
    sql << "SELECT count(*) FROM (SELECT 1 FROM " << store::quoted(ask_.entity.table()) << " t";
    where(sql, Segment::kWhole, list_.words.empty() ? 0 : kCountWindow);
    sql << " LIMIT " << std::to_string(limit) << ") c";
    std::int64_t found = 0;
    HOUGU_CHECK(
        ask_.tx.each(sql.text, std::span<const Cell>(sql.params), [&](const store::Row& row) {
          found = row.integer(0);
          return false;
        }));
    return found;
  }

 private:
  const Ask& ask_;
  const PreparedList& list_;
  bool descending_ = true;
  int key_columns_ = 0;
};
}  // namespace

Result<std::vector<Listed>> run_list(const Ask& ask, const PreparedList& list) {
  return Lister(ask, list).run();
}

Result<std::int64_t> count_list(const Ask& ask, const PreparedList& list, std::int64_t limit) {
  return Lister(ask, list).count(limit);
}
}  // namespace hougu::schema
