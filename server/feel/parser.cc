#include "feel/parser.h"

#include <algorithm>

#include "base/text.h"
#include "feel/builtins/regex.h"
#include "feel/builtins/registry.h"

namespace hougu::feel {

Parser::Parser(std::string_view source, const Environment& environment,
               const CompileOptions& options)
    : source_(source), environment_(environment), options_(options) {
  frames_.emplace_back();
  token_ = next_token(source_, 0);
}

bool Parser::take(const char* text) {
  if (!at(text)) return false;
  advance();
  return true;
}

bool Parser::take_word(std::string_view word) {
  if (!at_word(word)) return false;
  advance();
  return true;
}

bool Parser::expect(const char* text) {
  if (take(text)) return true;
  if (token_.kind == TokenKind::kError) {
    unexpected();
  } else {
    fail("feel.expected", token_.begin, text);
  }
  return false;
}

bool Parser::expect_word(std::string_view word) {
  if (take_word(word)) return true;
  if (token_.kind == TokenKind::kError) {
    unexpected();
  } else {
    fail("feel.expected", token_.begin, word);
  }
  return false;
}

Parser::Ref Parser::fail(const char* code, std::uint32_t position, std::string_view detail) {
  if (error_) return kNone;
  std::size_t line = 1;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < position && i < source_.size(); ++i) {
    if (source_[i] == '\n') {
      ++line;
      begin = i + 1;
    }
  }
  const std::size_t column =
      count_code_points(source_.substr(begin, position > begin ? position - begin : 0)) + 1;
  error_ = invalid(code, {},
                   {{"position", std::to_string(position)},
                    {"line", std::to_string(line)},
                    {"column", std::to_string(column)},
                    {"detail", std::string(detail.substr(0, 100))}});
  return kNone;
}

Parser::Ref Parser::unexpected() {
  if (token_.kind == TokenKind::kError) return fail(token_.error, token_.begin);
  if (token_.kind == TokenKind::kEnd) return fail("feel.unexpected_end", token_.begin);
  return fail("feel.unexpected", token_.begin, text(token_));
}

bool Parser::work(std::size_t steps) {
  constexpr std::uint64_t kMostWork = 20'000'000;
  work_ += steps;
  if (work_ > kMostWork) fail("feel.too_complex", token_.begin);
  return work_ <= kMostWork;
}

Parser::Ref Parser::make(Node node, TypePtr type, std::initializer_list<Ref> children) {
  std::uint32_t depth = node.depth;
  for (const Ref child : children) {
    if (child == kNone) return kNone;
    depth = std::max<std::uint32_t>(depth, program_.nodes[child].depth + 1u);
  }
  if (depth > options_.max_depth) return fail("feel.too_deep", node.position);
  constexpr std::size_t kMostNodes = 1'000'000;
  if (program_.nodes.size() >= kMostNodes) return fail("feel.too_complex", node.position);
  node.depth = static_cast<std::uint16_t>(depth);
  program_.nodes.push_back(node);
  types_.push_back(type ? std::move(type) : basic_type(TypeKind::kAny));
  return static_cast<Ref>(program_.nodes.size() - 1);
}

std::uint32_t Parser::add_constant(Value value) {
  program_.constants.push_back(std::move(value));
  return static_cast<std::uint32_t>(program_.constants.size() - 1);
}

Parser::Ref Parser::constant(Value value, std::uint32_t position) {
  static constexpr TypeKind kKinds[] = {
      TypeKind::kNull,    TypeKind::kBoolean,  TypeKind::kNumber,  TypeKind::kDate,
      TypeKind::kTime,    TypeKind::kDateTime, TypeKind::kDayTime, TypeKind::kYearMonth,
      TypeKind::kString,  TypeKind::kRange,    TypeKind::kList,    TypeKind::kContext,
      TypeKind::kFunction};
  Node node{Op::kConstant};
  node.position = position;
  const TypePtr type = basic_type(kKinds[static_cast<std::size_t>(value.kind())]);
  node.a = add_constant(std::move(value));
  return make(node, type);
}

std::uint32_t Parser::add_list(const std::vector<Ref>& items) {
  const auto at = static_cast<std::uint32_t>(program_.lists.size());
  program_.lists.insert(program_.lists.end(), items.begin(), items.end());
  return at;
}

