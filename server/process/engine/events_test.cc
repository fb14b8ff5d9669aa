#include <gtest/gtest.h>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
constexpr const char* kEnds = "<startEvent id='a'/><endEvent id='z'/>";

std::string service(const std::string& id) { return "<serviceTask id='" + id + "'/>"; }

std::string timer(const std::string& text, const char* kind = "timeDuration") {
  const std::string name(kind);
  return "<timerEventDefinition><" + name + ">" + text + "</" + name + "></timerEventDefinition>";
}

TEST(Events, BoundaryTimerInterrupts) {
  Trial trial(process_xml(kEnds + service("t") + service("u") + service("v") +
                              "<boundaryEvent id='b' attachedToRef='t'>" + timer("PT1H") +
                              "</boundaryEvent>",
                          "a > t; t > u; b > v; u > z; v > z"));
  EXPECT_EQ(trial.trace(), "t u");
  Trial late(process_xml(
      kEnds + std::string("<receiveTask id='t' messageRef='m1'/>") + service("u") + service("v") +
          "<boundaryEvent id='b' attachedToRef='t'>" + timer("PT1H") + "</boundaryEvent>",
      "a > t; t > u; b > v; u > z; v > z"));
  late.simulation->advance(3'600'000);
  EXPECT_EQ(late.trace(), "v");
  EXPECT_EQ(late.state().status, Status::kCompleted);
  EXPECT_TRUE(late.state().waits.empty());
}

