// API keys: "hk_" and 256 random bits, shown once; the database keeps the SHA-256. A key acts as
// the person who owns it, narrowed to its scopes. See context.h.
#pragma once

#include "identity/context.h"

namespace hougu::identity {

bool is_api_key(std::string_view credential);
// The scopes of a stored key: "read", "write", "<entity>:read", "<entity>:write".
std::vector<std::string> scopes_from(std::string_view json_text);

// {"id","name","shown":"hk_a1b2…","owner":{"id","title"},"scopes","expires_at","created_at"}
Result<json::array> list_api_keys(store::Transaction& tx);
// `values`: name, scopes, expires_at (RFC 3339 or null). The key belongs to the caller. The answer
// has "key" beside the rest.
Result<json::object> create_api_key(const Context& context, const json::object& values);
Result<void> remove_api_key(const Context& context, const Id& id);

}  // namespace hougu::identity
