// Random processes on random paths. After every event the state is written and read again, and must
// come out as the one that was never interrupted; the same commands must give the same events; and
// an instance that is active always has something that can move it, or says why not.
#include <gtest/gtest.h>

#include "base/id.h"
#include "process/process_test_support.h"
#include "process/state/apply.h"

namespace hougu::process {
namespace {

// Block-structured processes; each block has one entry and one exit.
class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  std::string process() {
    const Scope scope = this->scope(4);
    return definitions("<process id='p' isExecutable='true'>" + scope.xml + "</process>");
  }

 private:
  struct Block {
    std::string first;
    std::string last;
  };
  struct Scope {
    std::string xml{};
    int depth = 0;
  };

  std::uint64_t below(std::uint64_t bound) { return random_.below(bound); }
  std::string id(const char* kind) { return kind + std::to_string(++count_); }
  std::string number(std::uint64_t bound) { return std::to_string(below(bound)); }

  Scope scope(int depth) {
    Scope out;
    out.depth = depth;
    const std::string start = id("start");
    const std::string end = id("end");
    out.xml += "<startEvent id='" + start + "'/><endEvent id='" + end + "'/>";
    const Block inside = block(out, depth);
    flow(out, start, inside.first);
    flow(out, inside.last, end);
    if (below(3) == 0) event_sub_process(out);
    return out;
  }

  void flow(Scope& scope, const std::string& from, const std::string& to,
            const std::string& condition = {}) {
    scope.xml +=
        "<sequenceFlow id='" + id("flow") + "' sourceRef='" + from + "' targetRef='" + to + "'>";
    if (!condition.empty()) {
      scope.xml += "<conditionExpression>" + condition + "</conditionExpression>";
    }
    scope.xml += "</sequenceFlow>";
  }

  std::string leaf(Scope& scope, const std::string& kind, const std::string& attributes,
                   const std::string& inside) {
    const std::string name = id("n");
    scope.xml += "<" + kind + " id='" + name + "' " + attributes + ">" + inside + "</" + kind + ">";
    return name;
  }

  std::string trigger() {
    switch (below(4)) {
      case 0:
        return "<messageEventDefinition messageRef='m1'/>";
      case 1:
        return "<signalEventDefinition signalRef='s1'/>";
      case 2:
        return "<timerEventDefinition><timeCycle>R3/PT5S</timeCycle></timerEventDefinition>";
      default:
        return "<conditionalEventDefinition><condition>x > " + number(9) +
               "</condition></conditionalEventDefinition>";
    }
  }

  void event_sub_process(Scope& scope) {
    const std::string start = id("start");
    const std::string end = id("end");
    const std::string task = id("n");
    const bool error = below(3) == 0;
    const std::string inside = error ? "<errorEventDefinition/>" : trigger();
    scope.xml += "<subProcess id='" + id("n") + "' triggeredByEvent='true'><startEvent id='" +
                 start + "' isInterrupting='" + (error || below(2) == 0 ? "true" : "false") + "'>" +
                 inside + "</startEvent><serviceTask id='" + task + "'/><endEvent id='" + end +
                 "'/>";
    flow(scope, start, task);
    flow(scope, task, end);
    scope.xml += "</subProcess>";
  }

  Block sequence(Scope& scope, int depth) {
    Block out = block(scope, depth - 1);
    for (std::uint64_t i = below(3); i > 0; --i) {
      const Block more = block(scope, depth - 1);
      flow(scope, out.last, more.first);
      out.last = more.last;
    }
    return out;
  }

  Block gateway(Scope& scope, int depth, const std::string& kind, bool conditions) {
    const std::string split = id("n");
    const std::string join = leaf(scope, kind, "", "");
    const std::string standard = id("flow");
    scope.xml += "<" + kind + " id='" + split + "'" +
                 (conditions ? " default='" + standard + "'" : std::string()) + "/>";
    const Block first = block(scope, depth - 1);
    scope.xml += "<sequenceFlow id='" + standard + "' sourceRef='" + split + "' targetRef='" +
                 first.first + "'/>";
    flow(scope, first.last, join);
    for (std::uint64_t i = 1 + below(2); i > 0; --i) {
      const Block more = block(scope, depth - 1);
      flow(scope, split, more.first, conditions ? "x > " + number(9) : "");
      flow(scope, more.last, join);
    }
    return {split, join};
  }

