// Who may hear of a changed record; one batch of events in one read transaction.
#pragma once

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "identity/principal.h"
#include "schema/records.h"

namespace hougu::api {

class Audience {
 public:
  Audience(store::Transaction& tx, const schema::Catalog& catalog, schema::Records& records)
      : tx_(tx), catalog_(catalog), records_(records) {}

  // As Records::visible(), asked once for all people to whom the same rows are visible.
  Result<bool> may_hear(const identity::Principal& who, std::string_view entity, const Id& record);

 private:
  // What decides which rows of an entity somebody sees: the scopes on the way up its `via` chain.
  struct Sight {
    bool all = true;        // every row
    bool none = false;      // no row
    bool personal = false;  // by assignment or authorship
  };
  Sight sight(const identity::Principal& who, std::string_view entity) const;
  static std::string group_of(const identity::Principal& who, const Sight& sight);

  store::Transaction& tx_;
  const schema::Catalog& catalog_;
  schema::Records& records_;
  std::map<std::tuple<std::string, Id, std::string>, bool> asked_;  // entity, record, group
};

// The record of the event and those that it refers to (a visit's ticket).
std::vector<Id> records_concerned(store::Transaction& tx, const schema::Catalog& catalog,
                                  schema::Records& records, const store::CommittedEvent& event);

}  // namespace hougu::api
