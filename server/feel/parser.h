// Source to program: a recursive descent with precedence climbing, which resolves names against the
// scope while it reads, since FEEL's names may hold spaces and operators.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/environment.h"
#include "feel/expression.h"
#include "feel/lexer.h"
#include "feel/program.h"

namespace hougu::feel {

class Parser {
 public:
  Parser(std::string_view source, const Environment& environment, const CompileOptions& options);
  Result<std::shared_ptr<const Program>> run();

 private:
  using Ref = std::uint32_t;  // of a node
  static constexpr Ref kNone = 0xffffffffu;

  struct Local {
    std::string name;
    std::vector<std::string> parts;
    std::uint32_t slot;
    TypePtr type;
    bool filter_item;  // its members are names too
  };
  struct Frame {
    std::vector<Local> locals;
    std::uint32_t size = 0;
    std::vector<Capture> captures;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> known;  // captured source -> slot
  };
  // Counts nesting.
  struct Depth {
    explicit Depth(Parser& p) : parser(p), ok(++p.nesting_ <= p.options_.max_depth) {
      if (!ok) p.fail("feel.too_deep", p.token_.begin);
    }
    ~Depth() { --parser.nesting_; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    Parser& parser;
    bool ok;
  };

  // Tokens.
  void advance() { token_ = next_token(source_, token_.end); }
  void move_to(std::size_t at) { token_ = next_token(source_, at); }
  bool at(const char* text) const {
    return token_.kind == TokenKind::kSymbol && token_.symbol == symbol(text);
  }
  bool at_word(std::string_view word) const {
    return token_.kind == TokenKind::kWord && text(token_) == word;
  }
  bool take(const char* text);
  bool take_word(std::string_view word);
  bool expect(const char* text);
  bool expect_word(std::string_view word);
  // Counts what grows faster than the source; false with an error when it is too much.
  bool work(std::size_t steps);
  std::string_view text(const Token& token) const {
    return source_.substr(token.begin, token.end - token.begin);
  }
  Ref fail(const char* code, std::uint32_t position, std::string_view detail = {});
  Ref unexpected();

  // Nodes.
  Ref make(Node node, TypePtr type, std::initializer_list<Ref> children = {});
  Ref constant(Value value, std::uint32_t position);
  std::uint32_t add_constant(Value value);
  std::uint32_t add_list(const std::vector<Ref>& items);
  std::uint16_t depth_of(const std::vector<Ref>& items) const;
  const TypePtr& type_of(Ref ref) const { return types_[ref]; }

  // Grammar.
  Ref expression();
  Ref binary(int level);
  Ref comparison_tail(Ref left, std::uint32_t position);
  Ref unary();
  Ref postfix();
  Ref postfix_tail(Ref left);
  Ref primary();
  Ref word();
  Ref literal_number();
  Ref at_literal();
  Ref if_expression();
  Ref for_expression();
  Ref quantified(Op op);
  bool iterations(std::vector<Ref>& out, bool comma_in);
  Ref function_definition();
  bool formal_parameters(FunctionCode& code);
  Ref parenthesis();
  Ref bracket();
  Ref range_end(Ref start, bool included, std::uint32_t position);
  Ref range_comparison(std::uint32_t position);
  Ref open_range();
  Ref context();
  Ref path(Ref left);
  Ref filter(Ref left);
  Ref call(Ref callee, const Builtin* builtin, std::uint32_t position);
  std::uint32_t constant_regex(const Builtin& builtin, const std::vector<Ref>& arguments);
  Ref in_tests(Ref value, std::uint32_t position);
  bool filter_follows();

  // Unary tests.
  Ref unary_tests_root();
  bool test_list(std::vector<Ref>& tests, std::uint32_t subject);
  Ref positive_test(std::uint32_t subject);
  Ref wrap_test(Ref value, std::uint32_t subject, bool mentions);

  // Names.
  Ref variable();
  Ref resolve(std::uint32_t frame, bool from_input, std::uint32_t slot, TypePtr type,
              std::uint32_t position);
  std::uint32_t capture(std::size_t frame, std::size_t owner, bool from_input, std::uint32_t slot);
  std::uint32_t add_local(std::string_view name, TypePtr type, bool filter_item = false);
  std::size_t words_end(std::size_t at) const;
  bool name_until(std::string_view stops, std::string& out);
  bool named_argument(std::string& name);
  Frame& frame() { return frames_.back(); }

  // Types.
  TypePtr type_reference();
  TypePtr type_arguments(TypePtr generic);

  std::string_view source_;
  const Environment& environment_;
  const CompileOptions& options_;
  Token token_{};
  Program program_{};
  std::vector<TypePtr> types_{};
  std::vector<Frame> frames_{};
  std::uint32_t nesting_ = 0;
  std::uint64_t work_ = 0;     // comparisons of names
  bool in_range_ = false;      // an interval's end is read: "[" may close it
  bool subject_used_ = false;  // "?" was read
  bool partial_used_ = false;  // so was a loop's "partial"
  std::optional<Error> error_{};
};
}  // namespace hougu::feel
