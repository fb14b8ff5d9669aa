// An organisation in a database of its own, on SQLite and on PostgreSQL (HOUGU_TEST_POSTGRES names
// the server; without it these tests fail).
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>

#include "identity/context.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "store/database.h"

namespace hougu::identity::test {

inline constexpr std::string_view kPassword = "correct horse battery";
// Fast, for tests only.
inline constexpr PasswordCost kCheap{64, 1, 1};

class IdentityTest : public ::testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override;
  void TearDown() override;

  std::unique_ptr<store::Database> open();
  Result<void> write(const std::function<Result<void>(const Context&)>& verb);
  Result<void> write_as(const Principal& who,
                        const std::function<Result<void>(const Context&)>& verb);
  Id add_user(std::string_view login, const json::array& roles = {}, const json::array& units = {});
  Id add_unit(std::string_view name, std::optional<Id> parent = std::nullopt);
  void put_role(std::string_view name, std::string document);  // ' stands for "
  // The result of signing in: the session, or the error.
  Result<NewSession> sign_in(std::string_view login, std::string_view password,
                             std::string_view address = "192.0.2.1");
  Result<KnownIdentity> authenticate(Sessions& sessions, const std::string& token);
  std::vector<std::string> events();  // types, oldest first, since the last call
  std::int64_t number(std::string_view sql);

  ManualClock clock_{1'795'250'096'789};
  SystemRandom random_;
  IdSource ids_{clock_, random_};
  std::string folder_, schema_, url_;
  std::unique_ptr<store::Database> db_;
  std::unique_ptr<PasswordWorker> passwords_;
  std::unique_ptr<Sessions> sessions_;
  std::unique_ptr<SignIn> sign_in_;
  const Principal system_ = Principal::system();

 private:
  std::int64_t seen_ = 0;
};

std::string code_of(const Result<void>& result);
template <typename T>
std::string code_of(const Result<T>& result) {
  return result.ok() ? "ok" : result.error().code;
}
json::object object(std::string text);  // ' stands for "

}  // namespace hougu::identity::test
