// From a request to its answer: the pipeline that route.h describes.
#pragma once

#include <array>
#include <atomic>

#include "api/route.h"
#include "http/router.h"
#include "http/server.h"

namespace hougu::api {

inline constexpr std::string_view kSessionCookie = "hougu_session";
inline constexpr std::string_view kBasePath = "/api/v1";

// Immutable after construction; requests may come from any thread. Outlives the server.
class Dispatcher {
 public:
  Dispatcher(Services& services, Routes routes);

  void handle(std::shared_ptr<const http::Request> request, http::Respond respond) const;
  // What the server may take in as the body of this request.
  http::BodyPolicy body_policy(const http::Request& request) const;

  // Requests whose work isn't done yet.
  int in_flight() const { return in_flight_; }
  const Routes& routes() const { return routes_; }
  // The path of a route as it is asked for: "/api/v1/ticket/{id}".
  static std::string path_of(const Route& route);

 private:
  struct Exchange;
  using Shared = std::shared_ptr<Exchange>;

  const Route* find(http::Method method, std::string_view path, PathParams* params_out,
                    int& index_out) const;
  std::string allowed_methods(std::string_view path) const;

  void authenticate(const Shared& exchange) const;
  void authorise(const Shared& exchange) const;
  void decode(const Shared& exchange) const;
  void hash_password(const Shared& exchange) const;
  void run(const Shared& exchange) const;
  void run_direct(const Shared& exchange) const;
  Result<void> run_verb(Exchange& exchange, store::Transaction& tx) const;
  Result<void> call_handler(Exchange& exchange, store::Transaction& tx) const;
  void finish(const Shared& exchange, Result<Answer> result) const;
  static Result<Answer> result_of(Exchange& exchange, const Result<void>& done);
  http::Response present(const Exchange& exchange, Result<Answer> result) const;
  http::Response response_to(const Exchange& exchange, Result<Answer> result) const;
  void note(const Exchange& exchange, int status) const;

  Services& services_;
  Routes routes_;
  std::vector<int> metric_of_;  // by route; one more for unknown paths
  mutable std::atomic<int> in_flight_{0};
  std::array<http::RouteTree, 7> trees_;  // by method
};

}  // namespace hougu::api
