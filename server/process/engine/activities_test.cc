#include <gtest/gtest.h>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
constexpr const char* kEnds = "<startEvent id='a'/><endEvent id='z'/>";

std::string result(const Trial& trial, const char* name) {
  const Variables& results = trial.simulation->instances()[0].results;
  const auto found = results.find(name);
  return found == results.end() ? "absent" : feel::to_text(found->second);
}

TEST(Activities, ScriptsAreFeel) {
  Trial trial(process_xml(kEnds + std::string("<scriptTask id='t' h:resultVariable='total'><script>"
                                              "price * 2</script></scriptTask>"),
                          "a > t; t > z"),
              vars({{"price", 21}}));
  EXPECT_EQ(result(trial, "total"), "42");
}

TEST(Activities, StandardLoop) {
  const auto run = [](const std::string& attributes, std::int64_t n) {
    Trial trial(
        process_xml(kEnds + ("<scriptTask id='t'><standardLoopCharacteristics " + attributes +
                             "><loopCondition>n &lt; 3</loopCondition>"
                             "</standardLoopCharacteristics><script>{n: n + 1}</script>"
                             "</scriptTask>"),
                    "a > t; t > z"),
        vars({{"n", n}}));
    return result(trial, "n");
  };
  EXPECT_EQ(run("", 0), "3");
  EXPECT_EQ(run("", 5), "6");
  EXPECT_EQ(run("testBefore='true'", 5), "5");
  EXPECT_EQ(run("loopMaximum='2'", 0), "2");
}

TEST(Activities, MultiInstanceCollectsItsResults) {
  for (const char* sequential : {"true", "false"}) {
    Trial trial(process_xml(
        kEnds + ("<scriptTask id='t' h:resultVariable='square'><multiInstanceLoopCharacteristics "
                 "isSequential='" +
                 std::string(sequential) +
                 "' h:collection='[3, 1, 2]' h:elementVariable='x' h:outputCollection='all' "
                 "h:outputElement='square'/><script>x * x + loopCounter</script></scriptTask>"),
        "a > t; t > z"));
    EXPECT_EQ(result(trial, "all"), "[10, 3, 7]") << sequential;
    EXPECT_EQ(result(trial, "square"), "absent");
  }
}

TEST(Activities, MultiInstanceStopsWhenItsConditionHolds) {
  Trial trial(process_xml(
      kEnds +
          std::string("<serviceTask id='t'><multiInstanceLoopCharacteristics isSequential='true'>"
                      "<loopCardinality>5</loopCardinality><completionCondition>"
                      "numberOfCompletedInstances >= 2</completionCondition>"
                      "</multiInstanceLoopCharacteristics></serviceTask>"),
      "a > t; t > z"));
  EXPECT_EQ(trial.trace(), "t t");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Activities, LoopsThatCannotBeCountedAreIncidents) {
  const auto run = [](const std::string& loop) {
    return Trial(process_xml(kEnds + ("<serviceTask id='t'><multiInstanceLoopCharacteristics" +
                                      loop + "</multiInstanceLoopCharacteristics></serviceTask>"),
                             "a > t; t > z"))
        .incidents();
  };
  EXPECT_EQ(run("><loopCardinality>-1</loopCardinality>"), "bpmn.loop.cardinality");
  EXPECT_EQ(run("><loopCardinality>many</loopCardinality>"), "bpmn.loop.cardinality");
  EXPECT_EQ(run("><loopCardinality>1000000</loopCardinality>"), "bpmn.loop.too_many");
  EXPECT_EQ(run(" h:collection='people'>"), "bpmn.loop.collection");
  EXPECT_EQ(run("><loopCardinality>0</loopCardinality>"), "");
}

TEST(Activities, QuantitiesCountTokens) {
  Trial trial(process_xml(kEnds + std::string("<serviceTask id='t' completionQuantity='3'/>"
                                              "<serviceTask id='u' startQuantity='3'/>"),
                          "a > t; t > u; u > z"));
  EXPECT_EQ(trial.trace(), "t u");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Activities, CallsGiveAndTakeVariables) {
  Trial trial(
      definitions(
          "<process id='p' isExecutable='true'><startEvent id='a'/><callActivity id='t' "
          "calledElement='q'/><endEvent id='z'/>" +
          flows_xml("a > t; t > z", 1) +
          "</process><process id='q' isExecutable='true'><startEvent id='qa'/><scriptTask id='qt' "
          "h:resultVariable='y'><script>x + 1</script></scriptTask><endEvent id='qz'/>" +
          flows_xml("qa > qt; qt > qz", 20) + "</process>"),
      vars({{"x", 1}}));
  EXPECT_EQ(result(trial, "y"), "2");
}

TEST(Activities, ErrorInACalledProcessIsCaughtWhereItWasCalled) {
  const std::string xml = definitions(
      "<process id='p' isExecutable='true'><startEvent id='a'/><callActivity id='t' "
      "calledElement='q'/><boundaryEvent id='b' attachedToRef='t'><errorEventDefinition "
      "errorRef='e1'/></boundaryEvent><serviceTask id='v'/><endEvent id='z'/>" +
      flows_xml("a > t; t > z; b > v; v > z", 1) +
      "</process><process id='q' isExecutable='true'><startEvent id='qa'/><serviceTask id='qt'/>"
      "<endEvent id='qz'/>" +
      flows_xml("qa > qt; qt > qz", 20) + "</process>");
  Worker worker;
  worker.results["qt"] = {JobResult::Kind::kError, {}, "E1", 0};
  Simulation simulation(compiled(xml).definitions, worker, kMorning);
  ASSERT_TRUE(simulation.start("p", {}).ok());
  EXPECT_EQ(worker.done.back(), "v");
  EXPECT_EQ(simulation.instances()[0].state.status, Status::kCompleted);
  EXPECT_EQ(simulation.instances()[1].state.status, Status::kFailed);
}

