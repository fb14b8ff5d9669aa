// What every change of the organisation needs: the transaction, who makes it, and when. The
// functions of units.h, users.h, roles.h, api_keys.h and organisation.h take it, check what they
// are given (not whether the caller may: the route says which right it takes) and leave one event
// each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.h"
#include "store/database.h"

namespace hougu::identity {

class Sessions;

struct Context {
  store::Transaction& tx;
  const Principal& who;
  IdSource& ids;
  Millis now;
  // Told after the commit, so that this node's next request already meets the change. nullptr on
  // the command line, where nobody is signed in.
  Sessions* sessions = nullptr;
};

// [{"field","old","new"}] of what differs between two presented objects; "" when nothing does.
std::string changes_between(const json::object& before, const json::object& after);

// Leaves an event "<entity>.<verb>" of the organisation in the audit log and tells other nodes.
Result<void> leave_event(const Context& context, std::string_view entity, std::string_view verb,
                         const Id& record, std::int64_t version, std::string_view changes = {},
                         const json::object& data = {});

// The value of a reference in a body: an id or {"id": …}; nullopt when it is neither.
std::optional<Id> reference_in(const json::value& value);
json::value reference_json(const std::optional<Id>& id, std::string_view title);
json::value text_or_null(const store::Row& row, int column);
json::value time_or_null(const store::Row& row, int column);

// Reads the members of a body one by one and collects what is wrong with them.
class Form {
 public:
  explicit Form(const json::object& values) : values_(values) {}

  bool has(std::string_view name) const { return values_.if_contains(name) != nullptr; }
  // Trimmed; null and "" give "". Longer than max_length code points, control characters and other
  // types are complaints.
  std::string text(std::string_view name, std::size_t max_length, bool required = false);
  bool boolean(std::string_view name, bool otherwise);
  std::optional<Id> reference(std::string_view name);
  std::string one_of(std::string_view name, const std::vector<std::string_view>& choices,
                     bool required);
  std::vector<std::string> texts(std::string_view name);
  std::vector<Id> references(std::string_view name);
  void complain(std::string_view field, std::string code,
                std::map<std::string, std::string> params = {});
  // kInvalid "validation" with all complaints.
  Result<void> done() const;

 private:
  const json::value* given(std::string_view name) const;
  const json::object& values_;
  std::vector<FieldError> complaints_;
};
}  // namespace hougu::identity
