// Titles of references: one query per target entity and round, whatever the number of records.
#pragma once

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "schema/records_core.h"

namespace hougu::schema {

class Titles {
 public:
  // `restricted`: titles as `ask.who` may see them; otherwise all of them.
  Titles(const Ask& ask, bool restricted) : ask_(ask), restricted_(restricted) {}

  // `entity`: name of the target for records, "" for users and teams.
  void want(Reference kind, std::string_view entity, const Id& id);
  Result<void> load();

  // "" for an id that wasn't found.
  std::string_view title(Reference kind, std::string_view entity, const Id& id) const;
  // Records: there and not in the recycle bin. Users: active. Teams: not archived.
  bool usable(Reference kind, std::string_view entity, const Id& id) const;

 private:
  struct Found {
    std::string title;
    bool usable = false;
  };
  using Key = std::pair<std::string, Id>;  // "user", "team" or "r_<entity>"
  using Wanted = std::map<std::string, std::set<Id>, std::less<>>;

  static std::string group(Reference kind, std::string_view entity);
  Result<void> load_people(const std::string& group, const std::set<Id>& ids);
  Result<void> load_records(const EntityDefinition& entity, const std::set<Id>& ids, int depth);
  Result<void> load_round(Wanted wanted, int depth);

  const Ask& ask_;
  bool restricted_;
  Wanted wanted_;
  std::map<Key, Found> found_;
};

// May the person see the titles of this entity whole?
bool sees_titles(const Catalog& catalog, const identity::Principal& who,
                 const EntityDefinition& entity);
// "$1, $2, …" with as many parameters as the next power of two, the last id repeated, so that only
// a few different statements come up.
std::string id_list(const std::set<Id>& ids, std::vector<Cell>& params);
}  // namespace hougu::schema
