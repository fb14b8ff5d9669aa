// bin/conformance bpmn-execution DIR: runs the models below DIR as DIR/cases.json says, and
// compares traces as multisets. A test passes when every case of it is right.
#include <algorithm>
#include <cstdio>
#include <memory>

#include "base/json.h"
#include "conformance/bpmn_adapter.h"
#include "conformance/suites.h"
#include "process/simulation/simulation.h"

namespace hougu::conformance {
namespace {
namespace fs = std::filesystem;
using feel::Value;

constexpr Millis kStart = 1'770'000'000'000;
constexpr Millis kAsynchronous = 10'000;
using Trace = std::vector<std::string>;

// Executes the tokens.
class Tokens final : public process::JobHandler {
 public:
  explicit Tokens(const Millis& now) : now_(now) {}

  process::JobResult run(const process::Job& job) override {
    process::JobResult out;
    const std::string& token = job.element->script_text;
    if (token.rfind("SCRIPT_", 0) == 0) {
      trace.push_back(token);
    } else if (token == "CREATE_MARKER_FILE") {
      marker = true;
    } else if (token.rfind("INCREMENT_INTEGER_VARIABLE", 0) == 0) {
      increment(job, out);
      if (token == "INCREMENT_INTEGER_VARIABLE_AND_LOG") trace.push_back("INCREMENT_correct");
    } else if (token == "SET_STRING_DATA") {
      // Into the variable, and into what the task gives out when it says so.
      out.variables.emplace("data", Value::string("String"));
      for (const process::Assignment& one : job.element->outputs) {
        out.variables.emplace(one.source, Value::string("String"));
      }
    } else if (token == "LOG_DATA") {
      bool right = is_data(job, "data");
      for (const process::Assignment& one : job.element->inputs) {
        right = right || is_data(job, one.target);
      }
      if (right) trace.push_back("DATA_correct");
    } else if (token == "THROW_ERROR") {
      out.kind = process::JobResult::Kind::kError;
      out.code = "ERR_CODE";
    } else if (token == "WAIT_TEN_SECONDS" || token.rfind("CREATE_TIMESTAMP_LOG_", 0) == 0) {
      out.kind = process::JobResult::Kind::kLater;
      out.after = kAsynchronous;
      if (token != "WAIT_TEN_SECONDS") intervals.emplace_back(token.back(), now_);
    }
    return out;
  }

  // Whether the work of the two logs ever overlapped.
  bool parallel() const {
    for (const auto& [log, begin] : intervals) {
      for (const auto& [other, start] : intervals) {
        if (log == '1' && other == '2' && begin < start + kAsynchronous &&
            start < begin + kAsynchronous) {
          return true;
        }
      }
    }
    return false;
  }

  Trace trace{};
  bool marker = false;
  std::vector<std::pair<char, Millis>> intervals{};

 private:
  static bool is_data(const process::Job& job, const std::string& name) {
    const auto data = job.variables.find(name);
    return data != job.variables.end() && data->second.is(feel::Kind::kString) &&
           data->second.string() == "String";
  }
  void increment(const process::Job& job, process::JobResult& out) const {
    const auto found = job.variables.find("integerVariable");
    const bool number = found != job.variables.end() && found->second.is(feel::Kind::kNumber);
    const auto now = number ? found->second.number().to_integer() : std::nullopt;
    out.variables.emplace("integerVariable", Value::integer(now.value_or(0) + 1));
  }
  const Millis& now_;
};

class Case {
 public:
  Case(std::string name, const process::Compiled& model, const json::object& wanted)
      : name_(std::move(name)), model_(model), wanted_(wanted) {}

  Trace run() {
    if (!model_.definitions) return {"ERROR_deployment"};
    Millis now = kStart;
    Tokens tokens(now);
    process::Simulation simulation(model_.definitions, tokens, kStart);
    if (find_bool(wanted_, "parallel").value_or(false)) {
      (void)simulation.start("ParallelProcess", variables());
    }
    const auto started = begin(simulation);
    const Millis until = kStart + find_integer(wanted_, "delay").value_or(0);
    // In steps, so that the tokens see the time.
    for (;;) {
      const auto due = simulation.next_due();
      if (!due || (*due > until && !simulation.has_jobs_under_way())) break;
      now = std::max(now, *due);
      simulation.advance(now - simulation.now());
    }
    return trace(simulation, tokens, started);
  }

 private:
  process::Variables variables() const {
    process::Variables out;
    const auto test = find_string(wanted_, "input");
    out.emplace("test", Value::string(test ? std::string(*test) : std::string()));
    out.emplace("integerVariable", Value::integer(find_integer(wanted_, "int").value_or(0)));
    return out;
  }

