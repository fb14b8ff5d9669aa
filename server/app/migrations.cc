#include "app/migrations.h"

#include <algorithm>

#include "identity/migrations.h"
#include "schema/attachments/attachments.h"
#include "schema/exchange/import_job.h"
#include "schema/schema.h"

namespace hougu::app {

std::vector<store::Migration> all_migrations() {
  std::vector<store::Migration> all;
  for (const auto steps :
       {store::store_migrations(), identity::identity_migrations(), schema::schema_migrations(),
        attachments::attachment_migrations(), exchange::exchange_migrations()}) {
    all.insert(all.end(), steps.begin(), steps.end());
  }
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.number < b.number; });
  return all;
}

}  // namespace hougu::app
