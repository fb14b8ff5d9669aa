#include "process/simulation/simulation.h"

#include <algorithm>

namespace hougu::process {
namespace {
constexpr std::size_t kDeepestCall = 50;
constexpr std::size_t kMostPosted = 100'000;  // at one moment: instances that wake each other
}  // namespace

Simulation::Simulation(DefinitionsPtr definitions, JobHandler& handler, Millis now, bool armed)
    : definitions_(std::move(definitions)), handler_(handler), now_(now) {
  for (const ProcessPtr& process : definitions_->processes) {
    for (const Start& start : process->starts) {
      const Trigger& trigger = process->elements[start.element].triggers[start.trigger];
      if (!armed || trigger.kind != TriggerKind::kTimer || !trigger.schedule) continue;
      const Schedule& schedule = *trigger.schedule;
      armed_.push_back({process.get(), start.element,
                        schedule.due ? *schedule.due : plus(now, schedule.every), schedule.every,
                        schedule.times});
    }
  }
}

std::size_t Simulation::create(const Process& process, std::size_t parent, Key node,
                               std::size_t depth) {
  Instance instance;
  instance.process = &process;
  instance.parent = parent;
  instance.parent_node = node;
  instance.depth = depth;
  instances_.push_back(std::move(instance));
  return instances_.size() - 1;
}

Result<std::size_t> Simulation::start(const std::string& id, Variables variables,
                                      const std::string& element) {
  const Process* process = definitions_->find(id);
  if (!process) return invalid("bpmn.call.missing", {}, {{"process", id}});
  const std::size_t instance = create(*process, 0, 0, 0);
  Command command{CommandKind::kStart};
  command.element = element;
  command.variables = std::move(variables);
  HOUGU_CHECK(handle(instance, command));
  work_off();
  return instance;
}

Result<void> Simulation::send(std::size_t instance, Command command) {
  HOUGU_CHECK(handle(instance, command));
  work_off();
  return {};
}

void Simulation::message(const std::string& name, const std::string& correlation,
                         Variables variables) {
  Posted posted{Posted::Kind::kMessage};
  posted.message = {name, correlation, std::move(variables)};
  posted_.push_back(std::move(posted));
  work_off();
}

void Simulation::signal(const std::string& name, Variables variables) {
  broadcast(instances_.size(), name, variables);
  work_off();
}

Result<void> Simulation::handle(std::size_t instance, const Command& command) {
  Surroundings around;
  around.now = now_;
  Instance& one = instances_[instance];
  auto events = process::handle(*one.process, one.state, command, around);
  if (!events.ok()) return std::move(events).error();
  for (Event& event : *events) {
    follow(instance, event);
    history_.push_back(std::move(event));
  }
  return {};
}

void Simulation::follow(std::size_t instance, const Event& event) {
  Posted posted{Posted::Kind::kWork, instance};
  switch (event.kind) {
    case EventKind::kWorkOpened:
      posted.event = event;
      break;
    case EventKind::kWorkClosed:
      if (event.name != "call" || event.code != "cancelled") return;
      for (std::size_t i = 0; i < instances_.size(); ++i) {
        if (instances_[i].parent_node != event.node || instances_[i].parent != instance) continue;
        posted.kind = Posted::Kind::kCommand;
        posted.instance = i;
        posted.command.kind = CommandKind::kCancel;
        posted_.push_back(posted);
      }
      return;
    case EventKind::kMessageSent:
      posted.kind = Posted::Kind::kMessage;
      posted.message = {event.name, event.code, event.variables};
      break;
    case EventKind::kSignalSent:
      posted.kind = Posted::Kind::kSignal;
      posted.event = event;
      break;
    case EventKind::kWaitOpened: {  // messages that came before anybody waited
      std::vector<Message> waiting;
      waiting.swap(undelivered_);
      posted.kind = Posted::Kind::kMessage;
      for (Message& message : waiting) {
        posted.message = std::move(message);
        posted_.push_back(posted);
      }
      return;
    }
    case EventKind::kEscalated:
    case EventKind::kFinished:
      return finished(instance, event);
    default:
      return;
  }
  posted_.push_back(std::move(posted));
}

// What a called instance gives back to its caller.
void Simulation::finished(std::size_t instance, const Event& event) {
  Instance& one = instances_[instance];
  if (event.kind == EventKind::kFinished) one.results = event.variables;
  if (one.parent_node == 0) return;
  Posted posted{Posted::Kind::kCommand, one.parent};
  posted.command.key = one.parent_node;
  posted.command.code = event.code;
  if (event.kind == EventKind::kEscalated) {
    posted.command.kind = CommandKind::kEscalate;
  } else if (event.status == Status::kCompleted) {
    posted.command.kind = CommandKind::kComplete;
    posted.command.variables = event.variables;
  } else if (event.status == Status::kFailed) {
    posted.command.kind = CommandKind::kThrow;
  } else {
    posted.command.kind = CommandKind::kFail;
    posted.command.code = "bpmn.call.cancelled";
  }
  posted_.push_back(std::move(posted));
}

void Simulation::work_off() {
  for (std::size_t i = 0; !posted_.empty() && i < kMostPosted; ++i) {
    const Posted posted = std::move(posted_.front());
    posted_.pop_front();
    switch (posted.kind) {
      case Posted::Kind::kWork:
        do_work(posted);
        break;
      case Posted::Kind::kMessage:
        if (!deliver(posted.message)) undelivered_.push_back(posted.message);
        break;
      case Posted::Kind::kSignal:
        broadcast(posted.instance, posted.event.name, posted.event.variables);
        break;
      case Posted::Kind::kCommand:
        // Refused when it has gone in the meantime, as with any host.
        (void)handle(posted.instance, posted.command);
        break;
    }
  }
}

void Simulation::do_work(const Posted& posted) {
  const Instance& one = instances_[posted.instance];
  const Node* node = one.state.find(posted.event.node);
  if (!node || node->work.empty()) return;
  if (posted.event.name == "call") return call(posted.instance, posted.event);
  Job job{posted.instance,   node->key, one.process, &one.process->elements[node->element],
          posted.event.name, {}};
  for (const Node* at = node; at; at = one.state.find(at->parent)) {
    job.variables.insert(at->variables.begin(), at->variables.end());
  }
  const JobResult result = handler_.run(job);
  Command command{CommandKind::kComplete, job.key};
  command.variables = result.variables;
  command.code = result.code;
  switch (result.kind) {
    case JobResult::Kind::kNever:
      return;
    case JobResult::Kind::kLater:
      later_.push_back({now_ + result.after, posted.instance, std::move(command)});
      return;
    case JobResult::Kind::kError:
      command.kind = CommandKind::kThrow;
      break;
    case JobResult::Kind::kFailed:
      command.kind = CommandKind::kFail;
      break;
    case JobResult::Kind::kDone:
      break;
  }
  (void)handle(posted.instance, command);
}

void Simulation::call(std::size_t instance, const Event& event) {
  const Process* process = definitions_->find(event.code);
  const std::size_t depth = instances_[instance].depth + 1;
  if (!process || depth > kDeepestCall) {
    Command failed{CommandKind::kFail, event.node};
    failed.code = process ? "bpmn.call.too_deep" : "bpmn.call.missing";
    failed.text = event.code;
    (void)handle(instance, failed);
    return;
  }
  const std::size_t called = create(*process, instance, event.node, depth);
  Command command{CommandKind::kStart};
  command.called = true;
  command.variables = event.variables;
  if (!handle(called, command).ok()) {
    Command failed{CommandKind::kFail, event.node};
    failed.code = "bpmn.command.start";
    (void)handle(instance, failed);
  }
}

// To one receiver: a waiting instance, otherwise a new one of a process that begins with it.
bool Simulation::deliver(const Message& message) {
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    const Instance& one = instances_[i];
    for (const auto& [key, wait] : one.state.waits) {
      const Trigger& trigger = one.process->elements[wait.element].triggers[wait.trigger];
      if (trigger.kind != TriggerKind::kMessage || trigger.name != message.name) continue;
      if (wait.correlation != message.correlation) continue;
      Command command{CommandKind::kWake, key};
      command.variables = message.variables;
      return handle(i, command).ok();
    }
  }
  for (const ProcessPtr& process : definitions_->processes) {
    for (const Start& start : process->starts) {
      const Element& element = process->elements[start.element];
      const Trigger& trigger = element.triggers[start.trigger];
      if (trigger.kind != TriggerKind::kMessage || trigger.name != message.name) continue;
      Command command{CommandKind::kStart};
      command.element = element.id;
      command.variables = message.variables;
      return handle(create(*process, 0, 0, 0), command).ok();
    }
  }
  return false;
}

