// Facts about an instance. The engine makes them, appliers carry them into the state, the host
// turns those about waits, jobs, calls and messages into its own rows, and all of them are the
// history that a person can read.
#pragma once

#include "process/state/state.h"

namespace hougu::process {

enum class EventKind : std::uint8_t {
  kStarted,     // the instance; node: of the process; code: id of the element begun at
  kStepped,     // nothing further came of a step
  kTaken,       // node: scope; flow
  kHeld,        // a token waits before a join; node: scope; flow
  kEntered,     // node: new; parent, element, role, stage, owner; flow: that was taken, flows: that
                // gave up a held token; number: index; variables: its own
  kSet,         // node; variables
  kWaitOpened,  // wait (all of it)
  kWaitRearmed,   // wait.key; time: due; number: times left
  kWaitMarked,    // wait.key; number: 0 or 1
  kWaitClosed,    // wait (all of it); code: "fired" or "cancelled"
  kWorkOpened,    // node; name: kind of job; variables: given to it. kind "call": code: process,
                  // text: version
  kWorkClosed,    // node; name; code: "completed", "cancelled" or "failed"
  kLoopBegun,     // node; number: total; values: items
  kLoopResult,    // node; number: index; values: one
  kReset,         // complex gateway; node: scope; element; flows: still to come; flow: used up
  kCompensating,  // node: the one that undoes; parent: scope of the records; flows: their places;
                  // number: 1 for a transaction being cancelled
  kReleased,      // node
  kLeft,          // node: completed
  kCancelled,     // node
  kCleared,       // node: scope; its tokens are gone
  kMessageSent,   // node; name, code: correlation; variables
  kSignalSent,    // node; name; variables
  kEscalated,     // node; code: an escalation nobody here caught
  kIncident,      // incident; stage
  kResolved,      // incident.key
  kFinished,      // status; code: of an error
};

struct Event {
  EventKind kind = EventKind::kStepped;
  bool pops = false;  // it ends the first step of the agenda
  Key node = 0;
  Key parent = 0;
  Key owner = 0;
  ElementIndex element = kNone;
  FlowIndex flow = kNone;
  std::vector<FlowIndex> flows{};
  Role role = Role::kPlain;
  Stage stage = Stage::kEnter;
  Status status = Status::kActive;
  std::int64_t number = 0;
  Millis time = 0;
  std::string name{};
  std::string code{};
  std::string text{};
  Variables variables{};
  std::vector<feel::Value> values{};
  Wait wait{};
  Incident incident{};
};

std::string_view name_of(EventKind kind);  // "entered", …
// For the history: elements and flows by their ids.
json::object event_json(const Process& process, const Event& event);
}  // namespace hougu::process
