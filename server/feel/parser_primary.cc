// Literals, ranges, lists and contexts.
#include <algorithm>

#include "feel/parser.h"

namespace hougu::feel {
namespace {
std::uint8_t range_flags(bool start_included, bool end_included) {
  return static_cast<std::uint8_t>((start_included ? kStartIncluded : 0) |
                                   (end_included ? kEndIncluded : 0));
}

struct Comparison {
  const char* text;
  Op op;
};
constexpr Comparison kComparisons[] = {{"=", Op::kEqual},      {"!=", Op::kNotEqual},
                                       {"<=", Op::kLessEqual}, {">=", Op::kGreaterEqual},
                                       {"<", Op::kLess},       {">", Op::kGreater}};
}  // namespace

Parser::Ref Parser::primary() {
  switch (token_.kind) {
    case TokenKind::kNumber:
      return literal_number();
    case TokenKind::kString: {
      std::string out;
      const std::uint32_t position = token_.begin;
      if (!decode_string(text(token_), out)) return fail("feel.malformed_string", position);
      advance();
      return constant(Value::string(std::move(out)), position);
    }
    case TokenKind::kAt:
      return at_literal();
    case TokenKind::kWord:
      return word();
    case TokenKind::kSymbol:
      if (at("(")) return parenthesis();
      if (at("[")) return bracket();
      if (at("]")) return open_range();
      if (at("{")) return context();
      return unexpected();
    default:
      return unexpected();
  }
}

Parser::Ref Parser::literal_number() {
  const std::uint32_t position = token_.begin;
  const MaybeNumber number = Number::parse(text(token_));
  if (!number) return fail("feel.malformed_number", position, text(token_));
  advance();
  return constant(*number, position);
}

Parser::Ref Parser::at_literal() {
  const std::uint32_t position = token_.begin;
  std::string out;
  if (!decode_string(text(token_).substr(1), out)) return fail("feel.malformed_string", position);
  advance();
  if (const auto date = parse_date(out)) return constant(Value::date(*date), position);
  if (const auto moment = parse_date_time(out)) return constant(*moment, position);
  if (const auto time = parse_time(out)) return constant(*time, position);
  if (const auto months = parse_year_month(out)) {
    return constant(Value::year_month(*months), position);
  }
  if (const auto nanos = parse_day_time(out)) return constant(Value::day_time(*nanos), position);
  return fail("feel.malformed_date", position, out);
}

Parser::Ref Parser::word() {
  const std::uint32_t position = token_.begin;
  const std::string_view here = text(token_);
  if (here == "if") return if_expression();
  if (here == "for") return for_expression();
  if (here == "some") return quantified(Op::kSome);
  if (here == "every") return quantified(Op::kEvery);
  if (here == "function") return function_definition();
  if (here == "null" || here == "true" || here == "false") {
    advance();
    return constant(here == "null" ? Value() : Value::boolean(here == "true"), position);
  }
  return variable();
}

Parser::Ref Parser::parenthesis() {
  const std::uint32_t position = token_.begin;
  advance();
  const bool outer = in_range_;
  in_range_ = false;
  for (const Comparison& comparison : kComparisons) {
    if (at(comparison.text)) {
      const Ref out = range_comparison(position);
      in_range_ = outer;
      return out;
    }
  }
  const Ref inner = expression();
  in_range_ = outer;
  if (inner == kNone) return kNone;
  if (take("..")) return range_end(inner, false, position);
  return expect(")") ? inner : kNone;
}

// "(<= 10)": an interval with one end.
Parser::Ref Parser::range_comparison(std::uint32_t position) {
  Op op = Op::kEqual;
  for (const Comparison& comparison : kComparisons) {
    if (at(comparison.text)) op = comparison.op;
  }
  if (op == Op::kNotEqual) return unexpected();
  advance();
  const Ref end = expression();
  if (end == kNone || !expect(")")) return kNone;
  const Ref null = constant(Value(), position);
  Node node{Op::kRange};
  node.position = position;
  const bool upper = op == Op::kLess || op == Op::kLessEqual;
  node.a = upper ? null : end;
  node.b = upper || op == Op::kEqual ? end : null;
  node.flag = op == Op::kEqual          ? range_flags(true, true)
              : op == Op::kLess         ? kStartOpenEnded
              : op == Op::kLessEqual    ? kStartOpenEnded | kEndIncluded
              : op == Op::kGreaterEqual ? kEndOpenEnded | kStartIncluded
                                        : kEndOpenEnded;
  return make(node, range_of(type_of(end)), {end});
}

// Behind "..": the second end and the closing bracket.
Parser::Ref Parser::range_end(Ref start, bool included, std::uint32_t position) {
  const bool outer = in_range_;
  in_range_ = true;
  const Ref end = expression();
  in_range_ = outer;
  if (end == kNone) return kNone;
  const bool end_included = at("]");
  if (!end_included && !at(")") && !at("[")) {
    fail("feel.expected", token_.begin, "]");
    return kNone;
  }
  advance();
  Node node{Op::kRange};
  node.position = position;
  node.a = start;
  node.b = end;
  node.flag = range_flags(included, end_included);
  return make(node, range_of(type_of(start)), {start, end});
}

Parser::Ref Parser::open_range() {
  const std::uint32_t position = token_.begin;
  advance();
  const Ref start = expression();
  if (start == kNone || !expect("..")) return kNone;
  return range_end(start, false, position);
}

Parser::Ref Parser::bracket() {
  const std::uint32_t position = token_.begin;
  advance();
  const bool outer = in_range_;
  in_range_ = false;
  std::vector<Ref> items;
  TypePtr element;
  while (!at("]")) {
    const Ref item = expression();
    if (item == kNone) return kNone;
    if (items.empty() && take("..")) {
      in_range_ = outer;
      return range_end(item, true, position);
    }
    // Members of the items are known when the first has them.
    if (items.empty()) element = type_of(item);
    if (element && type_of(item)->kind != element->kind) element = nullptr;
    items.push_back(item);
    if (!take(",")) break;
  }
  if (!expect("]")) return kNone;
  in_range_ = outer;
  Node node{Op::kList};
  node.position = position;
  node.b = add_list(items);
  node.c = static_cast<std::uint32_t>(items.size());
  node.depth = depth_of(items);
  return make(node, list_of(element));
}

Parser::Ref Parser::context() {
  const std::uint32_t position = token_.begin;
  advance();
  const bool outer = in_range_;
  in_range_ = false;
  const std::size_t scope = frame().locals.size();
  std::vector<Ref> values;
  std::vector<Ref> entries;
  Type type;
  type.kind = TypeKind::kContext;
  while (!at("}")) {
    std::string key;
    if (token_.kind == TokenKind::kString) {
      if (!decode_string(text(token_), key)) return fail("feel.malformed_string", token_.begin);
      advance();
    } else if (!name_until(":", key)) {
      return kNone;
    }
    if (!work(type.members.size())) return kNone;
    for (const auto& member : type.members) {
      if (member.first == key) return fail("feel.duplicate_key", token_.begin, key);
    }
    if (!expect(":")) return kNone;
    const Ref value = expression();
    if (value == kNone) return kNone;
    type.members.emplace_back(key, type_of(value));
    values.push_back(value);
    entries.push_back(add_constant(Value::string(key)));
    entries.push_back(value);
    entries.push_back(add_local(key, type_of(value)));
    if (!take(",")) break;
  }
  frame().locals.resize(scope);
  if (!expect("}")) return kNone;
  in_range_ = outer;
  Node node{Op::kContext};
  node.position = position;
  node.b = add_list(entries);
  node.c = static_cast<std::uint32_t>(values.size());
  node.depth = depth_of(values);
  return make(node, std::make_shared<const Type>(std::move(type)));
}
}  // namespace hougu::feel