void Simulation::broadcast(std::size_t from, const std::string& name, const Variables& variables) {
  Command command{CommandKind::kWake};
  command.variables = variables;
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    if (i == from) continue;
    std::vector<Key> waiting;
    for (const auto& [key, wait] : instances_[i].state.waits) {
      const Element& element = instances_[i].process->elements[wait.element];
      const Trigger& trigger = element.triggers[wait.trigger];
      if (trigger.kind == TriggerKind::kSignal && trigger.name == name) waiting.push_back(key);
    }
    for (const Key key : waiting) {
      command.key = key;
      (void)handle(i, command);
    }
  }
  for (const ProcessPtr& process : definitions_->processes) {
    for (const Start& start : process->starts) {
      const Element& element = process->elements[start.element];
      const Trigger& trigger = element.triggers[start.trigger];
      if (trigger.kind != TriggerKind::kSignal || trigger.name != name) continue;
      Command begin{CommandKind::kStart};
      begin.element = element.id;
      begin.variables = variables;
      (void)handle(create(*process, 0, 0, 0), begin);
    }
  }
}

std::optional<Millis> Simulation::next_due() const {
  std::optional<Millis> out;
  const auto earlier = [&](Millis due) { out = out ? std::min(*out, due) : due; };
  for (const Later& one : later_) earlier(one.due);
  for (const Armed& one : armed_) earlier(one.due);
  for (const Instance& one : instances_) {
    for (const auto& [key, wait] : one.state.waits) {
      const Trigger& trigger = one.process->elements[wait.element].triggers[wait.trigger];
      if (trigger.kind == TriggerKind::kTimer) earlier(wait.due);
    }
  }
  return out;
}

