#include <algorithm>

#include "schema/fields/field_type.h"
#include "schema/list_query.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kMostBranches = 64;

// A field that must have one of these values.
struct Equality {
  const FieldDefinition* field;
  std::vector<Cell> values;
};

// How few rows one value of the field stands for, roughly.
int selectivity(const FieldDefinition& field) {
  if (field.type->reference() == Reference::kTeam) return 2;
  if (coarse(field)) return 1;
  return field.type->reference() == Reference::kUser ? 4 : 10;
}

void collect(const Condition& condition, const Asking& asking, std::deque<std::string>& kept,
             std::vector<Equality>& out) {
  if (condition.kind == Condition::Kind::kAnd) {
    for (const auto& part : condition.parts) collect(part, asking, kept, out);
    return;
  }
  const auto& comparison = condition.comparison;
  const bool equal = condition.kind == Condition::Kind::kComparison &&
                     comparison.relation == nullptr &&
                     (comparison.op == Operator::kEq || comparison.op == Operator::kIn) &&
                     comparison.field->type->storage() == Storage::kColumns;
  if (!equal) return;
  auto values = values_of(comparison, asking, kept);
  std::vector<Cell> different;
  const auto same = [](const Cell& a, const Cell& b) {
    const auto* x = std::get_if<Id>(&a);
    const auto* y = std::get_if<Id>(&b);
    if (x != nullptr && y != nullptr) return *x == *y;
    if (a.index() != b.index()) return false;
    if (std::holds_alternative<std::string_view>(a)) return cell_text(a) == cell_text(b);
    const auto* i = std::get_if<std::int64_t>(&a);
    const auto* j = std::get_if<std::int64_t>(&b);
    if (i != nullptr && j != nullptr) return *i == *j;
    const auto* p = std::get_if<bool>(&a);
    const auto* q = std::get_if<bool>(&b);
    return p != nullptr && q != nullptr && *p == *q;
  };
  for (const auto& value : values)
    if (std::none_of(different.begin(), different.end(),
                     [&](const Cell& other) { return same(value, other); }))
      different.push_back(value);
  out.push_back({comparison.field, std::move(different)});
}

const Equality* equality_of(const std::vector<Equality>& equalities, std::string_view field) {
  for (const auto& equality : equalities)
    if (equality.field->name == field) return &equality;
  return nullptr;
}

struct Choice {
  const IndexPlan* index = nullptr;
  std::size_t prefix = 0;
  std::size_t branches = 0;
  int score = 0;
};

// The best index whose leading columns have given values and whose next column is the first sort
// key. `ordered` false: one that only leads with a given value (few rows, sorted afterwards).
Choice best_index(const Ask& ask, const std::vector<Equality>& equalities,
                  std::string_view sort_field, bool ordered) {
  Choice best;
  for (const auto& index : ask.plan().indexes) {
    Choice here{&index, 0, 1, 0};
    while (here.prefix < index.fields.size()) {
      const auto* equality = equality_of(equalities, index.fields[here.prefix]);
      if (equality == nullptr || equality->values.empty()) break;
      here.branches *= equality->values.size();
      here.score += selectivity(*equality->field);
      ++here.prefix;
      const bool sorted_next =
          here.prefix < index.fields.size() && index.fields[here.prefix] == sort_field;
      if (here.branches > kMostBranches) break;
      if (ordered && !sorted_next) continue;
      if (here.score > best.score || (here.score == best.score && here.branches < best.branches))
        best = here;
    }
  }
  return best;
}

void multiply(const Ask& ask, const Choice& choice, const std::vector<Equality>& equalities,
              std::vector<Branch>& out) {
  std::vector<Branch> made(1);
  for (std::size_t i = 0; i < choice.prefix; ++i) {
    const auto* equality = equality_of(equalities, choice.index->fields[i]);
    std::vector<Branch> next;
    for (const auto& branch : made) {
      for (const auto& value : equality->values) {
        next.push_back(branch);
        next.back().equal.emplace_back(index_column(ask.entity, equality->field->name), value);
      }
    }
    made = std::move(next);
  }
  out.insert(out.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
}

const FieldDefinition* own_field(const EntityDefinition& entity, std::string_view name) {
  const auto* field = entity.field(name);
  return field != nullptr ? field : system_field(name);
}

// Adds the branches of one group of demands; false: no index serves them.
bool add_group(const Ask& ask, std::string_view sort_field, const std::vector<Equality>& equalities,
               std::vector<Branch>& out) {
  constexpr int kFew = 10;      // so selective that sorting beats walking the order
  constexpr int kBearable = 5;  // without an index in order
  auto choice = best_index(ask, equalities, sort_field, true);
  const auto other = best_index(ask, equalities, sort_field, false);
  const bool instead = choice.index == nullptr ? other.score >= kBearable
                                               : other.score >= kFew && choice.score < kFew;
  if (instead) choice = other;
  if (choice.index == nullptr) return false;
  multiply(ask, choice, equalities, out);
  return out.size() <= kMostBranches;
}
}  // namespace

BranchPlan plan_branches(const Ask& ask, const PreparedList& list, std::deque<std::string>& kept) {
  BranchPlan plan;
  if (list.sort.empty() || !list.words.empty() || list.deleted) return plan;
  const std::string_view sort_field = list.sort[0].field->name;
  std::vector<Equality> common;
  collect(list.where, ask.asking(), kept, common);
  const auto& any = list.rule.any;
  const bool several = any.size() > 1;
  bool possible = true;
  if (list.rule.all || any.empty()) possible = add_group(ask, sort_field, common, plan.branches);
  for (std::size_t i = 0; i < any.size() && possible; ++i) {
    auto equalities = common;
    if (equality_of(equalities, any[i].field) == nullptr)
      equalities.push_back({own_field(ask.entity, any[i].field),
                            std::vector<Cell>(any[i].ids.begin(), any[i].ids.end())});
    const auto first = plan.branches.size();
    possible = add_group(ask, sort_field, equalities, plan.branches);
    for (auto at = first; at < plan.branches.size(); ++at)
      plan.branches[at].alternative = static_cast<int>(i);
  }
  plan.overlapping = several;
  if (!possible) return {};
  return plan;
}
}  // namespace hougu::schema