TEST(Events, BoundaryCycleReminds) {
  Trial trial(process_xml(kEnds + std::string("<receiveTask id='t' messageRef='m1'/>") +
                              service("v") +
                              "<boundaryEvent id='b' attachedToRef='t' cancelActivity='false'>" +
                              timer("R3/PT10M", "timeCycle") + "</boundaryEvent>",
                          "a > t; t > z; b > v"));
  trial.simulation->advance(25 * 60'000);
  EXPECT_EQ(trial.trace(), "v v");
  trial.simulation->advance(60 * 60'000);
  EXPECT_EQ(trial.trace(), "v v v");
  trial.simulation->message("m1", "", {});
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Events, MessagesAreCorrelatedByKey) {
  Trial trial(
      process_xml(kEnds + service("t") +
                      "<intermediateCatchEvent id='c'><messageEventDefinition messageRef='m1' "
                      "h:correlationKey='\"T-\" + string(n)'/></intermediateCatchEvent>",
                  "a > c; c > t; t > z"),
      vars({{"n", 7}}));
  trial.simulation->message("m1", "T-8", {});
  EXPECT_EQ(trial.trace(), "");
  Variables with = vars({{"answer", 42}});
  trial.simulation->message("m1", "T-7", with);
  EXPECT_EQ(trial.trace(), "t");
  EXPECT_EQ(feel::to_text(trial.simulation->instances()[0].results.at("answer")), "42");
}

TEST(Events, CorrelationKeyThatIsNullIsAnIncident) {
  Trial trial(process_xml(kEnds + std::string("<receiveTask id='t' messageRef='m1' "
                                              "h:correlationKey='n'/>"),
                          "a > t; t > z"));
  EXPECT_EQ(trial.incidents(), "bpmn.correlation.null");
}

TEST(Events, ErrorOfAJobIsCaughtByItsCode) {
  const std::string xml = process_xml(
      kEnds + service("t") + service("u") + service("v") + service("w") +
          "<boundaryEvent id='b' attachedToRef='t'><errorEventDefinition errorRef='e1'/>"
          "</boundaryEvent><boundaryEvent id='c' attachedToRef='t'><errorEventDefinition/>"
          "</boundaryEvent>",
      "a > t; t > u; b > v; c > w; u > z; v > z; w > z");
  const auto run = [&](const char* code) {
    Trial trial(process_xml(kEnds, "a > z"));
    Worker worker;
    worker.results["t"] = {JobResult::Kind::kError, {}, code, 0};
    Simulation simulation(compiled(xml).definitions, worker, kMorning);
    EXPECT_TRUE(simulation.start("p", {}).ok());
    return worker.done.back();
  };
  EXPECT_EQ(run("E1"), "v");
  EXPECT_EQ(run("E2"), "w");
}

TEST(Events, UncaughtErrorOfAJobIsAnIncidentAndCanBeRetried) {
  const std::string xml = process_xml(kEnds + service("t"), "a > t; t > z");
  Worker worker;
  worker.results["t"] = {JobResult::Kind::kError, {}, "E9", 0};
  Simulation simulation(compiled(xml).definitions, worker, kMorning);
  ASSERT_TRUE(simulation.start("p", {}).ok());
  const State& state = simulation.instances()[0].state;
  ASSERT_EQ(state.incidents.size(), 1u);
  EXPECT_EQ(state.incidents.begin()->second.code, "bpmn.error.uncaught");
  worker.results.clear();
  ASSERT_TRUE(simulation.send(0, {CommandKind::kRetry, state.incidents.begin()->first}).ok());
  EXPECT_EQ(simulation.instances()[0].state.status, Status::kCompleted);
}

TEST(Events, ErrorEndGoesOutwardsThroughEventSubProcessAndBoundary) {
  const std::string inner =
      "<startEvent id='i'/><endEvent id='e'><errorEventDefinition errorRef='e1'/></endEvent>";
  Trial boundary(
      process_xml(kEnds + service("v") + "<subProcess id='s'>" + inner + flows_xml("i > e", 50) +
                      "</subProcess><boundaryEvent id='b' attachedToRef='s'><errorEventDefinition "
                      "errorRef='e1'/></boundaryEvent>",
                  "a > s; s > z; b > v; v > z"));
  EXPECT_EQ(boundary.trace(), "v");
  Trial top(
      process_xml("<startEvent id='a'/><endEvent id='e'><errorEventDefinition "
                  "errorRef='e2'/></endEvent>",
                  "a > e"));
  EXPECT_EQ(top.state().status, Status::kFailed);
  EXPECT_EQ(top.state().error, "E2");
}

TEST(Events, EscalationBesideLeavesTheRestAlone) {
  Trial trial(
      process_xml(kEnds + service("v") +
                      "<subProcess id='s'><startEvent id='i'/><intermediateThrowEvent id='x'>"
                      "<escalationEventDefinition escalationRef='x1'/></intermediateThrowEvent>"
                      "<serviceTask id='t'/><endEvent id='e'/>" +
                      flows_xml("i > x; x > t; t > e", 50) +
                      "</subProcess><boundaryEvent id='b' attachedToRef='s' cancelActivity='false'>"
                      "<escalationEventDefinition escalationRef='x1'/></boundaryEvent>",
                  "a > s; s > z; b > v; v > z"));
  EXPECT_EQ(trial.state().status, Status::kCompleted);
  EXPECT_EQ(trial.worker.done.size(), 2u);
}

TEST(Events, SignalReachesEveryInstance) {
  const std::string xml = definitions(
      "<process id='p' isExecutable='true'><startEvent id='a'/><intermediateThrowEvent id='x'>"
      "<signalEventDefinition signalRef='s1'/></intermediateThrowEvent><endEvent id='z'/>" +
      flows_xml("a > x; x > z", 1) +
      "</process><process id='q' isExecutable='true'><startEvent id='qa'><signalEventDefinition "
      "signalRef='s1'/></startEvent><serviceTask id='qt'/><endEvent id='qz'/>" +
      flows_xml("qa > qt; qt > qz", 20) + "</process>");
  Trial trial(xml);
  EXPECT_EQ(trial.trace(), "qt");
  EXPECT_EQ(trial.simulation->instances().size(), 2u);
}

TEST(Events, ConditionFiresWhenDataBecomesRight) {
  Trial trial(process_xml(
      kEnds + service("t") +
          "<intermediateCatchEvent id='c'><conditionalEventDefinition><condition>x > 3</condition>"
          "</conditionalEventDefinition></intermediateCatchEvent>",
      "a > c; c > t; t > z"));
  EXPECT_EQ(trial.trace(), "");
  Command set{CommandKind::kSet};
  set.variables = vars({{"x", 4}});
  ASSERT_TRUE(trial.simulation->send(0, set).ok());
  EXPECT_EQ(trial.trace(), "t");
}

TEST(Events, ParallelMultipleNeedsAll) {
  Trial trial(process_xml(
      kEnds + service("t") +
          "<intermediateCatchEvent id='c' parallelMultiple='true'><signalEventDefinition "
          "signalRef='s1'/><signalEventDefinition signalRef='s2'/></intermediateCatchEvent>",
      "a > c; c > t; t > z"));
  trial.simulation->signal("s1", {});
  trial.simulation->signal("s1", {});
  EXPECT_EQ(trial.trace(), "");
  trial.simulation->signal("s2", {});
  EXPECT_EQ(trial.trace(), "t");
}

TEST(Events, LinksLeadOn) {
  Trial trial(process_xml(
      kEnds + service("t") +
          "<intermediateThrowEvent id='l'><linkEventDefinition name='x'/></intermediateThrowEvent>"
          "<intermediateCatchEvent id='k'><linkEventDefinition name='x'/></intermediateCatchEvent>",
      "a > l; k > t; t > z"));
  EXPECT_EQ(trial.trace(), "t");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Events, TerminateEndsTheScopeOnly) {
  Trial trial(process_xml(
      kEnds + service("v") +
          "<subProcess id='s'><startEvent id='i'/><parallelGateway id='g'/><receiveTask id='r' "
          "messageRef='m1'/><endEvent id='e'><terminateEventDefinition/></endEvent>" +
          flows_xml("i > g; g > r; g > e; r > e", 50) + "</subProcess>",
      "a > s; s > v; v > z"));
  EXPECT_EQ(trial.trace(), "v");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Events, AWaitThatIsGoneIsRefusedOnce) {
  Trial trial(process_xml(kEnds + std::string("<intermediateCatchEvent id='c'>") + timer("PT1H") +
                              "</intermediateCatchEvent><userTask id='t'/>",
                          "a > c; c > t; t > z"));
  const Key wait = trial.state().waits.begin()->first;
  trial.worker.results["t"].kind = JobResult::Kind::kNever;
  ASSERT_TRUE(trial.simulation->send(0, {CommandKind::kWake, wait}).ok());
  const std::string before = write_state(trial.state());
  const auto again = trial.simulation->send(0, {CommandKind::kWake, wait});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().code, "bpmn.command.gone");
  EXPECT_EQ(write_state(trial.state()), before);
}
}  // namespace
}  // namespace hougu::process