// One thing that is due at this moment: jobs, start timers, then timers of instances.
void Simulation::fire_due() {
  for (std::size_t i = 0; i < later_.size(); ++i) {
    if (later_[i].due > now_) continue;
    const Later one = later_[i];
    later_.erase(later_.begin() + static_cast<std::ptrdiff_t>(i));
    (void)handle(one.instance, one.command);
    return;
  }
  for (std::size_t i = 0; i < armed_.size(); ++i) {
    if (armed_[i].due > now_) continue;
    Armed& one = armed_[i];
    Command command{CommandKind::kStart};
    command.element = one.process->elements[one.element].id;
    const Process& process = *one.process;
    const bool again = one.times != 1 && !(one.every == Duration{});
    if (again) {
      one.due = plus(one.due, one.every);
      if (one.times > 0) --one.times;
    } else {
      armed_.erase(armed_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    (void)handle(create(process, 0, 0, 0), command);
    return;
  }
  for (std::size_t i = 0; i < instances_.size(); ++i) {
    const Instance& one = instances_[i];
    for (const auto& [key, wait] : one.state.waits) {
      const Trigger& trigger = one.process->elements[wait.element].triggers[wait.trigger];
      if (trigger.kind != TriggerKind::kTimer || wait.due > now_) continue;
      const Key due = key;
      (void)handle(i, Command{CommandKind::kWake, due});
      return;
    }
  }
}

void Simulation::advance(Millis by) {
  const Millis until = now_ + by;
  for (;;) {
    const std::optional<Millis> due = next_due();
    if (!due || *due > until) break;
    now_ = std::max(now_, *due);
    fire_due();
    work_off();
  }
  now_ = until;
}
}  // namespace hougu::process
