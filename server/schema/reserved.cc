#include "schema/reserved.h"

#include <algorithm>
#include <iterator>

namespace hougu::schema {
namespace {

constexpr std::string_view kEntities[] = {
    "api",        "api_key",     "apikey",   "attachment", "audit",   "authorization", "bulk",
    "count",      "demo",        "docs",     "entities",   "entity",  "event",         "export",
    "field",      "field_types", "forms",    "health",     "history", "import",        "label",
    "live",       "lookup",      "metrics",  "me",         "org",     "outbox",        "pack",
    "permission", "portal",      "presence", "report",     "role",    "search",        "sequence",
    "session",    "setting",     "studio",   "team",       "unit",    "user",          "view",
    "views",      "webhook",     "unknown"};

constexpr std::string_view kFields[] = {"rid",        "id",         "version",     "created_at",
                                        "created_by", "updated_at", "updated_by",  "deleted_at",
                                        "deleted",    "overwrite",  "new_customer"};

template <typename Words>
bool holds(const Words& words, std::string_view name) {
  return std::find(std::begin(words), std::end(words), name) != std::end(words);
}
}  // namespace

bool plain_name(std::string_view name, std::size_t longest) {
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  if (name.empty() || name.size() > longest || !letter(name[0])) return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

bool reserved_entity_name(std::string_view name) { return holds(kEntities, name); }
bool reserved_field_name(std::string_view name) { return holds(kFields, name); }
}  // namespace hougu::schema
