// Small models and a host for the tests of the process engine.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "process/model/compile.h"
#include "process/simulation/simulation.h"

namespace hougu::process {

// Definitions around `inside`, with messages m1, m2, signals s1, s2, errors e1, e2 (codes E1, E2)
// and escalations x1, x2 (codes X1, X2) to refer to.
std::string definitions(const std::string& inside);
// A process "p" with `inside`. Flows are written "a > b" or "a > b : condition", one after another
// separated by ";", and get the ids f1, f2, …
std::string process_xml(const std::string& inside, const std::string& flows);
// Flows alone, with ids from f<first> on.
std::string flows_xml(const std::string& flows, int first);
Compiled compiled(const std::string& xml);
// Codes of the errors at elements: "code@element".
std::vector<std::string> complaints(const std::string& xml);

// Does service tasks at once and writes down their ids; what is listed is done otherwise.
class Worker final : public JobHandler {
 public:
  JobResult run(const Job& job) override;
  std::vector<std::string> done{};
  std::map<std::string, JobResult> results{};  // by id of the task
};

constexpr Millis kMorning = 1'770'000'000'000;

struct Trial {
  explicit Trial(const std::string& xml, Variables variables = {});
  const State& state() const { return simulation->instances()[0].state; }
  std::string trace() const;      // ids of done tasks, separated by spaces
  std::string incidents() const;  // their codes
  Key node(const std::string& element) const;

  Compiled model;
  Worker worker{};
  std::unique_ptr<Simulation> simulation{};
};
Variables vars(std::initializer_list<std::pair<const char*, std::int64_t>> values);
}  // namespace hougu::process
