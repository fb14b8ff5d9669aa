#include "process/engine/run.h"

#include "process/state/apply.h"

namespace hougu::process {
namespace {
constexpr feel::Limits kLimits{2'000'000, 64ll << 20, 1'000, 500, 200};
}

void Run::emit(Event event) {
  event.pops = pop_;
  pop_ = false;
  dirty_ = dirty_ || event.kind == EventKind::kSet || event.kind == EventKind::kStarted;
  apply(process_, state_, event);
  events_.push_back(std::move(event));
}

Key Run::enter(Key scope, ElementIndex index, Event details) {
  details.kind = EventKind::kEntered;
  details.node = state_.next_key;
  details.parent = scope;
  details.element = index;
  if (details.role == Role::kPlain && at(index).loop) details.role = Role::kLoop;
  const Key key = details.node;
  emit(std::move(details));
  return key;
}

void Run::incident(Key key, Stage stage, std::string code,
                   std::map<std::string, std::string> params) {
  Event event{EventKind::kIncident};
  event.stage = stage;
  const Element& where = element(key);
  params.emplace("element", where.name.empty() ? where.id : where.name);
  event.incident = {state_.next_key, key, std::move(code), std::move(params)};
  event.node = key;
  emit(std::move(event));
}

feel::Value Run::lookup(const std::string& name, Key scope) const {
  for (const Node* at_node = state_.find(scope); at_node; at_node = state_.find(at_node->parent)) {
    const auto found = at_node->variables.find(name);
    if (found != at_node->variables.end()) return found->second;
    if (auto count = loop_count(*at_node, name)) return *count;
  }
  return {};
}

feel::Value Run::evaluate(const Expression& expression, Key scope, const Extra& extra) {
  diagnostics_.clear();
  feel::Evaluation run(&diagnostics_, kLimits);
  const Millis seconds = around_.now >= 0 ? around_.now / 1000 : -((-around_.now + 999) / 1000);
  run.set_now({seconds, static_cast<std::int32_t>((around_.now - seconds * 1000) * 1'000'000),
               feel::Zone::fixed(0)});
  return expression.evaluate(run, [&](const std::string& name) {
    if (extra) {
      if (auto value = extra(name)) return *value;
    }
    return lookup(name, scope);
  });
}

std::string Run::why() const {
  if (diagnostics_.empty()) return {};
  const feel::Diagnostic& first = diagnostics_.front();
  return first.detail.empty() ? first.code : first.code + ": " + first.detail.substr(0, 200);
}

void Run::set_local(Key key, Variables variables) {
  if (variables.empty()) return;
  Event event{EventKind::kSet};
  event.node = key;
  event.variables = std::move(variables);
  emit(std::move(event));
}

void Run::assign(Key from, const Variables& variables) {
  std::map<Key, Variables> places;
  for (const auto& [name, value] : variables) {
    Key place = from;
    for (Key key = from; key != 0; key = node(key).parent) {
      place = key;
      if (node(key).variables.count(name) > 0) break;
    }
    places[place].emplace(name, value);
  }
  for (auto& [key, values] : places) set_local(key, std::move(values));
}

Variables Run::visible(Key key) const {
  Variables out;
  for (const Node* at_node = state_.find(key); at_node; at_node = state_.find(at_node->parent)) {
    out.insert(at_node->variables.begin(), at_node->variables.end());
  }
  return out;
}

Variables Run::assigned(const std::vector<Assignment>& assignments, Key scope) {
  Variables out;
  for (const Assignment& one : assignments) {
    feel::Value value;
    if (one.value) {
      value = evaluate(*one.value, scope);
    } else if (!one.source.empty()) {
      value = lookup(one.source, scope);
    }
    out.insert_or_assign(one.target, std::move(value));
  }
  return out;
}
}  // namespace hougu::process
