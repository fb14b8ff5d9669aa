#include "schema/exchange/xml_parser.h"

#include <expat.h>

namespace hougu::exchange {
namespace {
constexpr int kMaxDepth = 100;

std::string_view local(const char* name) {
  const std::string_view whole = name;
  const auto colon = whole.rfind(':');
  return colon == std::string_view::npos ? whole : whole.substr(colon + 1);
}
}  // namespace

std::optional<std::string_view> XmlAttributes::find(std::string_view name) const {
  for (const char** pair = pairs_; *pair != nullptr; pair += 2) {
    if (local(*pair) == name) return std::string_view(pair[1]);
  }
  return std::nullopt;
}

struct XmlParser::State {
  XmlHandler& handler;
  std::string part;
  XML_Parser parser;
  int depth = 0;

  State(XmlHandler& h, std::string p)
      : handler(h), part(std::move(p)), parser(XML_ParserCreate(nullptr)) {}
  ~State() { XML_ParserFree(parser); }

  void stop() { XML_StopParser(parser, XML_FALSE); }
  void stop_on_error() {
    if (handler.error) stop();
  }

  static void XMLCALL on_start(void* self, const char* name, const char** attributes) {
    auto& state = *static_cast<State*>(self);
    if (++state.depth > kMaxDepth) return state.stop();
    state.handler.start(local(name), XmlAttributes(attributes));
    state.stop_on_error();
  }
  static void XMLCALL on_end(void* self, const char* name) {
    auto& state = *static_cast<State*>(self);
    --state.depth;
    state.handler.end(local(name));
    state.stop_on_error();
  }
  static void XMLCALL on_text(void* self, const char* text, int length) {
    auto& state = *static_cast<State*>(self);
    state.handler.text({text, static_cast<std::size_t>(length)});
    state.stop_on_error();
  }
  static void XMLCALL on_doctype(void* self, const char*, const char*, const char*, int) {
    static_cast<State*>(self)->stop();
  }
};

XmlParser::XmlParser(XmlHandler& handler, std::string part)
    : state_(std::make_unique<State>(handler, std::move(part))) {
  XML_SetUserData(state_->parser, state_.get());
  XML_SetElementHandler(state_->parser, &State::on_start, &State::on_end);
  XML_SetCharacterDataHandler(state_->parser, &State::on_text);
  XML_SetStartDoctypeDeclHandler(state_->parser, &State::on_doctype);
}
XmlParser::~XmlParser() = default;

Result<void> XmlParser::feed(std::string_view piece, bool last) {
  const auto status =
      XML_Parse(state_->parser, piece.data(), static_cast<int>(piece.size()), last ? 1 : 0);
  if (state_->handler.error) return *state_->handler.error;
  if (status != XML_STATUS_OK) return invalid("import.damaged", {}, {{"what", state_->part}});
  return {};
}
}  // namespace hougu::exchange
