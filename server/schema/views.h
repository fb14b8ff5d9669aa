// Views that people save for themselves, and definitions as GET /entities shows them.
#pragma once

#include "schema/schema.h"

namespace hougu::schema {

// Saves a view under its name, over one of the same name; faults as for views of the entity. At
// most 100 for one person and entity ("view.too_many"); a name that the entity's own views have is
// refused ("view.name_taken").
Result<void> save_personal_view(store::Transaction& tx, const Schema& schema,
                                const identity::Principal& who, std::string_view entity,
                                const json::object& view, Millis now);
// kNotFound when there is none.
Result<void> remove_personal_view(store::Transaction& tx, const identity::Principal& who,
                                  std::string_view entity, std::string_view name);

// [{…definition…, "forms", "views" (personal ones last, with "personal": true), "grants",
// "version"}] of the entities that the person may read or create. Fields that he may not see at all
// are left out.
Result<json::array> entities_json(store::Transaction& tx, const Schema& schema,
                                  const identity::Principal& who);
// One of them; kNotFound when there is none for this person.
Result<json::object> entity_json(store::Transaction& tx, const Schema& schema,
                                 const identity::Principal& who, std::string_view entity);
// {"types": [{"name","label","settings": [{"name","type","label","required"}], "operators": […]}]}
json::object field_types_json(const Messages& messages, Locale locale);
}  // namespace hougu::schema
