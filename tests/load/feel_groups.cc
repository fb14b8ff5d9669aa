// bin/bench feel: FEEL beside the npm interpreter, and a large decision table.
#include <time.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "base/json.h"
#include "dmn/engine.h"
#include "feel/expression.h"
#include "load/groups.h"

namespace hougu::load {
namespace {
using feel::Value;
constexpr int kRuns = 5;
constexpr double kSeconds = 0.3;

struct Case {
  const char* name;
  const char* source;
};
// Dates and texts as an after-sales desk has them; the numbers need more digits than a double has.
constexpr Case kCases[] = {
    {"simple_condition", R"(priority = "high" and region in ("华东","华南") and amount > 1000)"},
    {"decimal",
     "amount * 1.13 + freight / 3 - 12345678901234567890.12345678901234 * 0.0000000000000000007"},
    {"string",
     R"(if contains(subject, "不制冷") then upper case(substring(serial, 1, 4)) + "-" + substring after(subject, "空调") else subject)"},
    {"regex", R"(matches(serial, "^[a-z]{2}\d+-\d{7}$") and replace(serial, "-.*$", "") = "qh99")"},
    {"date",
     R"(date(reported) + duration("P7D") < date("2026-03-01") and date("2026-03-01") - date(reported) > duration("P3D"))"},
};

json::object fields() {
  return {{"priority", "high"},
          {"region", "华南"},
          {"amount", 1250},
          {"freight", 17},
          {"subject", "空调不制冷"},
          {"serial", "qh99-1000123"},
          {"reported", "2026-02-11"},
          {"customer level", "gold"},
          {"product line", "air"},
          {"outlet", "杭州"},
          {"warranty until", "2027-01-01"},
          {"visits", 2}};
}

struct Prepared {
  feel::Environment environment{};
  std::vector<Value> values{};
};

Prepared prepare() {
  Prepared out;
  for (const auto& field : fields()) {
    const bool text = field.value().is_string();
    out.environment.add(field.key(),
                        feel::basic_type(text ? feel::TypeKind::kString : feel::TypeKind::kNumber));
    out.values.push_back(text ? Value::string(std::string(field.value().as_string()))
                              : Value::integer(field.value().as_int64()));
  }
  return out;
}

// Of this thread alone, whatever else the machine does; the rival is measured so too.
double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// Calls a second, on one core.
double rate(const std::function<void()>& once) {
  std::vector<double> rates;
  for (int run = 0; run < kRuns; ++run) {
    const double began = cpu_seconds();
    std::uint64_t count = 0;
    double seconds = 0;
    do {
      for (int i = 0; i < 64; ++i) once();
      count += 64;
      seconds = cpu_seconds() - began;
    } while (seconds < kSeconds);
    rates.push_back(static_cast<double>(count) / seconds);
  }
  return median(rates);
}

json::array ask_rival(const Bench& bench) {
  json::array cases;
  for (const Case& one : kCases) {
    cases.push_back(json::object{{"expression", one.source}, {"context", fields()}});
  }
  const std::string asked = bench.folder + "/feel_cases.json";
  std::ofstream(asked) << json::serialize(cases);
  const std::string command = ".tools/node/bin/node tests/load/feel_rival.mjs <" + asked;
  std::string answer;
  if (FILE* pipe = popen(command.c_str(), "r"); pipe != nullptr) {
    char buffer[4096];
    for (std::size_t n = 0; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) {
      answer.append(buffer, n);
    }
    pclose(pipe);
  }
  const auto parsed = parse_json(answer);
  if (!parsed.ok() || !parsed->is_array() || parsed->as_array().size() != std::size(kCases)) {
    std::fprintf(stderr, "hougu_load: the npm interpreter gave no answer\n");
    std::exit(1);
  }
  return parsed->as_array();
}

// The same result, numbers as far as a double goes.
void expect_alike(const Case& one, const std::string& ours, const std::string& theirs) {
  const double a = std::atof(ours.c_str());
  const double b = std::atof(theirs.c_str());
  if (ours == theirs || (a != 0 && std::abs(a - b) < 1e-9 * std::abs(a))) return;
  std::fprintf(stderr, "hougu_load: %s: %s here, %s there\n", one.name, ours.c_str(),
               theirs.c_str());
  std::exit(1);
}

void bench_expressions(Bench& bench) {
  const Prepared prepared = prepare();
  const json::array rival = ask_rival(bench);
  for (std::size_t i = 0; i < std::size(kCases); ++i) {
    const Case& one = kCases[i];
    const auto compiled = feel::compile(one.source, prepared.environment);
    if (!compiled.ok()) {
      std::fprintf(stderr, "hougu_load: %s: %s\n", one.name, compiled.error().code.c_str());
      std::exit(1);
    }
    feel::Evaluation first;
    expect_alike(one, to_text((*compiled)->evaluate(first, prepared.values)),
                 std::string(rival[i].at("value").as_string()));
    const double theirs = rival[i].at("rate").to_number<double>();
    const double ours = rate([&] {
      feel::Evaluation run;
      const Value out = (*compiled)->evaluate(run, prepared.values);
      if (out.is_null()) std::abort();
    });
    const double compiling = rate([&] {
      const auto made = feel::compile(one.source, prepared.environment);
      feel::Evaluation run;
      const Value out = (*made)->evaluate(run, prepared.values);
      if (out.is_null()) std::abort();
    });
    const std::string name = std::string("feel_") + one.name;
    if (i == 0) {
      bench.figures.add({"feel", name, ours, "/s", theirs, 3'000'000});
    } else {
      bench.figures.add({"feel", name + "_ratio", ours / theirs, "x", 0, 30});
      bench.figures.add({"feel", name, ours, "/s", theirs});
    }
    // As the rival works: from the source each time.
    bench.figures.add({"feel", name + "_from_source", compiling, "/s", theirs});
  }
  const double compiles = rate([&] {
    if (!feel::compile(kCases[0].source, prepared.environment).ok()) std::abort();
  });
  bench.figures.add({"feel", "feel_compile_us", 1e6 / compiles, "µs", 0, 20, true});
}

constexpr int kRules = 1000;
constexpr const char* kInputs[] = {"product", "region", "level", "amount", "age", "urgency"};

std::string text_element(const std::string& text) { return "<text>" + text + "</text>"; }

// Teams by product line, region, customer level, amount, age of the device and urgency: every cell
// says something, most texts occur in few rules.
std::string table_model() {
  std::string out =
      R"(<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m" namespace="urn:m">)";
  for (const char* input : kInputs) {
    const bool number = input == kInputs[3] || input == kInputs[4];
    out += std::string("<inputData id=\"") + input + "\" name=\"" + input + "\"><variable name=\"" +
           input + "\" typeRef=\"" + (number ? "number" : "string") + "\"/></inputData>";
  }
  out += R"(<decision id="team" name="team"><variable name="team" typeRef="string"/>)";
  for (const char* input : kInputs) {
    out += std::string("<informationRequirement><requiredInput href=\"#") + input +
           "\"/></informationRequirement>";
  }
  out += R"(<decisionTable id="t" hitPolicy="FIRST">)";
  for (const char* input : kInputs) {
    out += std::string("<input><inputExpression>") + text_element(input) +
           "</inputExpression></input>";
  }
  out += R"(<output name="team"/>)";
  for (int r = 0; r < kRules; ++r) {
    const auto cell = [&](const std::string& text) {
      out += "<inputEntry>" + text_element(text) + "</inputEntry>";
    };
    out += "<rule>";
    cell("\"product " + std::to_string(r % 50) + "\"");
    cell("\"region " + std::to_string(r % 31) + "\", \"region " + std::to_string((r + 7) % 31) +
         "\"");
    cell(r % 3 == 0 ? "not(\"blue\")" : "\"level " + std::to_string(r % 4) + "\"");
    cell("[" + std::to_string(r * 10) + ".." + std::to_string(r * 10 + 500) + ")");
    cell((r % 2 == 0 ? "&gt;= " : "&lt; ") + std::to_string(12 + r % 48));
    cell("\"urgency " + std::to_string(r % 5) + "\"");
    out += "<outputEntry>" + text_element("\"team " + std::to_string(r) + "\"") +
           "</outputEntry></rule>";
  }
  return out + "</decisionTable></decision></definitions>";
}

Value table_inputs(int r) {
  return Value::context({{"product", Value::string("product " + std::to_string(r % 50))},
                         {"region", Value::string("region " + std::to_string(r % 31))},
                         {"level", Value::string("level " + std::to_string(r % 4))},
                         {"amount", Value::integer(r * 10 + 3)},
                         {"age", Value::integer(r % 2 == 0 ? 100 : 1)},
                         {"urgency", Value::string("urgency " + std::to_string(r % 5))}});
}

dmn::EnginePtr table_engine(const std::string& xml) {
  const auto model = dmn::Model::read(xml);
  auto engine = model.ok() ? dmn::Engine::compile(*model) : Result<dmn::EnginePtr>(model.error());
  if (!engine.ok() || !(*engine)->problems().empty()) {
    std::fprintf(stderr, "hougu_load: the table doesn't compile\n");
    std::exit(1);
  }
  return *engine;
}

void bench_table(Bench& bench) {
  const std::string xml = table_model();
  const dmn::EnginePtr engine = table_engine(xml);
  std::vector<Value> inputs;
  for (int r = 0; r < kRules; ++r) inputs.push_back(table_inputs(r));
  std::size_t next = 0;
  const double decisions = rate([&] {
    feel::Evaluation run;
    const auto out = engine->decide("team", inputs[next++ % inputs.size()], run);
    if (!out.ok() || out->is_null()) std::abort();
  });
  bench.figures.add({"feel", "dmn_table_1000x6_us", 1e6 / decisions, "µs", 0, 20, true});
  // From the XML's text.
  const double compiles = rate([&] { table_engine(xml); });
  bench.figures.add({"feel", "dmn_table_compile_ms", 1e3 / compiles, "ms", 0, 20, true});
}
}  // namespace

void bench_feel(Bench& bench) {
  bench_expressions(bench);
  bench_table(bench);
}
}  // namespace hougu::load