std::uint16_t Parser::depth_of(const std::vector<Ref>& items) const {
  std::uint16_t depth = 1;
  for (const Ref item : items) {
    depth =
        std::max<std::uint16_t>(depth, static_cast<std::uint16_t>(program_.nodes[item].depth + 1));
  }
  return depth;
}

Parser::Ref Parser::postfix() {
  Ref left = primary();
  return left == kNone ? kNone : postfix_tail(left);
}

// Whether the "[" here opens a filter; otherwise it closes an open interval.
bool Parser::filter_follows() {
  if (!in_range_) return true;
  const Token next = next_token(source_, token_.end);
  if (next.kind == TokenKind::kEnd) return false;
  if (next.kind == TokenKind::kSymbol) {
    for (const char* opening : {"(", "[", "{", "-", "<", ">", "<=", ">="}) {
      if (next.symbol == symbol(opening)) return true;
    }
    return false;
  }
  const std::string_view word = text(next);
  return word != "and" && word != "or" && word != "then" && word != "else" && word != "return" &&
         word != "satisfies" && word != "instance" && word != "in";
}

Parser::Ref Parser::postfix_tail(Ref left) {
  while (left != kNone) {
    const std::uint32_t position = token_.begin;
    if (at(".")) {
      left = path(left);
    } else if (at("[") && filter_follows()) {
      left = filter(left);
    } else if (at("(")) {
      left = call(left, nullptr, position);
    } else if (at_word("instance")) {
      advance();
      if (!expect_word("of")) return kNone;
      TypePtr type = type_reference();
      if (!type) return kNone;
      program_.types.push_back(std::move(type));
      Node node{Op::kInstance};
      node.position = position;
      node.a = left;
      node.b = static_cast<std::uint32_t>(program_.types.size() - 1);
      left = make(node, basic_type(TypeKind::kBoolean), {left});
    } else {
      return left;
    }
  }
  return left;
}

Parser::Ref Parser::path(Ref left) {
  const std::uint32_t position = token_.begin;
  advance();
  if (token_.kind != TokenKind::kWord) return unexpected();
  TypePtr object = type_of(left);
  const bool list = object->kind == TypeKind::kList;
  if (list && object->element) object = object->element;
  std::size_t end = 0;
  std::string name;
  TypePtr type;
  if (!work(object->members.size())) return kNone;
  for (const auto& member : object->members) {
    const std::size_t behind = match_name(source_, token_.begin, name_parts(member.first));
    if (behind == std::string_view::npos || behind <= end) continue;
    end = behind;
    name = member.first;
    type = member.second;
  }
  if (end == 0) {
    end = words_end(token_.begin);
    name = normal_name(source_.substr(token_.begin, end - token_.begin));
  }
  move_to(end);
  Node node{Op::kPath};
  node.position = position;
  node.a = left;
  node.b = add_constant(Value::string(name));
  return make(node, list ? list_of(type) : type, {left});
}

Parser::Ref Parser::filter(Ref left) {
  const std::uint32_t position = token_.begin;
  advance();
  const bool outer = in_range_;
  in_range_ = false;
  const TypePtr list = type_of(left);
  const TypePtr element = list->kind == TypeKind::kList ? list->element : list;
  const std::size_t scope = frame().locals.size();
  const std::uint32_t slot = add_local("item", element, true);
  const Ref condition = expression();
  frame().locals.resize(scope);
  in_range_ = outer;
  if (condition == kNone || !expect("]")) return kNone;
  Node node{Op::kFilter};
  node.position = position;
  node.a = left;
  node.b = condition;
  node.c = slot;
  const bool index = type_of(condition)->kind == TypeKind::kNumber;
  const TypePtr type = index ? element : list->kind == TypeKind::kList ? list : list_of(element);
  return make(node, type, {left, condition});
}