  Block loop(Scope& scope, int depth) {
    const std::string back = id("flow");
    const std::string merge = leaf(scope, "exclusiveGateway", "", "");
    const std::string out = id("n");
    scope.xml += "<exclusiveGateway id='" + out + "' default='" + back + "'/>";
    const Block inside = block(scope, depth - 1);
    const std::string turn = leaf(scope, "scriptTask", "",
                                  "<script>{n: (if n = null then 0 else n)"
                                  " + 1}</script>");
    flow(scope, merge, inside.first);
    flow(scope, inside.last, turn);
    flow(scope, turn, out);
    flow(scope, out, merge, "modulo(n, 3) != 0");
    const std::string end = leaf(scope, "task", "", "");
    scope.xml +=
        "<sequenceFlow id='" + back + "' sourceRef='" + out + "' targetRef='" + end + "'/>";
    return {merge, end};
  }

  Block sub_process(Scope& around, int depth) {
    const std::string name = id("n");
    const Scope inside = scope(depth - 1);
    const bool repeats = below(4) == 0;
    around.xml += "<subProcess id='" + name + "'>" +
                  (repeats ? "<multiInstanceLoopCharacteristics isSequential='" +
                                 std::string(below(2) == 0 ? "true" : "false") +
                                 "'><loopCardinality>2</loopCardinality>"
                                 "</multiInstanceLoopCharacteristics>"
                           : std::string()) +
                  inside.xml + "</subProcess>";
    const std::string end = leaf(around, "exclusiveGateway", "", "");
    flow(around, name, end);
    for (std::uint64_t i = below(3); i > 0; --i) {
      const std::string boundary = id("n");
      const bool error = below(3) == 0;
      around.xml += "<boundaryEvent id='" + boundary + "' attachedToRef='" + name +
                    "' cancelActivity='" + (error || below(2) == 0 ? "true" : "false") + "'>" +
                    (error ? "<errorEventDefinition/>" : trigger()) + "</boundaryEvent>";
      flow(around, boundary, end);
    }
    return {name, end};
  }

  Block block(Scope& scope, int depth) {
    if (depth <= 0) {
      const std::string one = simple(scope);
      return {one, one};
    }
    switch (below(8)) {
      case 0:
        return gateway(scope, depth, "exclusiveGateway", true);
      case 1:
        return gateway(scope, depth, "parallelGateway", false);
      case 2:
        return gateway(scope, depth, "inclusiveGateway", true);
      case 3:
        return loop(scope, depth);
      case 4:
        return sub_process(scope, depth);
      default:
        return sequence(scope, depth);
    }
  }

  std::string simple(Scope& scope) {
    switch (below(8)) {
      case 0:
        return leaf(scope, "intermediateCatchEvent", "", trigger());
      case 1:
        return leaf(scope, "intermediateThrowEvent", "", "<signalEventDefinition signalRef='s1'/>");
      case 2:
        return leaf(scope, "scriptTask", "", "<script>{x: " + number(12) + "}</script>");
      case 3:
        return leaf(scope, "serviceTask", "",
                    "<multiInstanceLoopCharacteristics>"
                    "<loopCardinality>x</loopCardinality>"
                    "</multiInstanceLoopCharacteristics>");
      case 4:
        return leaf(scope, "receiveTask", "messageRef='m1'", "");
      default:
        return leaf(scope, "userTask", "", "");
    }
  }

  SeededRandom random_;
  int count_ = 0;
};

class Walk {
 public:
  Walk(const Process& process, std::uint64_t seed) : process_(process), random_(seed) {}

  void run(int commands) {
    Command start{CommandKind::kStart};
    start.variables = vars({{"x", 3}});
    send(start);
    for (int i = 0; i < commands && state_.status == Status::kActive; ++i) {
      if (testing::Test::HasFailure()) return;
      const auto command = next();
      if (!command || state_.nodes.size() > 60) break;  // each event costs a whole state
      send(*command);
    }
  }
  std::size_t events() const { return events_; }
  bool finished() const { return state_.status != Status::kActive; }

