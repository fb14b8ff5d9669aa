#include <algorithm>

#include "feel/builtins/builtin.h"

namespace hougu::feel {
namespace {
Value get_value(const Call& call) {
  const Value* found = call[0].context().find(call[1].string());
  return found != nullptr ? *found : call.fail("feel.no_member", call[1].string());
}

Value get_entries(const Call& call) {
  std::vector<Value> out;
  for (const ContextEntry& entry : call[0].context().entries) {
    if (!call.pay(1)) return {};
    out.push_back(Value::context({{"key", Value::string(entry.key)}, {"value", entry.value}}));
  }
  return call.run.list(std::move(out), call.position);
}

void put(std::vector<ContextEntry>& entries, const std::string& key, Value value) {
  for (ContextEntry& entry : entries) {
    if (entry.key == key) {
      entry.value = std::move(value);
      return;
    }
  }
  entries.push_back({key, std::move(value)});
}

Value from_entries(const Call& call) {
  std::vector<ContextEntry> out;
  for (const Value& item : call[0].list()) {
    if (!item.is(Kind::kContext)) return call.fail("feel.argument_type", "entries");
    const Value* key = item.context().find("key");
    const Value* value = item.context().find("value");
    if (key == nullptr || value == nullptr || !key->is(Kind::kString)) {
      return call.fail("feel.argument_type", "entries");
    }
    for (const ContextEntry& entry : out) {
      if (entry.key == key->string()) return call.fail("feel.duplicate_key", key->string());
    }
    if (!call.pay(1 + out.size())) return {};
    out.push_back({key->string(), *value});
  }
  return call.run.context(std::move(out), call.position);
}

Value put_path(const Call& call, const Value& context, std::span<const Value> keys) {
  if (!keys[0].is(Kind::kString)) return call.fail("feel.argument_type", "keys");
  std::vector<ContextEntry> entries = context.context().entries;
  if (!call.pay(entries.size() + 1)) return {};
  const std::string& key = keys[0].string();
  if (keys.size() == 1) {
    put(entries, key, call[2]);
  } else {
    const Value* inner = context.context().find(key);
    if (inner == nullptr || !inner->is(Kind::kContext)) return call.fail("feel.no_member", key);
    Value changed = put_path(call, *inner, keys.subspan(1));
    if (changed.is_null()) return {};
    put(entries, key, std::move(changed));
  }
  return call.run.context(std::move(entries), call.position);
}

Value context_put(const Call& call) {
  if (call.overload == 0) return put_path(call, call[0], {&call[1], 1});
  const std::vector<Value>& keys = call[1].list();
  if (keys.empty() || keys.size() > call.run.limits().value_depth) {
    return call.fail("feel.argument_type", "keys");
  }
  return put_path(call, call[0], keys);
}

Value context_merge(const Call& call) {
  std::vector<ContextEntry> out;
  for (const Value& item : call[0].list()) {
    if (!item.is(Kind::kContext)) return call.fail("feel.argument_type", "contexts");
    for (const ContextEntry& entry : item.context().entries) {
      if (!call.pay(1 + out.size())) return {};
      put(out, entry.key, entry.value);
    }
  }
  return call.run.context(std::move(out), call.position);
}

constexpr BuiltinLine kLines[] = {
    {"get value", "m: context, key: string", "Any", get_value},
    {"get entries", "m: context", "list", get_entries},
    {"context", "entries: list", "context", from_entries},
    {"context put",
     "context: context, key: string, value: any; context: context, keys: list, value: any",
     "context", context_put},
    {"context merge", "contexts: list", "context", context_merge},
};
}  // namespace

std::span<const BuiltinLine> context_builtins() { return kLines; }
}  // namespace hougu::feel
