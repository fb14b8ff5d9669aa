#include "schema/reindex.h"

#include "schema/write.h"

namespace hougu::schema {
namespace {

constexpr std::int64_t kRowsAtOnce = 500;

// The fields that are searched, and what their columns are.
std::vector<FieldSlot> searched_slots(const EntityDefinition& entity) {
  std::vector<FieldSlot> out;
  for (const auto& name : entity.search)
    if (const auto* slot = entity.plan->slot(entity, name)) out.push_back(*slot);
  return out;
}

std::string select_of(const EntityDefinition& entity, std::span<const FieldSlot> slots) {
  std::string sql =
      "SELECT t.rid, t.id, t.version, t.created_at, t.created_by, t.updated_at, t.updated_by, "
      "t.deleted_at";
  for (const auto& slot : slots)
    for (int i = 0; i < slot.count; ++i)
      sql += ", t." +
             store::quoted(entity.plan->columns[static_cast<std::size_t>(slot.column + i)].name);
  return sql + " FROM " + store::quoted(entity.table()) + " t WHERE t.rid > $1 ORDER BY t.rid " +
         "LIMIT " + std::to_string(kRowsAtOnce);
}
}  // namespace

Result<void> reindex(store::Transaction& tx, Schema& schema, const Clock& clock, IdSource& ids,
                     std::shared_ptr<const Catalog> catalog, const EntityDefinition& entity) {
  HOUGU_TRY(const auto count,
            tx.first("SELECT count(*) FROM (SELECT 1 FROM " + store::quoted(entity.table()) +
                         " LIMIT " + std::to_string(kMostReindexed + 1) + ") c",
                     {}, [](const store::Row& row) { return row.integer(0); }));
  if (count.value_or(0) > kMostReindexed) return {};
  Core core{schema, clock, ids};
  const auto who = identity::Principal::system();
  const Ask ask{
      core,        tx,    who, std::move(catalog), entity, who.access->entity(entity.name),
      clock.now(), Zone()};
  const auto slots = searched_slots(entity);
  const auto sql = select_of(entity, slots);
  std::int64_t last = 0;
  for (bool more = true; more;) {
    std::vector<Record> records;
    HOUGU_CHECK(tx.each(sql, {last}, [&](const store::Row& row) {
      auto stored = stored_from(ask, row, slots);
      last = stored.rid;
      records.push_back(std::move(stored.record));
      return true;
    }));
    HOUGU_CHECK(load_parts(ask, records, slots));
    HOUGU_CHECK(fill_titles(ask, records, slots, false));
    for (const auto& record : records) put_search_words(ask, record);
    more = static_cast<std::int64_t>(records.size()) == kRowsAtOnce;
  }
  return {};
}
}  // namespace hougu::schema
