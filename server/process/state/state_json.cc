#include "process/state/state.h"
#include "process/state/values.h"

namespace hougu::process {
namespace {
constexpr JsonLimits kLimits{4'000, 256u << 20};

// Written only when it isn't the usual value.
template <typename T>
void put(json::object& out, const char* name, T value, T usual = {}) {
  if (value != usual) out.emplace(name, value);
}
void put(json::object& out, const char* name, const std::string& text) {
  if (!text.empty()) out.emplace(name, text);
}

template <typename T>
T number(const json::object& from, const char* name, T usual = {}) {
  const json::value* found = from.if_contains(name);
  if (!found) return usual;
  if (found->is_int64()) return static_cast<T>(found->as_int64());
  if (found->is_uint64()) return static_cast<T>(found->as_uint64());
  return usual;
}
std::string text(const json::object& from, const char* name) {
  const auto found = find_string(from, name);
  return found ? std::string(*found) : std::string();
}
bool truth(const json::object& from, const char* name) {
  return find_bool(from, name).value_or(false);
}

json::array values_json(const std::vector<feel::Value>& values) {
  json::array out;
  for (const feel::Value& one : values) out.push_back(to_json(one));
  return out;
}
std::vector<feel::Value> values_from(const json::object& from, const char* name) {
  std::vector<feel::Value> out;
  if (const json::array* found = find_array(from, name)) {
    for (const json::value& one : *found) out.push_back(value_from_json(one));
  }
  return out;
}

json::array records_json(const std::vector<Record>& records) {
  json::array out;
  for (const Record& record : records) {
    json::object one;
    one.emplace("element", record.element);
    if (!record.variables.empty()) one.emplace("variables", variables_json(record.variables));
    if (!record.nested.empty()) one.emplace("nested", records_json(record.nested));
    out.push_back(std::move(one));
  }
  return out;
}
std::vector<Record> records_from(const json::object& from, const char* name) {
  std::vector<Record> out;
  const json::array* found = find_array(from, name);
  if (!found) return out;
  for (const json::value& one : *found) {
    if (!one.is_object()) continue;
    Record record;
    record.element = number<ElementIndex>(one.as_object(), "element", kNone);
    record.variables = variables_from(one.as_object().if_contains("variables"));
    record.nested = records_from(one.as_object(), "nested");
    out.push_back(std::move(record));
  }
  return out;
}

void write_scope(json::object& out, const Node& node) {
  put(out, "in_flight", node.in_flight);
  if (!node.held.empty()) {
    json::array held;
    for (const auto& [flow, count] : node.held) held.push_back(json::array{flow, count});
    out.emplace("held", std::move(held));
  }
  if (!node.resetting.empty()) {
    json::array all;
    for (const auto& [element, flows] : node.resetting) {
      json::array one{element};
      for (const FlowIndex flow : flows) one.push_back(flow);
      all.push_back(std::move(one));
    }
    out.emplace("resetting", std::move(all));
  }
  if (!node.records.empty()) out.emplace("records", records_json(node.records));
}

void read_scope(const json::object& from, Node& node) {
  node.in_flight = number<std::uint32_t>(from, "in_flight");
  if (const json::array* held = find_array(from, "held")) {
    for (const json::value& one : *held) {
      const json::array* pair = one.if_array();
      if (!pair || pair->size() != 2) continue;
      node.held[(*pair)[0].to_number<FlowIndex>()] = (*pair)[1].to_number<std::uint32_t>();
    }
  }
  if (const json::array* all = find_array(from, "resetting")) {
    for (const json::value& one : *all) {
      const json::array* list = one.if_array();
      if (!list || list->empty()) continue;
      auto& flows = node.resetting[(*list)[0].to_number<ElementIndex>()];
      for (std::size_t i = 1; i < list->size(); ++i) {
        flows.push_back((*list)[i].to_number<FlowIndex>());
      }
    }
  }
  node.records = records_from(from, "records");
}

json::object node_json(const Node& node) {
  json::object out;
  out.emplace("key", node.key);
  put(out, "parent", node.parent);
  out.emplace("element", node.element);
  put(out, "role", static_cast<int>(node.role));
  put(out, "stage", static_cast<int>(node.stage));
  put(out, "index", node.index);
  put(out, "work", node.work);
  put(out, "children", node.children);
  if (!node.variables.empty()) out.emplace("variables", variables_json(node.variables));
  write_scope(out, node);
  if (node.loop) {
    out.emplace("loop", json::object{{"total", node.loop->total},
                                     {"started", node.loop->started},
                                     {"completed", node.loop->completed},
                                     {"items", values_json(node.loop->items)},
                                     {"results", values_json(node.loop->results)}});
  }
  put(out, "owner", node.owner);
  if (!node.pending.empty()) out.emplace("pending", records_json(node.pending));
  put(out, "released", node.released);
  put(out, "cancelling", node.cancelling);
  return out;
}

Node node_from(const json::object& from) {
  Node node;
  node.key = number<Key>(from, "key");
  node.parent = number<Key>(from, "parent");
  node.element = number<ElementIndex>(from, "element", kNone);
  node.role = static_cast<Role>(number<int>(from, "role"));
  node.stage = static_cast<Stage>(number<int>(from, "stage"));
  node.index = number<std::int64_t>(from, "index");
  node.work = text(from, "work");
  node.children = number<std::uint32_t>(from, "children");
  node.variables = variables_from(from.if_contains("variables"));
  read_scope(from, node);
  if (const json::object* loop = find_object(from, "loop")) {
    node.loop =
        LoopState{number<std::int64_t>(*loop, "total"), number<std::int64_t>(*loop, "started"),
                  number<std::int64_t>(*loop, "completed"), values_from(*loop, "items"),
                  values_from(*loop, "results")};
  }
  node.owner = number<Key>(from, "owner");
  node.pending = records_from(from, "pending");
  node.released = truth(from, "released");
  node.cancelling = truth(from, "cancelling");
  return node;
}

json::object wait_json(const Wait& wait) {
  json::object out{{"key", wait.key}, {"node", wait.node}, {"element", wait.element}};
  put(out, "trigger", wait.trigger);
  put(out, "due", wait.due);
  put(out, "times", wait.times, std::int64_t{1});
  put(out, "correlation", wait.correlation);
  put(out, "marked", wait.marked);
  return out;
}

Wait wait_from(const json::object& from) {
  return {number<Key>(from, "key"),
          number<Key>(from, "node"),
          number<ElementIndex>(from, "element", kNone),
          number<std::uint32_t>(from, "trigger"),
          number<Millis>(from, "due"),
          number<std::int64_t>(from, "times", 1),
          text(from, "correlation"),
          truth(from, "marked")};
}

json::object incident_json(const Incident& incident) {
  json::object params;
  for (const auto& [name, value] : incident.params) params.emplace(name, value);
  return {{"key", incident.key},
          {"node", incident.node},
          {"code", incident.code},
          {"params", std::move(params)}};
}

Incident incident_from(const json::object& from) {
  Incident out{number<Key>(from, "key"), number<Key>(from, "node"), text(from, "code"), {}};
  if (const json::object* params = find_object(from, "params")) {
    for (const auto& one : *params) {
      if (one.value().is_string()) {
        out.params.emplace(one.key(), std::string(one.value().as_string()));
      }
    }
  }
  return out;
}

template <typename Map, typename Write>
void write_all(json::object& out, const char* name, const Map& map, Write write) {
  if (map.empty()) return;
  json::array all;
  for (const auto& [key, one] : map) all.push_back(write(one));
  out.emplace(name, std::move(all));
}

template <typename Map, typename Read>
void read_all(const json::object& from, const char* name, Map& map, Read read) {
  const json::array* all = find_array(from, name);
  if (!all) return;
  for (const json::value& one : *all) {
    if (!one.is_object()) continue;
    auto value = read(one.as_object());
    const Key key = value.key;
    map.emplace(key, std::move(value));
  }
}
}  // namespace

const Node* State::find(Key key) const {
  const auto found = nodes.find(key);
  return found == nodes.end() ? nullptr : &found->second;
}

json::object variables_json(const Variables& variables) {
  json::object out;
  for (const auto& [name, value] : variables) out.emplace(name, to_json(value));
  return out;
}

Variables variables_from(const json::value* source) {
  Variables out;
  if (!source || !source->is_object()) return out;
  for (const auto& one : source->as_object()) {
    out.emplace(one.key(), value_from_json(one.value()));
  }
  return out;
}

std::string write_state(const State& state) {
  json::object out;
  put(out, "status", static_cast<int>(state.status));
  put(out, "error", state.error);
  out.emplace("next_key", state.next_key);
  put(out, "called", state.called);
  write_all(out, "nodes", state.nodes, node_json);
  write_all(out, "waits", state.waits, wait_json);
  write_all(out, "incidents", state.incidents, incident_json);
  if (!state.todo.empty()) {
    json::array all;
    for (const Todo& todo : state.todo) {
      json::array one{static_cast<int>(todo.kind), todo.node};
      if (todo.flow != kNone) one.push_back(todo.flow);
      all.push_back(std::move(one));
    }
    out.emplace("todo", std::move(all));
  }
  return json::serialize(out);
}

Result<State> read_state(std::string_view source) {
  HOUGU_TRY(const json::value parsed, parse_json(source, kLimits));
  const json::object* from = parsed.if_object();
  if (!from || !from->contains("next_key")) return invalid("bpmn.state.malformed");
  State out;
  try {
    out.status = static_cast<Status>(number<int>(*from, "status"));
    out.error = text(*from, "error");
    out.next_key = number<Key>(*from, "next_key", 1);
    out.called = truth(*from, "called");
    read_all(*from, "nodes", out.nodes, node_from);
    read_all(*from, "waits", out.waits, wait_from);
    read_all(*from, "incidents", out.incidents, incident_from);
    if (const json::array* all = find_array(*from, "todo")) {
      for (const json::value& one : *all) {
        const json::array& parts = one.as_array();
        Todo todo;
        todo.kind = static_cast<Todo::Kind>(parts.at(0).to_number<int>());
        todo.node = parts.at(1).to_number<Key>();
        if (parts.size() > 2) todo.flow = parts.at(2).to_number<FlowIndex>();
        out.todo.push_back(todo);
      }
    }
  } catch (const std::exception&) {  // a part of another shape
    return invalid("bpmn.state.malformed");
  }
  return out;
}
}  // namespace hougu::process