TEST(Activities, CallsInACircleStop) {
  Trial trial(
      process_xml(kEnds + std::string("<callActivity id='t' calledElement='p'/>"), "a > t; t > z"));
  EXPECT_EQ(trial.incidents(), "bpmn.call.too_deep");
}

TEST(Activities, CallOfAnUnknownProcessIsAnIncident) {
  Trial trial(process_xml(kEnds + std::string("<callActivity id='t' calledElement='elsewhere'/>"),
                          "a > t; t > z"));
  EXPECT_EQ(trial.incidents(), "bpmn.call.missing");
}

TEST(Activities, UnknownDecisionIsAnIncident) {
  Trial trial(process_xml(kEnds + std::string("<businessRuleTask id='t' h:decision='level'/>"),
                          "a > t; t > z"));
  EXPECT_EQ(trial.incidents(), "bpmn.decision.missing");
}

class Levels final : public Decisions {
 public:
  Levels() {
    const auto model = dmn::Model::read(
        "<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/' id='d' name='d' "
        "namespace='n'><inputData id='i' name='amount'><variable name='amount'/></inputData>"
        "<decision id='l' name='level'><variable name='level'/><informationRequirement>"
        "<requiredInput href='#i'/></informationRequirement><literalExpression><text>"
        "if amount > 100 then \"boss\" else if amount > 0 then \"clerk\" else null</text>"
        "</literalExpression></decision></definitions>");
    EXPECT_TRUE(model.ok());
    const auto engine = dmn::Engine::compile(*model);
    EXPECT_TRUE(engine.ok());
    engine_ = *engine;
  }
  Found find(std::string_view name) const override { return {engine_, std::string(name)}; }

 private:
  dmn::EnginePtr engine_;
};

TEST(Activities, DecisionsGiveTheirResultOrSayWhyNot) {
  const Compiled model = compiled(process_xml(
      kEnds + std::string("<businessRuleTask id='t' h:decision='level' h:resultVariable='who'/>"),
      "a > t; t > z"));
  ASSERT_TRUE(model.definitions);
  const Levels levels;
  const Surroundings around{kMorning, &levels, 1'000};
  Command start{CommandKind::kStart};
  start.variables = vars({{"amount", 500}});
  State good;
  const auto events = handle(*model.definitions->processes[0], good, start, around);
  ASSERT_TRUE(events.ok());
  EXPECT_EQ(good.status, Status::kCompleted);
  EXPECT_EQ(feel::to_text(events->back().variables.at("who")), "boss");
  State bad;
  start.variables = vars({{"amount", -1}});
  ASSERT_TRUE(handle(*model.definitions->processes[0], bad, start, around).ok());
  ASSERT_EQ(bad.incidents.size(), 1u);
  EXPECT_EQ(bad.incidents.begin()->second.code, "bpmn.decision.null");
}

TEST(Activities, FailedJobIsAnIncident) {
  const std::string xml = process_xml(kEnds + std::string("<serviceTask id='t'/>"), "a > t; t > z");
  Worker worker;
  worker.results["t"] = {JobResult::Kind::kFailed, {}, "erp.unreachable", 0};
  Simulation simulation(compiled(xml).definitions, worker, kMorning);
  ASSERT_TRUE(simulation.start("p", {}).ok());
  EXPECT_EQ(simulation.instances()[0].state.incidents.begin()->second.code, "erp.unreachable");
}

TEST(Activities, AdHocInOrderAndUntilItsCondition) {
  const auto run = [](const std::string& attributes, const std::string& condition) {
    return Trial(process_xml(kEnds + ("<adHocSubProcess id='s' " + attributes +
                                      "><serviceTask id='t'/><serviceTask id='u'/>" + condition +
                                      "</adHocSubProcess><serviceTask id='v'/>"),
                             "a > s; s > v; v > z"))
        .trace();
  };
  EXPECT_EQ(run("ordering='Sequential'", ""), "t u v");
  EXPECT_EQ(run("ordering='Parallel'", ""), "t u v");
  EXPECT_EQ(run("ordering='Sequential'", "<completionCondition>true</completionCondition>"), "t v");
}

TEST(Activities, AdHocByHand) {
  Trial trial(process_xml(
      kEnds + std::string("<adHocSubProcess id='s' h:activation='manual'><serviceTask id='t'/>"
                          "<serviceTask id='u'/></adHocSubProcess>"),
      "a > s; s > z"));
  EXPECT_EQ(trial.trace(), "s");  // its own job: somebody decides what is done
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Activities, MoveAndCancel) {
  const std::string xml = process_xml(kEnds + std::string("<userTask id='t'/><userTask id='u'/>"),
                                      "a > t; t > u; u > z");
  Worker worker;
  worker.results["t"].kind = JobResult::Kind::kNever;
  worker.results["u"].kind = JobResult::Kind::kNever;
  Simulation simulation(compiled(xml).definitions, worker, kMorning);
  ASSERT_TRUE(simulation.start("p", {}).ok());
  const auto at = [&] { return simulation.instances()[0].state.nodes.rbegin()->second; };
  ASSERT_TRUE(simulation.send(0, {CommandKind::kMove, at().key, "u"}).ok());
  EXPECT_EQ(worker.done.back(), "u");
  EXPECT_FALSE(simulation.send(0, {CommandKind::kMove, at().key, "nowhere"}).ok());
  ASSERT_TRUE(simulation.send(0, {CommandKind::kCancelNode, at().key}).ok());
  EXPECT_EQ(simulation.instances()[0].state.status, Status::kCompleted);
}
}  // namespace
}  // namespace hougu::process
