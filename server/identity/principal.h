// Who is asking, and what he may do. A Principal is an immutable value, made once per request by
// identity/sessions.h and handed down explicitly; nobody reads a "current user" from elsewhere.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "base/messages.h"
#include "store/events.h"

namespace hougu::identity {

// Which rows of an entity: a set of alternatives, any of which suffices.
enum ScopeBits : std::uint8_t {
  kNone = 0,
  kAll = 1,
  kDepartment = 2,  // the record's team is one of my departments or below
  kTeam = 4,        // the record's team is one of my units
  kAssigned = 8,    // the record's assignee is me
  kCreated = 16,    // I made it
};
using Scope = std::uint8_t;

enum class FieldRight : std::uint8_t { kNone = 0, kMasked = 1, kRead = 2, kWrite = 3 };

// The grants of all roles of a person for one entity, already merged (most generous wins).
struct EntityGrants {
  Scope read = kNone, update = kNone, remove = kNone, exporting = kNone;
  bool create = false;
  Scope all_verbs = kNone;  // from "*"
  std::map<std::string, Scope, std::less<>> verbs;
  std::map<std::string, FieldRight, std::less<>> fields;  // absent: kWrite

  Scope verb(std::string_view name) const;
  FieldRight field(std::string_view name) const;
};

// Merged rights of a set of roles; immutable and shared between the requests of its holders.
class Access {
 public:
  static std::shared_ptr<const Access> everything();
  static std::shared_ptr<const Access> nothing();
  // `roles`: definitions as in docs/schema.md, "Roles"; faults in them give an error.
  static Result<std::shared_ptr<const Access>> merged(const std::vector<json::object>& roles);

  // Grants of "*" apply to entities that a role doesn't name.
  const EntityGrants& entity(std::string_view name) const;
  bool system(std::string_view right) const;  // "users.manage"
  std::set<std::string, std::less<>> system_rights() const;
  // What an API key with these scopes leaves of it: "read", "write" (reads too), "<entity>:read",
  // "<entity>:write". System rights stay only where all entities may be read.
  std::shared_ptr<const Access> narrowed(const std::vector<std::string>& scopes) const;
  bool is_everything() const { return everything_; }

 private:
  bool everything_ = false;
  EntityGrants any_;
  std::map<std::string, EntityGrants, std::less<>> entities_;
  std::set<std::string, std::less<>> system_;
};

// The rights that docs/schema.md lists under "Roles".
const std::set<std::string, std::less<>>& all_system_rights();

struct Principal {
  store::ActorKind kind = store::ActorKind::kSystem;
  Id id;             // user, API key's owner (see api_key), customer's ticket; nil for the system
  std::string name;  // as it is written into events
  Locale locale = Locale::kChinese;
  std::vector<std::string> roles;
  std::vector<Id> teams;        // units of which he is a member
  std::vector<Id> departments;  // his units and everything below them
  std::shared_ptr<const Access> access = Access::nothing();
  std::optional<Id> api_key;
  bool read_only = false;     // an API key that may write nothing
  std::optional<Id> session;  // row of the session, for signing out

  // The program itself: migrations, jobs, packs.
  static Principal system();
  // The same person, all rights: for the writes that a permitted verb makes on his behalf.
  Principal elevated() const;
};
}  // namespace hougu::identity
