// Names and types: finding them in the scope, and what follows from that.
#include <algorithm>

#include "feel/builtins/registry.h"
#include "feel/parser.h"

namespace hougu::feel {
namespace {
bool ends_name(std::string_view word) {
  return word == "and" || word == "or" || word == "in" || word == "between" || word == "instance" ||
         word == "then" || word == "else" || word == "return" || word == "satisfies";
}
}  // namespace

std::uint32_t Parser::add_local(std::string_view name, TypePtr type, bool filter_item) {
  const std::uint32_t slot = frame().size++;
  frame().locals.push_back({normal_name(name), name_parts(name), slot,
                            type ? type : basic_type(TypeKind::kAny), filter_item});
  return slot;
}

// Behind as many words as stand in a row without a keyword.
std::size_t Parser::words_end(std::size_t at) const {
  std::size_t end = word_end(source_, at);
  for (;;) {
    const std::size_t next = skip_space(source_, end);
    const std::size_t behind = word_end(source_, next);
    if (behind == next || ends_name(source_.substr(next, behind - next))) return end;
    if (source_[next] >= '0' && source_[next] <= '9' && next == end) return end;
    end = behind;
  }
}

std::uint32_t Parser::capture(std::size_t in, std::size_t owner, bool from_input,
                              std::uint32_t slot) {
  if (in == owner) return slot;
  const bool direct = in - 1 == owner;
  const std::uint32_t from = direct ? slot : capture(in - 1, owner, from_input, slot);
  const bool input = direct && from_input;
  Frame& inner = frames_[in];
  const std::uint64_t key = (input ? 1ull << 32 : 0) | from;
  work(inner.known.size());
  for (const auto& known : inner.known) {
    if (known.first == key) return known.second;
  }
  const std::uint32_t to = inner.size++;
  inner.captures.push_back({input, from, to});
  inner.known.emplace_back(key, to);
  return to;
}

// Inputs and locals of the outermost frame belong to frame 0.
Parser::Ref Parser::resolve(std::uint32_t owner, bool from_input, std::uint32_t slot, TypePtr type,
                            std::uint32_t position) {
  const std::size_t here = frames_.size() - 1;
  Node node{from_input && here == 0 ? Op::kInput : Op::kLocal};
  node.position = position;
  node.a = capture(here, owner, from_input, slot);
  if (from_input) program_.inputs.push_back(slot);
  return make(node, std::move(type));
}

Parser::Ref Parser::variable() {
  const std::uint32_t position = token_.begin;
  struct Found {
    std::size_t end = 0;
    std::size_t frame = 0;
    const Local* local = nullptr;
    std::string member{};
    TypePtr member_type{};
  } best;
  struct Dynamic {
    std::size_t frame;
    std::uint32_t slot;
  };
  std::vector<Dynamic> filters;    // innermost first: their items may have members we don't know
  std::size_t filters_inside = 0;  // those within the scope of the best find
  for (std::size_t f = frames_.size(); f-- > 0;) {
    const auto& locals = frames_[f].locals;
    if (!work(locals.size())) return kNone;
    for (std::size_t i = locals.size(); i-- > 0;) {
      const Local& local = locals[i];
      std::size_t end = match_name(source_, position, local.parts);
      if (end != std::string_view::npos && end > best.end) {
        best = {end, f, &local, {}, {}};
        filters_inside = filters.size();
      }
      if (!local.filter_item) continue;
      const TypePtr& type = local.type;
      if (!work(type->members.size())) return kNone;
      for (const auto& member : type->members) {
        end = match_name(source_, position, name_parts(member.first));
        if (end == std::string_view::npos || end <= best.end) continue;
        best = {end, f, &local, member.first, member.second};
        filters_inside = filters.size();
      }
      if (type->kind == TypeKind::kAny || type->kind == TypeKind::kContext) {
        filters.push_back({f, local.slot});
        // "item" may also be a member of the item.
        if (best.local == &local && best.member.empty()) filters_inside = filters.size();
      }
    }
  }
  const NameIndex::Match input = environment_.names().longest(source_, position);
  const NameIndex::Match builtin = builtins().names().longest(source_, position);
  const std::size_t greedy = words_end(position);
  const bool is_input = input.end > best.end;
  const bool is_builtin = builtin.end > best.end && builtin.end > input.end;
  std::size_t end = std::max({best.end, input.end, builtin.end});
  if (is_input || is_builtin) filters_inside = filters.size();
  const bool longer = greedy > end && (end == 0 || !filters.empty());
  if (longer) {
    end = greedy;
    filters_inside = filters.size();
  }
  const std::string name = normal_name(source_.substr(position, end - position));
  move_to(end);
  if (!longer && is_builtin) {
    const Builtin& found = builtins().all()[builtin.id];
    if (at("(")) return call(kNone, &found, position);
    if (!found.deterministic) program_.deterministic = false;
    if (filters.empty()) return constant(found.function, position);
  }
  Ref out = kNone;
  if (longer || end == 0) {
    if (filters.empty()) program_.unknown_names.push_back({"feel.unknown_name", position, name});
    Node node{Op::kUnknown};
    node.position = position;
    node.a = add_constant(Value::string(name));
    out = make(node, nullptr);
  } else if (is_builtin) {
    out = constant(builtins().all()[builtin.id].function, position);
  } else if (is_input) {
    out = resolve(0, true, input.id, environment_.variables()[input.id].type, position);
  } else {
    const Local* local = best.local;
    if (local->name == "?") subject_used_ = true;
    if (local->name == "partial") partial_used_ = true;
    out =
        resolve(static_cast<std::uint32_t>(best.frame), false, local->slot, local->type, position);
    if (!best.member.empty()) {
      Node node{Op::kPath};
      node.position = position;
      node.a = out;
      node.b = add_constant(Value::string(best.member));
      out = make(node, best.member_type, {out});
    }
  }
  // Outermost last in the chain of fallbacks: the innermost filter's item is asked first.
  for (std::size_t i = filters_inside; i-- > 0 && out != kNone;) {
    Node node{Op::kMember};
    node.position = position;
    node.a = add_constant(Value::string(name));
    node.b = capture(frames_.size() - 1, filters[i].frame, false, filters[i].slot);
    node.c = out;
    out = make(node, type_of(out), {out});
  }
  return out;
}

// A name that ends at one of the ASCII characters of `stops` (kept unread), or at the word "in"
// when `stops` is empty.
bool Parser::name_until(std::string_view stops, std::string& out) {
  const std::size_t begin = token_.begin;
  std::size_t at = begin;
  if (token_.kind != TokenKind::kWord) {
    unexpected();
    return false;
  }
  constexpr std::size_t kLongest = 4096;
  while (at - begin < kLongest) {
    const std::size_t next = skip_space(source_, at);
    if (next >= source_.size()) break;
    const std::size_t end = word_end(source_, next);
    if (end != next) {
      if (stops.empty() && next != begin && source_.substr(next, end - next) == "in") break;
      at = end;
      continue;
    }
    if (stops.find(source_[next]) != std::string_view::npos) break;
    if (source_.substr(next, 2) == "/*") break;  // a comment that never ends
    if (std::string_view("./-'*+").find(source_[next]) == std::string_view::npos &&
        source_.substr(next, 3) != "\xE2\x80\x99") {
      break;
    }
    at = next + (source_[next] == '\xE2' ? 3 : 1);
  }
  out = normal_name(source_.substr(begin, at - begin));
  move_to(at);
  return true;
}

// Reads "name :" when it stands here.
bool Parser::named_argument(std::string& name) {
  if (token_.kind != TokenKind::kWord) return false;
  const Token before = token_;
  if (name_until(":", name) && at(":")) {
    advance();
    return true;
  }
  token_ = before;
  return false;
}

TypePtr Parser::type_reference() {
  Depth depth(*this);
  if (!depth.ok) return nullptr;
  if (token_.kind != TokenKind::kWord) {
    unexpected();
    return nullptr;
  }
  static constexpr const char* kLong[] = {"days and time duration", "years and months duration",
                                          "date and time"};
  const NameIndex::Match own = environment_.type_names().longest(source_, token_.begin);
  if (own.end != 0) {
    move_to(own.end);
    return environment_.type(own.id);
  }
  for (const char* name : kLong) {
    const std::size_t end = match_name(source_, token_.begin, name_parts(name));
    if (end == std::string_view::npos) continue;
    move_to(end);
    return named_type(name);
  }
  TypePtr type = named_type(text(token_));
  if (!type) {
    fail("feel.unknown_type", token_.begin, text(token_));
    return nullptr;
  }
  advance();
  return at("<") ? type_arguments(std::move(type)) : type;
}

TypePtr Parser::type_arguments(TypePtr generic) {
  Type out;
  out.kind = generic->kind;
  advance();
  while (!at(">") && !error_) {
    if (out.kind == TypeKind::kContext) {
      std::string name;
      if (!name_until(":", name) || !expect(":")) return nullptr;
      TypePtr type = type_reference();
      if (!type) return nullptr;
      out.members.emplace_back(std::move(name), std::move(type));
    } else {
      TypePtr type = type_reference();
      if (!type) return nullptr;
      if (out.kind == TypeKind::kFunction) {
        out.parameters.push_back(std::move(type));
      } else {
        out.element = std::move(type);
        break;
      }
    }
    if (!take(",")) break;
  }
  // ">" of a nested type may stand right before another.
  if (!at(">")) {
    fail("feel.expected", token_.begin, ">");
    return nullptr;
  }
  advance();
  if (out.kind == TypeKind::kFunction) {
    if (!expect("->")) return nullptr;
    out.result = type_reference();
    if (!out.result) return nullptr;
  }
  return std::make_shared<const Type>(std::move(out));
}
}  // namespace hougu::feel
