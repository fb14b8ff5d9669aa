#include <gtest/gtest.h>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
std::string tasks(std::initializer_list<const char*> ids) {
  std::string out = "<startEvent id='a'/><endEvent id='z'/>";
  for (const char* id : ids) out += "<serviceTask id='" + std::string(id) + "'/>";
  return out;
}

TEST(Gateways, ExclusiveTakesTheFirstThatIsOpen) {
  const std::string xml =
      process_xml(tasks({"t", "u", "v"}) + "<exclusiveGateway id='g' default='f4'/>",
                  "a > g; g > t : x > 10; g > u : x > 5; g > v; t > z; u > z; v > z");
  EXPECT_EQ(Trial(xml, vars({{"x", 20}})).trace(), "t");
  EXPECT_EQ(Trial(xml, vars({{"x", 7}})).trace(), "u");
  EXPECT_EQ(Trial(xml, vars({{"x", 1}})).trace(), "v");
  EXPECT_EQ(Trial(xml).trace(), "v");  // x is null: neither true nor false
}

TEST(Gateways, NoOpenFlowIsAnIncidentThatCanBeMended) {
  Trial trial(
      process_xml(tasks({"t"}) + "<exclusiveGateway id='g'/>", "a > g; g > t : ok = true; t > z"));
  EXPECT_EQ(trial.trace(), "");
  EXPECT_EQ(trial.incidents(), "bpmn.flow.none");
  Command set{CommandKind::kSet};
  set.variables.emplace("ok", feel::Value::boolean(true));
  ASSERT_TRUE(trial.simulation->send(0, set).ok());
  const Key incident = trial.state().incidents.begin()->first;
  ASSERT_TRUE(trial.simulation->send(0, {CommandKind::kRetry, incident}).ok());
  EXPECT_EQ(trial.trace(), "t");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
  EXPECT_TRUE(trial.state().incidents.empty());
}

TEST(Gateways, ConditionThatGivesNullSaysSo) {
  Trial trial(
      process_xml(tasks({"t"}) + "<exclusiveGateway id='g'/>", "a > g; g > t : amount > 5; t > z"));
  EXPECT_EQ(trial.incidents(), "bpmn.flow.null");
  EXPECT_NE(trial.state().incidents.begin()->second.params.at("flows").find("f2"),
            std::string::npos);
}

TEST(Gateways, ParallelWaitsForAll) {
  Trial trial(
      process_xml(tasks({"t", "u", "v"}) + "<parallelGateway id='g'/><parallelGateway id='h'/>",
                  "a > g; g > t; g > u; t > h; u > h; h > v; v > z"));
  EXPECT_EQ(trial.trace(), "t u v");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Gateways, AJoinThatCanNeverBeReachedIsAnIncident) {
  Trial trial(
      process_xml(tasks({"t", "u", "v"}) + "<exclusiveGateway id='g'/><parallelGateway id='h'/>",
                  "a > g; g > t : true; g > u : true; t > h; u > h; h > v; v > z"));
  EXPECT_EQ(trial.trace(), "t");
  EXPECT_EQ(trial.incidents(), "bpmn.stuck");
  // Mended by bringing the other branch along.
  const Key scope = trial.state().nodes.begin()->first;
  Command other{CommandKind::kActivate, scope, "u"};
  ASSERT_TRUE(trial.simulation->send(0, other).ok());
  EXPECT_EQ(trial.trace(), "t u v");
}

constexpr const char* kInclusive =
    "a > g; g > t : x > 1; g > u : x > 2; g > v; t > h; u > h; v > h; h > w; w > z";

TEST(Gateways, InclusiveJoinWaitsOnlyForWhatMayCome) {
  const std::string xml = process_xml(tasks({"t", "u", "v", "w"}) +
                                          "<inclusiveGateway id='g' default='f4'/>"
                                          "<inclusiveGateway id='h'/>",
                                      kInclusive);
  EXPECT_EQ(Trial(xml, vars({{"x", 2}})).trace(), "t w");
  EXPECT_EQ(Trial(xml, vars({{"x", 3}})).trace(), "t u w");
  EXPECT_EQ(Trial(xml, vars({{"x", 0}})).trace(), "v w");
}

TEST(Gateways, InclusiveJoinInALoop) {
  // One branch goes round twice before it comes to the join.
  Trial trial(
      process_xml(
          tasks({"t", "u", "w"}) +
              "<parallelGateway id='g'/><exclusiveGateway id='m'/><exclusiveGateway id='e' "
              "default='f6'/><inclusiveGateway id='h'/>"
              "<scriptTask id='c'><script>{n: n + 1}</script></scriptTask>",
          "a > g; g > u; g > m; m > c; c > t; e > h; e > m : n < 3; t > e; u > h; h > w; w > z"),
      vars({{"n", 0}}));
  EXPECT_EQ(trial.trace(), "u t t t w");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Gateways, InclusiveJoinWaitsForABoundaryEventToo) {
  Trial trial(process_xml(
      tasks({"w"}) +
          "<parallelGateway id='g'/><inclusiveGateway id='h'/><receiveTask id='t' messageRef='m1'/>"
          "<boundaryEvent id='b' attachedToRef='t' cancelActivity='false'><timerEventDefinition>"
          "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>",
      "a > g; g > h; g > t; b > h; t > z; h > w; w > z"));
  EXPECT_EQ(trial.trace(), "");  // the timer may still bring a token
  trial.simulation->message("m1", "", {});
  EXPECT_EQ(trial.trace(), "w");  // now nothing can come any more
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Gateways, ComplexGatewayGoesOnAtTheFirstOfThree) {
  Trial trial(
      process_xml(tasks({"t", "u", "v", "w"}) +
                      "<parallelGateway id='g'/><complexGateway id='h'><activationCondition>"
                      "activationCount >= 2</activationCondition></complexGateway>",
                  "a > g; g > t; g > u; g > v; t > h; u > h; v > h; h > w; w > z"));
  EXPECT_EQ(trial.trace(), "t u v w");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Gateways, EventGatewayTakesWhatComesFirst) {
  const std::string xml = process_xml(
      tasks({"t", "u"}) +
          "<eventBasedGateway id='g'/><intermediateCatchEvent id='c'><messageEventDefinition "
          "messageRef='m1'/></intermediateCatchEvent><intermediateCatchEvent id='d'>"
          "<timerEventDefinition><timeDuration>PT5S</timeDuration></timerEventDefinition>"
          "</intermediateCatchEvent>",
      "a > g; g > c; g > d; c > t; d > u; t > z; u > z");
  Trial message(xml);
  EXPECT_EQ(message.state().waits.size(), 2u);
  message.simulation->message("m1", "", {});
  EXPECT_EQ(message.trace(), "t");
  message.simulation->advance(10'000);
  EXPECT_EQ(message.trace(), "t");
  Trial timer(xml);
  timer.simulation->advance(4'999);
  EXPECT_EQ(timer.trace(), "");
  timer.simulation->advance(1);
  EXPECT_EQ(timer.trace(), "u");
  EXPECT_EQ(timer.state().status, Status::kCompleted);
}

TEST(Gateways, AnEndlessLoopStopsAsAnIncident) {
  Trial trial(process_xml("<startEvent id='a'/><task id='t'/><exclusiveGateway id='m'/>",
                          "a > m; m > t; t > m"));
  EXPECT_EQ(trial.incidents(), "bpmn.too_many_steps");
  ASSERT_TRUE(trial.simulation->send(0, {CommandKind::kCancel}).ok());
  EXPECT_EQ(trial.state().status, Status::kCancelled);
}
}  // namespace
}  // namespace hougu::process
