#include <gtest/gtest.h>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
constexpr const char* kEnds = "<startEvent id='a'/><endEvent id='z'/>";

// A service task with another that undoes it.
std::string undoable(const std::string& id) {
  return "<serviceTask id='" + id + "'/><boundaryEvent id='b" + id + "' attachedToRef='" + id +
         "'><compensateEventDefinition/></boundaryEvent><serviceTask id='undo_" + id +
         "' isForCompensation='true'/><association id='as" + id + "' sourceRef='b" + id +
         "' targetRef='undo_" + id + "'/>";
}

constexpr const char* kThrow =
    "<intermediateThrowEvent id='x'><compensateEventDefinition/></intermediateThrowEvent>";

TEST(Compensation, UndoesTheLastFirst) {
  Trial trial(process_xml(kEnds + undoable("t") + undoable("u") + kThrow + "<serviceTask id='v'/>",
                          "a > t; t > u; u > x; x > v; v > z"));
  EXPECT_EQ(trial.trace(), "t u undo_u undo_t v");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Compensation, OfOneActivity) {
  Trial trial(
      process_xml(kEnds + undoable("t") + undoable("u") +
                      "<intermediateThrowEvent id='x'><compensateEventDefinition activityRef='t'/>"
                      "</intermediateThrowEvent>",
                  "a > t; t > u; u > x; x > z"));
  EXPECT_EQ(trial.trace(), "t u undo_t");
}

TEST(Compensation, WithNothingToUndoGoesOn) {
  Trial trial(
      process_xml(kEnds + std::string(kThrow) + "<serviceTask id='v'/>", "a > x; x > v; v > z"));
  EXPECT_EQ(trial.trace(), "v");
}

TEST(Compensation, OfACompletedSubProcessUndoesItsInside) {
  Trial trial(process_xml(
      kEnds +
          ("<subProcess id='s'><startEvent id='i'/>" + undoable("t") + undoable("u") +
           "<endEvent id='e'/>" + flows_xml("i > t; t > u; u > e", 50) + "</subProcess>") +
          kThrow,
      "a > s; s > x; x > z"));
  EXPECT_EQ(trial.trace(), "t u undo_u undo_t");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}

TEST(Compensation, EventSubProcessSeesTheVariablesAsTheyWere) {
  Trial trial(process_xml(
      kEnds +
          ("<subProcess id='s'><dataObject id='part'/><startEvent id='i'/><scriptTask id='c' "
           "h:resultVariable='part'><script>\"P7\"</script></scriptTask><endEvent id='e'/>"
           "<subProcess id='h' triggeredByEvent='true'><startEvent id='j'>"
           "<compensateEventDefinition/></startEvent><scriptTask id='k' h:resultVariable='back'>"
           "<script>part</script></scriptTask><serviceTask id='undo'/><endEvent id='l'/>" +
           flows_xml("j > k; k > undo; undo > l", 70) + "</subProcess>" +
           flows_xml("i > c; c > e", 50) + "</subProcess>") +
          kThrow,
      "a > s; s > x; x > z"));
  EXPECT_EQ(trial.trace(), "undo");
  EXPECT_EQ(feel::to_text(trial.simulation->instances()[0].results.at("back")), "P7");
}

TEST(Compensation, CancelledTransactionUndoesAndLeavesByItsEvent) {
  Trial trial(process_xml(
      kEnds + ("<transaction id='s'><startEvent id='i'/>" + undoable("t") +
               "<parallelGateway id='g'/><receiveTask id='r' messageRef='m1'/><endEvent id='e'>"
               "<cancelEventDefinition/></endEvent><endEvent id='f'/>" +
               flows_xml("i > t; t > g; g > r; g > e; r > f", 50) +
               "</transaction><boundaryEvent id='b' attachedToRef='s'><cancelEventDefinition/>"
               "</boundaryEvent><serviceTask id='v'/><serviceTask id='w'/>"),
      "a > s; s > w; b > v; v > z; w > z"));
  EXPECT_EQ(trial.trace(), "t undo_t v");
  EXPECT_EQ(trial.state().status, Status::kCompleted);
}
}  // namespace
}  // namespace hougu::process
