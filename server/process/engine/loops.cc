// Standard loops and multi-instance activities: a node for the whole, one inside for each instance.
#include <algorithm>

#include "process/engine/run.h"

namespace hougu::process {
namespace {
using feel::Value;
constexpr std::int64_t kMostInstances = 10'000;
}  // namespace

void Run::begin_loop(Key key) {
  if (element(key).loop->kind != LoopKind::kStandard) return begin_multi_instance(key);
  const Loop& loop = *element(key).loop;
  if (loop.maximum && *loop.maximum < 0) {
    return incident(key, Stage::kWork, "bpmn.loop.maximum",
                    {{"number", std::to_string(*loop.maximum)}});
  }
  Event event{EventKind::kLoopBegun};
  event.node = key;
  event.number = -1;
  emit(std::move(event));
  if (loop.test_before) return loop_progress(key);
  if (loop.maximum && *loop.maximum == 0) return finish(key);
  start_inner(key, 1);
}

void Run::begin_multi_instance(Key key) {
  const Loop& loop = *element(key).loop;
  Event event{EventKind::kLoopBegun};
  event.node = key;
  if (loop.collection || !loop.collection_name.empty()) {
    const Value all = loop.collection ? evaluate(*loop.collection, key)
                                      : lookup(loop.collection_name, node(key).parent);
    if (!all.is(feel::Kind::kList)) {
      const std::string text = loop.collection ? loop.collection->source() : loop.collection_name;
      return incident(key, Stage::kWork, "bpmn.loop.collection",
                      {{"text", text}, {"reason", loop.collection ? why() : ""}});
    }
    event.values = all.list();
    event.number = static_cast<std::int64_t>(event.values.size());
  } else {
    const Value count = loop.cardinality ? evaluate(*loop.cardinality, key) : Value();
    const auto whole = count.is(feel::Kind::kNumber) ? count.number().to_integer() : std::nullopt;
    if (!whole || *whole < 0) {
      const std::string text = loop.cardinality ? loop.cardinality->source() : std::string();
      return incident(key, Stage::kWork, "bpmn.loop.cardinality",
                      {{"text", text}, {"reason", why()}});
    }
    event.number = *whole;
  }
  if (event.number > kMostInstances) {
    return incident(key, Stage::kWork, "bpmn.loop.too_many",
                    {{"count", std::to_string(kMostInstances)}});
  }
  const std::int64_t total = event.number;
  emit(std::move(event));
  if (total == 0) return finish_loop(key);
  const std::int64_t first = loop.kind == LoopKind::kSequential ? 1 : total;
  for (std::int64_t i = 1; i <= first; ++i) start_inner(key, i);
}

void Run::start_inner(Key key, std::int64_t number) {
  const Node& outer = node(key);
  const Loop& loop = *element(key).loop;
  Event details;
  details.role = Role::kInner;
  details.number = number;
  details.variables.emplace("loopCounter", Value::integer(number));
  const auto place = static_cast<std::size_t>(number - 1);
  if (!loop.item.empty() && outer.loop && place < outer.loop->items.size()) {
    details.variables.emplace(loop.item, outer.loop->items[place]);
  }
  if (!loop.output_item.empty()) details.variables.emplace(loop.output_item, Value());
  enter(key, outer.element, std::move(details));
}

std::optional<Value> Run::loop_count(const Node& outer, const std::string& name) const {
  if (!outer.loop || outer.loop->total < 0) return {};
  const LoopState& loop = *outer.loop;
  if (name == "numberOfInstances") return Value::integer(loop.total);
  if (name == "numberOfActiveInstances") return Value::integer(loop.started - loop.completed);
  if (name == "numberOfCompletedInstances") return Value::integer(loop.completed);
  if (name == "numberOfTerminatedInstances") return Value::integer(0);
  return {};
}

void Run::inner_done(Key key) {
  const Key outer = node(key).parent;
  const Loop& loop = *element(key).loop;
  if (!loop.output_collection.empty() && !loop.output_item.empty()) {
    Event result{EventKind::kLoopResult};
    result.node = outer;
    result.number = node(key).index;
    result.values.push_back(lookup(loop.output_item, key));
    emit(std::move(result));
  }
  close_waits(key, "cancelled");
  Event event{EventKind::kLeft};
  event.node = key;
  event.element = node(key).element;
  emit(std::move(event));
  if (loop.kind != LoopKind::kStandard && !loop_events(outer)) return finish_loop(outer);
  loop_progress(outer);
}

// Throws to the boundary what the behavior asks for as an instance ends; false when a rule says
// that the activity is done.
bool Run::loop_events(Key outer) {
  const Loop& loop = *element(outer).loop;
  const auto to_boundary = [&](const Trigger& thrown) {
    const std::vector<ElementIndex> boundaries = element(outer).boundaries;
    for (const ElementIndex boundary : boundaries) {
      for (const Trigger& one : at(boundary).triggers) {
        const bool code = one.code.empty() || one.code == thrown.code;
        if (one.kind != thrown.kind || one.name != thrown.name || !code) continue;
        enter(node(outer).parent, boundary);  // beside it, whatever cancelActivity says
        break;
      }
    }
  };
  const bool first = node(outer).loop->completed == 1;
  if (loop.event &&
      (loop.events == LoopEvents::kEach || (loop.events == LoopEvents::kOne && first))) {
    to_boundary(*loop.event);
  }
  if (loop.events != LoopEvents::kComplex) return true;
  for (const LoopRule& rule : loop.rules) {
    if (!rule.condition || !evaluate(*rule.condition, outer).is_true()) continue;
    if (rule.event) to_boundary(*rule.event);
    return false;
  }
  return true;
}

void Run::loop_progress(Key key) {
  const Loop& loop = *element(key).loop;
  const LoopState& now = *node(key).loop;
  if (now.started > now.completed && loop.kind != LoopKind::kParallel) return;
  if (loop.kind == LoopKind::kStandard) {
    if (loop.maximum && now.completed >= *loop.maximum) return finish(key);
    const Value again = loop.condition
                            ? evaluate(*loop.condition, key,
                                       [&](const std::string& name) {
                                         return name == "loopCounter"
                                                    ? std::optional(Value::integer(now.completed))
                                                    : std::nullopt;
                                       })
                            : Value::boolean(true);
    if (again.is_false()) return finish(key);
    if (!again.is_true()) {
      return incident(key, Stage::kWork, "bpmn.loop.condition",
                      {{"text", loop.condition->source()}, {"reason", why()}});
    }
    return start_inner(key, now.started + 1);
  }
  if (loop.condition && now.completed > 0) {
    const Value done = evaluate(*loop.condition, key);
    if (done.is_true()) return finish_loop(key);
    if (!done.is_false()) {
      return incident(key, Stage::kWork, "bpmn.loop.condition",
                      {{"text", loop.condition->source()}, {"reason", why()}});
    }
  }
  if (now.completed >= now.total) return finish_loop(key);
  if (loop.kind == LoopKind::kSequential) start_inner(key, now.started + 1);
}

void Run::finish_loop(Key key) {
  cancel_inside(key);
  const Loop& loop = *element(key).loop;
  if (!loop.output_collection.empty()) {
    std::vector<Value> results = node(key).loop->results;
    results.resize(static_cast<std::size_t>(std::max<std::int64_t>(0, node(key).loop->total)));
    Variables out;
    out.emplace(loop.output_collection, Value::list(std::move(results)));
    if (node(key).variables.count(loop.output_collection) == 0)
      assign(key, out);
    else
      set_local(key, std::move(out));
  }
  finish(key);
}
}  // namespace hougu::process
