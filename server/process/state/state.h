// Everything about one running instance. Only appliers (state/apply.h) write it; as JSON it is what
// the host keeps between commands. It belongs to one version of one process: elements and flows are
// places in that version's tables. Values, no pointers: may be copied and moved.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "feel/value.h"
#include "process/model/definitions.h"

namespace hougu::process {

using Key = std::uint64_t;  // counted within the instance from 1; 0: none
using Variables = std::map<std::string, feel::Value, std::less<>>;

enum class Status : std::uint8_t { kActive, kCompleted, kCancelled, kFailed };
enum class Role : std::uint8_t {
  kPlain,
  kLoop,     // an activity with a loop, around its instances
  kInner,    // one instance of it
  kRevived,  // a completed sub-process whose inside is being undone
};
// What a node does when it is run: where a mended incident goes on.
enum class Stage : std::uint8_t { kEnter, kWork, kFinish, kLeave };

struct LoopState {
  std::int64_t total = -1;  // of multi-instance
  std::int64_t started = 0;
  std::int64_t completed = 0;
  std::vector<feel::Value> items{};    // of the collection
  std::vector<feel::Value> results{};  // by instance
};

// A completed activity that can be undone.
struct Record {
  ElementIndex element = kNone;
  Variables variables{};         // of a sub-process, as they were
  std::vector<Record> nested{};  // what was completed inside of it, in order
};

// An element being executed.
struct Node {
  Key key = 0;
  Key parent = 0;
  ElementIndex element = kNone;
  Role role = Role::kPlain;
  Stage stage = Stage::kEnter;
  std::int64_t index = 0;  // of an instance in its loop from 1; ad-hoc: activities begun
  std::string work{};      // kind of the job it waits for; "call" for a called process
  Variables variables{};
  std::uint32_t children = 0;
  // Scopes.
  std::uint32_t in_flight = 0;                                 // tokens on flows
  std::map<FlowIndex, std::uint32_t> held{};                   // tokens that wait before a join
  std::map<ElementIndex, std::vector<FlowIndex>> resetting{};  // complex gateways: flows to come
  std::vector<Record> records{};
  std::optional<LoopState> loop{};
  // Undoing.
  Key owner = 0;                  // the node that has it undo something
  std::vector<Record> pending{};  // what is still to be undone, the last first
  bool released = false;          // its token has gone on already
  bool cancelling = false;        // a transaction being cancelled
};

// Something that wakes the instance.
struct Wait {
  Key key = 0;
  Key node = 0;
  ElementIndex element = kNone;  // event or receive task that has the trigger
  std::uint32_t trigger = 0;
  Millis due = 0;             // timers
  std::int64_t times = 1;     // timers: how often still; -1: without end
  std::string correlation{};  // messages
  bool marked = false;        // condition: was true; parallel multiple: has come
};

struct Incident {
  Key key = 0;
  Key node = 0;
  std::string code{};  // "bpmn.…" or what a job reported
  std::map<std::string, std::string> params{};
};

struct Todo {
  enum class Kind : std::uint8_t { kArrive, kRun, kNext };
  Kind kind = Kind::kRun;
  Key node = 0;  // kArrive: the scope
  FlowIndex flow = kNone;
};

struct State {
  Status status = Status::kActive;
  std::string error{};  // code, of a failed one
  Key next_key = 1;
  bool called = false;  // by another instance: its failure is that one's error
  std::map<Key, Node> nodes{};
  std::map<Key, Wait> waits{};
  std::map<Key, Incident> incidents{};
  std::deque<Todo> todo{};  // empty between commands but for an incident "too many steps"

  const Node* find(Key key) const;
};

// Compact: what has its usual value is left out.
std::string write_state(const State& state);
// Errors: bpmn.state.malformed (not written by write_state).
Result<State> read_state(std::string_view text);

json::object variables_json(const Variables& variables);
Variables variables_from(const json::value* source);
}  // namespace hougu::process