 private:
  std::optional<Command> next() {
    std::vector<Command> possible;
    for (const auto& [key, node] : state_.nodes) {
      if (node.work.empty()) continue;
      for (int i = 0; i < 8; ++i) possible.push_back({CommandKind::kComplete, key});
      possible.push_back({CommandKind::kThrow, key, {}, {}, "E1"});
      possible.push_back({CommandKind::kFail, key});
      possible.push_back({CommandKind::kCancelNode, key});
    }
    for (const auto& [key, wait] : state_.waits) {
      possible.push_back({CommandKind::kWake, key});
      possible.push_back({CommandKind::kWake, key});
    }
    for (const auto& [key, incident] : state_.incidents) {
      possible.push_back({CommandKind::kRetry, key});
    }
    if (possible.empty()) return {};
    possible.push_back({CommandKind::kSignal, 0, {}, "s1"});
    Command set{CommandKind::kSet};
    set.variables = vars({{"x", static_cast<std::int64_t>(random_.below(12))}});
    possible.push_back(set);
    return possible[random_.below(possible.size())];
  }

  void send(const Command& command) {
    now_ += static_cast<Millis>(random_.below(5'000));
    Surroundings around;
    around.now = now_;
    around.max_steps = 200;
    const std::string before = write_state(state_);
    State again = read(before);
    State shadow = read(before);
    const auto events = handle(process_, state_, command, around);
    if (!events.ok()) {
      EXPECT_EQ(write_state(state_), before);
      return;
    }
    const auto repeated = handle(process_, again, command, around);
    ASSERT_TRUE(repeated.ok());
    ASSERT_EQ(repeated->size(), events->size());
    for (std::size_t i = 0; i < events->size(); ++i) {
      EXPECT_EQ(json::serialize(event_json(process_, (*events)[i])),
                json::serialize(event_json(process_, (*repeated)[i])));
      apply(process_, shadow, (*events)[i]);
      shadow = read(write_state(shadow));
    }
    EXPECT_EQ(write_state(shadow), write_state(state_));
    events_ += events->size();
    check();
  }

  static State read(const std::string& text) {
    auto state = read_state(text);
    EXPECT_TRUE(state.ok());
    EXPECT_EQ(write_state(*state), text);
    return std::move(state).value();
  }

  void check() const {
    if (state_.status != Status::kActive) {
      EXPECT_TRUE(state_.nodes.empty() && state_.waits.empty() && state_.incidents.empty());
      return;
    }
    std::map<Key, std::uint32_t> children;
    bool moves = !state_.waits.empty() || !state_.incidents.empty();
    for (const auto& [key, node] : state_.nodes) {
      if (node.parent != 0) {
        EXPECT_NE(state_.find(node.parent), nullptr);
        ++children[node.parent];
      }
      moves = moves || !node.work.empty();
    }
    for (const auto& [key, node] : state_.nodes) EXPECT_EQ(node.children, children[key]);
    for (const auto& [key, wait] : state_.waits) EXPECT_NE(state_.find(wait.node), nullptr);
    for (const auto& [key, one] : state_.incidents) EXPECT_NE(state_.find(one.node), nullptr);
    EXPECT_TRUE(moves) << "stuck without a word: " << write_state(state_);
    const bool halted =
        std::any_of(state_.incidents.begin(), state_.incidents.end(),
                    [](const auto& one) { return one.second.code == "bpmn.too_many_steps"; });
    EXPECT_TRUE(state_.todo.empty() || halted);
  }

  const Process& process_;
  SeededRandom random_;
  State state_{};
  Millis now_ = kMorning;
  std::size_t events_ = 0;
};

TEST(Replay, RandomProcessesSurviveARestartAfterEveryEvent) {
  std::size_t events = 0;
  std::size_t finished = 0;
  for (std::uint64_t seed = 1; seed <= 40 && !HasFailure(); ++seed) {
    const Compiled model = compiled(Maker(seed).process());
    for (const Problem& problem : model.problems) {
      EXPECT_TRUE(problem.warning) << seed << " " << problem.code << " " << problem.element;
    }
    if (!model.definitions) continue;
    for (std::uint64_t path = 0; path < 3; ++path) {
      SCOPED_TRACE("seed " + std::to_string(seed) + " path " + std::to_string(path));
      Walk walk(*model.definitions->processes[0], seed * 100 + path);
      walk.run(40);
      events += walk.events();
      finished += walk.finished() ? 1 : 0;
    }
  }
  EXPECT_GT(events, 5'000u);
  EXPECT_GT(finished, 10u);
}
}  // namespace
}  // namespace hougu::process
