// The engine: a command and the state of an instance give events, which are applied as they are
// made. Pure: time comes with the command, keys are counted in the state, the same commands give
// the same events. Not for several threads on one state; the process is shared.
//
// The host keeps the state, wakes waits that are due, does jobs, starts called processes and
// carries messages and signals to where they are waited for, all as events tell it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "dmn/engine.h"
#include "process/state/events.h"

namespace hougu::process {

enum class CommandKind : std::uint8_t {
  kStart,     // on an empty state. element: id of a start event that was triggered, or ""
  kWake,      // key: of a wait that is due, or whose message came; variables: what came with it
  kSignal,    // name; variables
  kComplete,  // key: node with a job or call; variables: results
  kFail,      // key: node with a job; code, text: why. Becomes an incident
  kThrow,     // key: node with a job or call; code: a BPMN error; text; variables
  kEscalate,  // key: node with a job or call; code: of the escalation; variables
  kSet,       // key: scope, 0: the process; variables
  kEvaluate,  // data outside has changed: look at conditions again
  kRetry,     // key: incident
  kCancel,    // the whole instance
  // Repair.
  kCancelNode,  // key: node; the flow does not go on from there
  kMove,        // key: node; element: id, in the same scope, begun instead
  kActivate,    // key: scope; element: id. Begins an activity of an ad-hoc sub-process
};

struct Command {
  CommandKind kind = CommandKind::kEvaluate;
  Key key = 0;
  std::string element{};
  std::string name{};
  std::string code{};
  std::string text{};
  bool called = false;  // kStart: by another instance
  Variables variables{};
};

// Decisions that business rule tasks name.
class Decisions {
 public:
  virtual ~Decisions() = default;
  struct Found {
    dmn::EnginePtr model{};  // null: there is none
    std::string decision{};
  };
  virtual Found find(std::string_view name) const = 0;
};

struct Surroundings {
  Millis now = 0;
  const Decisions* decisions = nullptr;
  std::size_t max_steps = 10'000;  // of one command; then an incident "bpmn.too_many_steps"
};

// Applies the command. Refusals change nothing: bpmn.command.gone (kConflict: the wait, job, node
// or incident is not there any more, as when a timer fires twice), bpmn.command.finished
// (kConflict), bpmn.command.element {element} (no such element there), bpmn.command.start (the
// process has no plain start). What goes wrong in the model's own work is an incident instead.
Result<std::vector<Event>> handle(const Process& process, State& state, const Command& command,
                                  const Surroundings& surroundings);
}  // namespace hougu::process