// The place of a regular expression that is written as a constant, from 1; 0 when it must be made
// at each call (which also says what is wrong with it).
std::uint32_t Parser::constant_regex(const Builtin& builtin, const std::vector<Ref>& arguments) {
  const auto text = [&](int argument, std::string& out) {
    const auto at = static_cast<std::size_t>(argument);
    if (argument < 0 || at >= arguments.size()) return true;
    const Node& node = program_.nodes[arguments[at]];
    if (node.op != Op::kConstant) return false;
    const Value& value = program_.constants[node.a];
    if (value.is(Kind::kString)) out = value.string();
    return value.is(Kind::kString) || value.is_null();
  };
  std::string pattern;
  std::string flags;
  constexpr std::size_t kMostRegexes = 100;  // of a source; further ones are made when needed
  if (program_.regexes.size() >= kMostRegexes || builtin.pattern < 0 ||
      static_cast<std::size_t>(builtin.pattern) >= arguments.size() ||
      !text(builtin.pattern, pattern) || !text(builtin.flags, flags)) {
    return 0;
  }
  RegexError error = RegexError::kNone;
  auto made = Regex::make(pattern, flags, error);
  if (!made) return 0;
  program_.regexes.push_back(std::move(made));
  return static_cast<std::uint32_t>(program_.regexes.size());
}

Parser::Ref Parser::call(Ref callee, const Builtin* builtin, std::uint32_t position) {
  advance();
  const bool outer = in_range_;
  in_range_ = false;
  std::vector<Ref> arguments;
  std::vector<Ref> names;
  if (!at(")")) {
    do {
      std::string name;
      const bool named = named_argument(name);
      if (error_) return kNone;
      if (!arguments.empty() && named == names.empty()) {
        return fail("feel.mixed_arguments", token_.begin);
      }
      const Ref argument = expression();
      if (argument == kNone) return kNone;
      arguments.push_back(argument);
      if (named) names.push_back(add_constant(Value::string(name)));
    } while (take(","));
  }
  if (!expect(")")) return kNone;
  in_range_ = outer;
  const auto count = static_cast<std::uint32_t>(arguments.size());
  std::uint16_t depth = depth_of(arguments);
  if (builtin != nullptr && !builtin->deterministic) program_.deterministic = false;
  TypePtr type = builtin != nullptr ? builtin->result : nullptr;
  if (builtin != nullptr && count > 0 && type && type->kind == TypeKind::kList &&
      type_of(arguments[0])->kind == TypeKind::kList) {
    type = type_of(arguments[0]);
  }
  Node node;
  node.position = position;
  node.depth = depth;
  if (builtin != nullptr && names.empty()) {
    // A date or duration written as a constant is one.
    if (count == 1 && program_.nodes[arguments[0]].op == Op::kConstant &&
        (builtin->name == "date" || builtin->name == "time" || builtin->name == "duration" ||
         builtin->name == "date and time")) {
      Evaluation run;
      Value argument = program_.constants[program_.nodes[arguments[0]].a];
      Value made = builtin->call(run, {&argument, 1}, position);
      if (!made.is_null()) return constant(std::move(made), position);
    }
    node.op = Op::kBuiltin;
    node.a = static_cast<std::uint32_t>(program_.builtins.size());
    program_.builtins.push_back(builtin);
    node.b = add_list(arguments);
    node.c = count;
    node.extra = constant_regex(*builtin, arguments);
    return make(node, type);
  }
  if (builtin != nullptr) callee = constant(builtin->function, position);
  node.op = names.empty() ? Op::kCall : Op::kCallNamed;
  node.a = callee;
  if (const TypePtr& f = type_of(callee); !type && f->kind == TypeKind::kFunction) type = f->result;
  arguments.insert(arguments.end(), names.begin(), names.end());
  node.b = add_list(arguments);
  node.c = count;
  return make(node, type, {callee});
}

Result<std::shared_ptr<const Program>> Parser::run() {
  if (source_.size() > options_.max_bytes) {
    fail("feel.source_too_long", 0);
  } else if (!valid_utf8(source_)) {
    fail("feel.not_utf8", 0);
  }
  Ref root = kNone;
  if (!error_) {
    if (options_.unary_tests) {
      root = unary_tests_root();
    } else {
      root = expression();
    }
  }
  if (root != kNone && !error_ && token_.kind != TokenKind::kEnd) unexpected();
  if (root == kNone && !error_) unexpected();
  if (error_) return *std::move(error_);
  program_.root = root;
  program_.type = types_[root];
  program_.frame_size = frames_[0].size;
  std::sort(program_.inputs.begin(), program_.inputs.end());
  program_.inputs.erase(std::unique(program_.inputs.begin(), program_.inputs.end()),
                        program_.inputs.end());
  return std::make_shared<const Program>(std::move(program_));
}
}  // namespace hougu::feel
