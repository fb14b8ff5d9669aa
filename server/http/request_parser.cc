#include "http/request_parser.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include "base/text.h"
#include "http/url.h"

namespace hougu::http {
namespace {
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
using BeastError = beast::error_code;
using BeastView = beast::string_view;

constexpr std::size_t kMaxHeaders = 100;

std::string_view view(BeastView text) { return {text.data(), text.size()}; }

std::string lower_case(BeastView text) {
  std::string out(text.data(), text.size());
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

std::optional<Method> method_of(bhttp::verb verb) {
  switch (verb) {
    case bhttp::verb::get:
      return Method::kGet;
    case bhttp::verb::head:
      return Method::kHead;
    case bhttp::verb::post:
      return Method::kPost;
    case bhttp::verb::put:
      return Method::kPut;
    case bhttp::verb::patch:
      return Method::kPatch;
    case bhttp::verb::delete_:
      return Method::kDelete;
    case bhttp::verb::options:
      return Method::kOptions;
    default:
      return std::nullopt;
  }
}

// Some clients send headers in other encodings; what comes in is UTF-8 from here on.
std::string header_value(BeastView raw) {
  std::string value(raw.data(), raw.size());
  if (!valid_utf8(value))
    for (auto& c : value)
      if ((c & 0x80) != 0) c = '?';
  return value;
}

class BeastParser final : public bhttp::basic_parser<true> {
 public:
  Request request;
  std::string body;
  std::uint64_t body_bytes = 0;
  std::optional<Refusal> refusal;
  bool head_done = false;
  bool expects_continue = false;
  bool http_1_0 = false;

 private:
  void refuse(int status, std::string_view code, BeastError& error) {
    refusal = Refusal{status, code};
    error = bhttp::error::bad_value;
  }

  void on_request_impl(bhttp::verb verb, BeastView, BeastView raw_target, int version,
                       BeastError& error) override {
    http_1_0 = version < 11;
    const auto method = method_of(verb);
    if (!method) return refuse(501, "http.not_implemented", error);
    request.method = *method;
    auto target = view(raw_target);
    // The absolute form (RFC 9112 3.2.2): the authority is ours, whatever it says.
    for (const std::string_view scheme : {"http://", "https://"}) {
      if (target.substr(0, scheme.size()) != scheme) continue;
      const auto slash = target.find_first_of("/?", scheme.size());
      target = slash == std::string_view::npos ? "/" : target.substr(slash);
      break;
    }
    const auto question = target.find('?');
    auto path = decode_path(target.substr(0, question));
    const auto query =
        question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
    if (!path || target.find('#') != std::string_view::npos || !valid_query(query))
      return refuse(400, "http.bad_target", error);
    request.path = std::move(*path);
    request.query = query;
  }

  void on_response_impl(int, BeastView, int, BeastError&) override {}

  void on_field_impl(bhttp::field field, BeastView name, BeastView value,
                     BeastError& error) override {
    if (head_done) return;  // trailers can't change a request that was judged by its head
    if (request.headers.size() >= kMaxHeaders) return refuse(431, "http.headers_too_large", error);
    // Anything but plain "chunked" would leave the end of the body open to interpretation.
    if (field == bhttp::field::transfer_encoding && !beast::iequals(value, "chunked"))
      return refuse(501, "http.not_implemented", error);
    if (field == bhttp::field::host) {
      if (has_host_) return refuse(400, "http.malformed", error);
      has_host_ = true;
    }
    if (field == bhttp::field::expect) {
      if (!beast::iequals(value, "100-continue")) return refuse(417, "http.expectation", error);
      expects_continue = true;
    }
    if (value.find('\0') != BeastView::npos) return refuse(400, "http.malformed", error);
    request.headers.emplace_back(lower_case(name), header_value(value));
  }

  void on_header_impl(BeastError& error) override {
    head_done = true;
    const bool old = http_1_0;
    if (old && chunked()) return refuse(400, "http.malformed", error);
    if (!old && !has_host_) return refuse(400, "http.malformed", error);
    if (old) expects_continue = false;
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, BeastError&) override {}

  std::size_t on_body_impl(BeastView part, BeastError&) override { return take(part); }

  void on_chunk_header_impl(std::uint64_t, BeastView, BeastError&) override {}

  std::size_t on_chunk_body_impl(std::uint64_t, BeastView part, BeastError&) override {
    return take(part);
  }

  void on_finish_impl(BeastError&) override {}

  std::size_t take(BeastView part) {
    body.append(part.data(), part.size());
    body_bytes += part.size();
    return part.size();
  }

  bool has_host_ = false;
};

Refusal refusal_of(const BeastError& error) {
  if (error == bhttp::error::header_limit || error == bhttp::error::buffer_overflow)
    return {431, "http.headers_too_large"};
  if (error == bhttp::error::bad_version) return {505, "http.version"};
  return {400, "http.malformed"};
}
}  // namespace

struct RequestParser::State_ {
  std::uint32_t max_header_bytes;
  std::optional<BeastParser> parser;
  State state = State::kHead;
  Refusal refusal;

  explicit State_(std::uint32_t limit) : max_header_bytes(limit) {}

  void start() {
    parser.emplace();
    parser->header_limit(max_header_bytes);
    parser->body_limit(boost::none);  // the connection counts, with the route's limit
    state = State::kHead;
  }
};

RequestParser::RequestParser(std::uint32_t max_header_bytes)
    : state_(std::make_unique<State_>(max_header_bytes)) {
  state_->start();
}

RequestParser::~RequestParser() = default;

void RequestParser::reset() { state_->start(); }

std::size_t RequestParser::parse(std::string_view bytes) {
  auto& parser = *state_->parser;
  std::size_t used = 0;
  BeastError error;
  // Each put() may stop early, after a chunk's header for instance.
  while (used < bytes.size() && !parser.is_done()) {
    const bool in_head = !parser.is_header_done();
    const auto taken =
        parser.put(boost::asio::buffer(bytes.data() + used, bytes.size() - used), error);
    used += taken;
    if (error || (in_head && parser.is_header_done())) break;
  }
  if (error && error != bhttp::error::need_more) {
    state_->refusal = parser.refusal ? *parser.refusal : refusal_of(error);
    state_->state = State::kFailed;
  } else if (parser.is_done()) {
    state_->state = State::kDone;
  } else if (parser.is_header_done()) {
    state_->state = State::kBody;
  }
  return used;
}

RequestParser::State RequestParser::state() const { return state_->state; }
Refusal RequestParser::refusal() const { return state_->refusal; }
Request& RequestParser::request() { return state_->parser->request; }
bool RequestParser::keep_alive() const { return state_->parser->keep_alive(); }
bool RequestParser::http_1_0() const { return state_->parser->http_1_0; }
bool RequestParser::expects_continue() const { return state_->parser->expects_continue; }

std::optional<std::uint64_t> RequestParser::content_length() const {
  const auto length = state_->parser->content_length();
  if (!length) return std::nullopt;
  return *length;
}

std::string& RequestParser::body() { return state_->parser->body; }
std::uint64_t RequestParser::body_bytes() const { return state_->parser->body_bytes; }
}  // namespace hougu::http
