// The executable side of a model: processes as tables of elements and flows, expressions compiled,
// references resolved. Immutable; may be read by several threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "process/model/expression.h"
#include "process/model/timer.h"

namespace hougu::process {

using ElementIndex = std::uint32_t;  // within Process::elements
using FlowIndex = std::uint32_t;     // within Process::flows
inline constexpr std::uint32_t kNone = UINT32_MAX;

enum class ElementKind : std::uint8_t {
  kProcess,  // element 0 of every process: the outermost scope
  kStartEvent,
  kEndEvent,
  kCatchEvent,
  kThrowEvent,
  kBoundaryEvent,
  kTask,  // without work of its own; manual tasks too
  kUserTask,
  kServiceTask,
  kScriptTask,
  kBusinessRuleTask,
  kSendTask,
  kReceiveTask,
  kCallActivity,
  kSubProcess,
  kEventSubProcess,
  kTransaction,
  kAdHoc,
  kExclusiveGateway,
  kInclusiveGateway,
  kParallelGateway,
  kComplexGateway,
  kEventGateway,
};
bool is_activity(ElementKind kind);
bool is_scope(ElementKind kind);

enum class TriggerKind : std::uint8_t {
  kMessage,
  kTimer,
  kSignal,
  kError,
  kEscalation,
  kCompensation,
  kConditional,
  kLink,
  kTerminate,
  kCancel,
};

struct Trigger {
  TriggerKind kind = TriggerKind::kMessage;
  std::string name{};           // of the message, signal or link
  std::string code{};           // of the error or escalation; "": any
  ExpressionPtr correlation{};  // message: the key both sides must agree on
  TimerKind timer = TimerKind::kDuration;
  std::optional<Schedule> schedule{};  // of a literal timer
  ExpressionPtr expression{};          // of a computed timer; the condition
  ElementIndex activity = kNone;       // compensation: of this activity alone
  bool wait = true;                    // compensation: go on only when it is done
};

struct Flow {
  std::string id{};
  std::string name{};
  ElementIndex source = kNone;
  ElementIndex target = kNone;
  ExpressionPtr condition{};
};

enum class LoopKind : std::uint8_t { kStandard, kParallel, kSequential };
// When a multi-instance activity throws to its boundary as instances end.
enum class LoopEvents : std::uint8_t { kAll, kEach, kOne, kComplex };

struct LoopRule {  // of complexBehaviorDefinition
  ExpressionPtr condition{};
  std::optional<Trigger> event{};
};

struct Loop {
  LoopKind kind = LoopKind::kStandard;
  ExpressionPtr condition{};  // standard: go on while true; multi-instance: done when true
  bool test_before = false;
  std::optional<std::int64_t> maximum{};
  ExpressionPtr cardinality{};
  ExpressionPtr collection{};
  std::string collection_name{};  // or a variable
  std::string item{};
  std::string output_collection{};
  std::string output_item{};
  LoopEvents events = LoopEvents::kAll;
  std::optional<Trigger> event{};  // of kEach and kOne
  std::vector<LoopRule> rules{};
};

struct Assignment {
  std::string target{};   // variable
  ExpressionPtr value{};  // otherwise the variable `source`; neither: null
  std::string source{};
};

struct Element {
  std::string id{};
  std::string name{};
  ElementKind kind = ElementKind::kTask;
  ElementIndex parent = kNone;  // scope
  std::vector<FlowIndex> incoming{};
  std::vector<FlowIndex> outgoing{};
  FlowIndex default_flow = kNone;

  // Events, receive tasks and what follows an event-based gateway.
  std::vector<Trigger> triggers{};
  bool parallel_multiple = false;
  bool interrupting = true;  // boundary events, starts of event sub-processes

  // Activities.
  ElementIndex attached_to = kNone;        // of a boundary event
  std::vector<ElementIndex> boundaries{};  // without compensation
  ElementIndex compensation_handler = kNone;
  bool for_compensation = false;
  std::uint32_t start_quantity = 1;
  std::uint32_t completion_quantity = 1;
  std::optional<Loop> loop{};
  std::vector<Assignment> inputs{};   // before its work, into its own variables
  std::vector<Assignment> outputs{};  // behind it, into those around
  std::string job{};                  // kind of work for the host; "": none
  ExpressionPtr script{};
  std::string script_text{};  // in another language, for the host
  std::string result{};       // variable
  std::string called{};       // process, or decision
  std::string
      called_version{};  // hougu:version: "" the latest, "same" as deployed together, a number

  // Scopes.
  std::vector<ElementIndex> starts{};  // entered when the scope is entered
  std::vector<ElementIndex> event_sub_processes{};
  std::vector<Assignment> properties{};  // variables that the scope has; the value may be null
  bool sequential = false;               // ad-hoc
  bool manual = false;                   // ad-hoc: activities begin by command
  bool cancel_remaining = true;          // ad-hoc
  ExpressionPtr condition{};             // ad-hoc: complete; complex gateway: activate
  bool instantiate = false;              // event gateway, receive task: it starts the process

  std::string lane{};                             // id of the innermost lane
  std::map<std::string, std::string> settings{};  // attributes of the product's namespace
};

// An event that starts new instances; the host waits for it on behalf of the model.
struct Start {
  ElementIndex element = kNone;
  std::size_t trigger = 0;
};

struct Process {
  std::string id{};
  std::string name{};
  bool executable = true;
  std::vector<Element> elements{};  // [0] is the process itself
  std::vector<Flow> flows{};
  std::vector<Start> starts{};
  bool has_plain_start = false;  // can be started without an event
  bool has_conditions = false;   // has conditional events

  ElementIndex find(std::string_view id) const;
  std::unordered_map<std::string, ElementIndex> by_id{};
};

struct Definitions {
  std::string id{};
  std::string name{};
  std::vector<std::shared_ptr<const Process>> processes{};
  const Process* find(std::string_view id) const;
};
using ProcessPtr = std::shared_ptr<const Process>;
using DefinitionsPtr = std::shared_ptr<const Definitions>;
}  // namespace hougu::process
