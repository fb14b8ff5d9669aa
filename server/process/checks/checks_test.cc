// Each rule: a small model that breaks it, and the complaint it gets.
#include "process/checks/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
using testing::Contains;
using testing::IsEmpty;

constexpr const char* kEnds = "<startEvent id='a'/><endEvent id='z'/>";

struct Broken {
  const char* complaint;
  const char* inside;
  const char* flows;
};

// What every model below has: a start "a" and an end "z".
const Broken kBroken[] = {
    {"bpmn.id.duplicate@t", "<task id='t'/><task id='t'/>", "a > t; t > z"},
    {"bpmn.id.missing@p", "<task/>", "a > z"},
    {"bpmn.reference.missing@f1", "", "a > nowhere; a > z"},
    {"bpmn.reference.kind@f1", "<dataObject id='o'/>", "a > o; a > z"},
    {"bpmn.start.incoming@a", "<task id='t'/>", "a > t; t > a; t > z"},
    {"bpmn.end.outgoing@z", "<task id='t'/>", "a > t; t > z; z > t"},
    {"bpmn.end.incoming@y", "<endEvent id='y'/>", "a > z"},
    {"bpmn.flow.crosses@f2", "<subProcess id='s'><task id='t'/></subProcess>",
     "a > s; a > t; s > z"},
    {"bpmn.flow.condition@f1", "", "a > z : true"},
    {"bpmn.flow.only_conditional@t", "<task id='t'/>", "a > t; t > z : true"},
    {"bpmn.flow.default@t", "<task id='t' default='f1'/>", "a > t; t > z"},
    {"bpmn.expression.malformed@f2", "<task id='t'/>", "a > t; t > z : 1 +; t > z"},
    {"bpmn.expression.not_boolean@f2", "<task id='t'/>", "a > t; t > z : 23; t > z"},
    {"bpmn.gateway.direction@g", "<parallelGateway id='g' gatewayDirection='Diverging'/>",
     "a > g; g > z"},
    {"bpmn.event.no_trigger@c", "<intermediateCatchEvent id='c'/>", "a > c; c > z"},
    {"bpmn.event.outgoing@c", "<intermediateThrowEvent id='c'/>", "a > c; a > z"},
    {"bpmn.event.trigger@c",
     "<intermediateCatchEvent id='c'><errorEventDefinition/></intermediateCatchEvent>",
     "a > c; c > z"},
    {"bpmn.message.missing@c",
     "<intermediateCatchEvent id='c'><messageEventDefinition/></intermediateCatchEvent>",
     "a > c; c > z"},
    {"bpmn.timer.missing@c",
     "<intermediateCatchEvent id='c'><timerEventDefinition/></intermediateCatchEvent>",
     "a > c; c > z"},
    {"bpmn.timer.malformed@c",
     "<intermediateCatchEvent id='c'><timerEventDefinition><timeDuration>soon</timeDuration>"
     "</timerEventDefinition></intermediateCatchEvent>",
     "a > c; c > z"},
    {"bpmn.condition.missing@c",
     "<intermediateCatchEvent id='c'><conditionalEventDefinition/></intermediateCatchEvent>",
     "a > c; c > z"},
    {"bpmn.error.missing@y", "<endEvent id='y'><errorEventDefinition/></endEvent>", "a > z; a > y"},
    {"bpmn.cancel.end@y", "<endEvent id='y'><cancelEventDefinition/></endEvent>", "a > z; a > y"},
    {"bpmn.boundary.outgoing@b",
     "<task id='t'/><boundaryEvent id='b' attachedToRef='t'><signalEventDefinition"
     " signalRef='s1'/></boundaryEvent>",
     "a > t; t > z"},
    {"bpmn.event.trigger@b",
     "<task id='t'/><boundaryEvent id='b' attachedToRef='t' cancelActivity='false'>"
     "<errorEventDefinition/></boundaryEvent>",
     "a > t; t > z; b > z"},
    {"bpmn.compensation.handler@b",
     "<task id='t'/><boundaryEvent id='b' attachedToRef='t'><compensateEventDefinition/>"
     "</boundaryEvent>",
     "a > t; t > z"},
    {"bpmn.link.target@c",
     "<intermediateThrowEvent id='c'><linkEventDefinition name='l'/></intermediateThrowEvent>",
     "a > c; a > z"},
    {"bpmn.event_gateway.target@t", "<eventBasedGateway id='g'/><task id='t'/><task id='u'/>",
     "a > g; g > t; g > u; t > z; u > z"},
    {"bpmn.event_sub_process.starts@s", "<subProcess id='s' triggeredByEvent='true'/>", "a > z"},
    {"bpmn.ad_hoc.empty@s", "<adHocSubProcess id='s'/>", "a > s; s > z"},
    {"bpmn.loop.several@t",
     "<task id='t'><standardLoopCharacteristics loopMaximum='1'/><multiInstanceLoopCharacteristics>"
     "<loopCardinality>1</loopCardinality></multiInstanceLoopCharacteristics></task>",
     "a > t; t > z"},
    {"bpmn.loop.endless@t", "<task id='t'><standardLoopCharacteristics/></task>", "a > t; t > z"},
    {"bpmn.multi_instance.count@t", "<task id='t'><multiInstanceLoopCharacteristics/></task>",
     "a > t; t > z"},
    {"bpmn.activity.quantity@t", "<task id='t' startQuantity='0'/>", "a > t; t > z"},
    {"bpmn.script.format@t", "<scriptTask id='t' scriptFormat='js'><script>1</script></scriptTask>",
     "a > t; t > z"},
    {"bpmn.call.missing@t", "<callActivity id='t'/>", "a > t; t > z"},
    {"bpmn.data.unused@i",
     "<task id='t'><ioSpecification><dataInput id='i'/><inputSet/><outputSet/></ioSpecification>"
     "</task>",
     "a > t; t > z"},
};

TEST(Checks, EveryRuleIsHeld) {
  for (const Broken& broken : kBroken) {
    EXPECT_THAT(complaints(process_xml(std::string(kEnds) + broken.inside, broken.flows)),
                Contains(broken.complaint))
        << broken.inside << " " << broken.flows;
  }
}

TEST(Checks, AGoodModelHasNoComplaints) {
  EXPECT_THAT(
      complaints(process_xml(
          std::string(kEnds) +
              "<userTask id='t'/><boundaryEvent id='b' attachedToRef='t'><timerEventDefinition>"
              "<timeDuration>= duration(\"PT1H\")</timeDuration></timerEventDefinition>"
              "</boundaryEvent><exclusiveGateway id='g' default='f4'/>",
          "a > t; t > g; g > z : amount < 5; g > z; b > z")),
      IsEmpty());
}

TEST(Checks, AFileWithoutExecutableProcessIsADrawing) {
  EXPECT_THAT(complaints(definitions("<process id='p'><task id='t'/></process>")),
              testing::ElementsAre("bpmn.nothing_to_run@"));
}
}  // namespace
}  // namespace hougu::process
