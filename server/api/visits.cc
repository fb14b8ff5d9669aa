// Visits: planning, verbs, and the engineer's day.
#include "service/tickets/visits.h"

#include "api/routes.h"

namespace hougu::api {
namespace {

Result<Answer> plan_visit(Call& call) {
  HOUGU_TRY(auto visit, call.services.visits->plan(call.tx, call.who, call.object()));
  return Answer::created(std::move(visit.values));
}

Result<Answer> run_verb(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto visit,
            call.services.visits->run(call.tx, call.who, call.params["verb"], id, call.object()));
  return Answer::ok(std::move(visit.values));
}

Result<Answer> mine(Call& call) {
  HOUGU_TRY(auto day, call.services.visits->mine(call.tx, call.who,
                                                 call.request.parameter("day").value_or("")));
  return Answer::ok(std::move(day));
}

Result<Answer> job(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto visit, call.services.visits->job(call.tx, call.who, id));
  return Answer::ok(std::move(visit.values));
}
}  // namespace

Routes visit_routes() {
  const auto signed_in = Access::signed_in();
  Routes routes;
  routes.push_back(
      write(Method::kPost, "/visit", signed_in, Body::open_json(), "visit.plan", plan_visit));
  routes.push_back(write(Method::kPost, "/visit/{id}/{verb}", signed_in, Body::open_json(),
                         "visit.verb", run_verb));
  routes.push_back(
      read(Method::kGet, "/visit/mine", signed_in, "visit.mine", mine).with_query({"day"}));
  routes.push_back(read(Method::kGet, "/visit/{id}/job", signed_in, "visit.job", job));
  return routes;
}
}  // namespace hougu::api
