// The organisation itself: its name, look and portal; the secret of this installation; first start.
#pragma once

#include "identity/context.h"

namespace hougu::identity {

// {"name","logo":attachment id or null,"logo_url","accent_color":"#1677ff" or null,
//  "time_zone":"Asia/Shanghai","default_locale":"zh-CN",
//  "portal":{"enabled":true,"phone":"","welcome":""}}
Result<json::object> read_organisation(store::Transaction& tx);
// Members that are absent stay as they are; event "setting.updated".
Result<json::object> update_organisation(const Context& context, const json::object& values);

// The HMAC key of this installation, 32 bytes; made on first use, the same on all nodes.
Result<std::string> instance_secret(store::Transaction& tx);

struct FirstStart {
  bool created = false;  // false: there are people already
  Id user;
};
struct FirstPerson {
  std::string_view company, login, password_hash;
  bool must_change_password = true;
};
// In a database without people: the unit of the company and its first administrator.
Result<FirstStart> first_start(const Context& context, const FirstPerson& person);

}  // namespace hougu::identity
