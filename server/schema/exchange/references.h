// Finds the records, people and teams that cells of a table name by their texts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json.h"
#include "identity/principal.h"
#include "schema/records.h"

namespace hougu::exchange {

// Remembers what it found (at most 20,000 texts), so it lives no longer than one import.
class References {
 public:
  References(schema::Records& records, const schema::Catalog& catalog)
      : records_(records), catalog_(catalog) {}

  // The value of a relation, user or team field whose cell says `text`: an id, or an array of them
  // for relation_many. Records are found by id, by a unique field, or by a title that only one has;
  // people by login or name; teams by code or name. Only what `who` may see. Faults (kInvalid):
  // "import.no_reference" and "import.ambiguous_reference" {text}.
  Result<json::value> find(store::Transaction& tx, const identity::Principal& who,
                           const schema::FieldDefinition& field, std::string_view text);

 private:
  struct Found {
    std::string id;
    bool ambiguous = false;
  };
  Result<Found> look_up(store::Transaction& tx, const identity::Principal& who,
                        const schema::FieldDefinition& field, const std::string& text);
  Result<Found> by_unique_field(store::Transaction& tx, const identity::Principal& who,
                                const schema::EntityDefinition& target, const std::string& text);
  Result<Found> by_title(store::Transaction& tx, const identity::Principal& who,
                         const schema::EntityDefinition& target, const std::string& text);
  Result<void> load_names(store::Transaction& tx);

  schema::Records& records_;
  const schema::Catalog& catalog_;
  std::unordered_map<std::string, Found> known_;
  bool names_loaded_ = false;
  std::multimap<std::string, std::string, std::less<>> people_, teams_;  // folded text -> id
};
}  // namespace hougu::exchange