  // A process without a plain start begins at its events: one that only waits for a message or
  // signal nobody sends is begun by hand.
  std::optional<std::size_t> begin(process::Simulation& simulation) const {
    auto started = simulation.start(name_, variables());
    if (started.ok()) return *started;
    const process::Process* main = model_.definitions->find(name_);
    if (!main || main->starts.empty()) return {};
    const process::Trigger& trigger =
        main->elements[main->starts.front().element].triggers[main->starts.front().trigger];
    if (trigger.kind == process::TriggerKind::kTimer) return {};
    if (trigger.kind == process::TriggerKind::kSignal) {
      simulation.signal(trigger.name, variables());
    } else if (trigger.kind == process::TriggerKind::kMessage) {
      simulation.message(trigger.name, "", variables());
    } else if (trigger.kind == process::TriggerKind::kConditional && trigger.expression) {
      const process::Variables known = variables();
      feel::Evaluation run;
      const Value now = trigger.expression->evaluate(run, [&](const std::string& name) {
        const auto found = known.find(name);
        return found == known.end() ? Value() : found->second;
      });
      const std::string element = main->elements[main->starts.front().element].id;
      auto begun = now.is_true() ? simulation.start(name_, known, element)
                                 : Result<std::size_t>(not_found());
      if (begun.ok()) return *begun;
    }
    return {};
  }

  Trace trace(const process::Simulation& simulation, const Tokens& tokens,
              std::optional<std::size_t> started) const {
    Trace out = tokens.trace;
    if (tokens.marker) out.push_back("MARKER_exists");
    if (tokens.parallel()) out.push_back("EXECUTION_parallel");
    bool incident = false;
    for (const auto& one : simulation.instances()) {
      incident = incident || !one.state.incidents.empty();
    }
    if (started && simulation.instances()[*started].state.status == process::Status::kFailed) {
      out.push_back("ERROR_thrownErrorEvent");
    }
    if (incident && out.empty()) out.push_back("ERROR_runtime");
    return out;
  }

  std::string name_;
  const process::Compiled& model_;
  const json::object& wanted_;
};

bool matches(Trace got, Trace wanted) {
  std::sort(got.begin(), got.end());
  std::sort(wanted.begin(), wanted.end());
  if (got == wanted) return true;
  return wanted == Trace{"ERROR"} &&
         (got == Trace{"ERROR_deployment"} || got == Trace{"ERROR_runtime"});
}

std::string text(const Trace& trace) {
  std::string out = "[";
  for (const std::string& one : trace) out += (out.size() > 1 ? ", " : "") + one;
  return out + "]";
}

bool run_test(const fs::path& folder, const json::object& test, bool verbose) {
  const std::string name(find_string(test, "name").value_or(""));
  const std::string group(find_string(test, "group").value_or(""));
  const std::string xml = read_file(folder / group / (name + ".bpmn"));
  const process::Compiled model = deploy(adapted(xml));
  bool right = true;
  const json::array* cases = find_array(test, "cases");
  for (const json::value& one : cases ? *cases : json::array()) {
    const json::object& wanted = one.as_object();
    Trace expected;
    if (const json::array* list = find_array(wanted, "expect")) {
      for (const json::value& entry : *list) expected.emplace_back(entry.as_string());
    }
    const Trace got = Case(name, model, wanted).run();
    if (matches(got, expected)) continue;
    right = false;
    if (!verbose) continue;
    std::printf("  %s/%s %s: expected %s, got %s\n", group.c_str(), name.c_str(),
                std::string(find_string(wanted, "input").value_or("-")).c_str(),
                text(expected).c_str(), text(got).c_str());
    for (const process::Problem& problem : model.problems) {
      std::printf("    %s at %s\n", problem.code.c_str(), problem.element.c_str());
    }
  }
  return right;
}
}  // namespace

int run_bpmn_execution(int count, char** list) {
  const Arguments arguments = arguments_of(count, list);
  if (!arguments.folder) {
    std::fprintf(stderr, "bpmn-execution: give the folder with cases.json and the models\n");
    return 2;
  }
  const fs::path folder = arguments.folder;
  const auto cases = parse_json(read_file(folder / "cases.json"));
  if (!cases.ok()) {
    std::fprintf(stderr, "bpmn-execution: cases.json: %s\n", cases.error().code.c_str());
    return 2;
  }
  const json::array* tests = cases->if_array();
  if (!tests && cases->is_object()) tests = find_array(cases->as_object(), "tests");
  std::size_t passed = 0;
  std::size_t total = 0;
  for (const json::value& test : tests ? *tests : json::array()) {
    ++total;
    if (run_test(folder, test.as_object(), arguments.verbose)) ++passed;
  }
  return report("bpmn-execution", arguments, passed, total);
}
}  // namespace hougu::conformance
