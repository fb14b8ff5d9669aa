#include "process/model/document.h"

#include <pugixml.hpp>
#include <sstream>

#include "base/text.h"
#include "process/model/xml.h"

namespace hougu::process {
namespace {
// Everything is kept for the export, white space, comments and instructions too. Entities other
// than XML's own five stay as they are written.
constexpr unsigned kParse = pugi::parse_full | pugi::parse_ws_pcdata;

// Code points of the bytes 0x80–0x9F of Windows-1252; 0: not used.
constexpr char32_t kWindows[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append_utf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | (c >> 6));
    out += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    out += static_cast<char>(0xE0 | (c >> 12));
    out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (c & 0x3F));
  }
}

std::string from_single_bytes(std::string_view text, bool windows) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  for (const char one : text) {
    const auto byte = static_cast<unsigned char>(one);
    const bool special = windows && byte >= 0x80 && byte < 0xA0;
    const char32_t code = special ? kWindows[byte - 0x80] : byte;
    append_utf8(out, special && code == 0 ? U'\uFFFD' : code);
  }
  return out;
}

// The encoding a file claims in its declaration, in lower case.
std::string declared_encoding(std::string_view xml) {
  if (xml.substr(0, 5) != "<?xml") return {};
  const std::string_view head = xml.substr(0, xml.find("?>"));
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t end = head.find(head[at], at + 1);
  if (end == std::string_view::npos) return {};
  std::string out;
  for (const char one : head.substr(at + 1, end - at - 1)) {
    out += one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
  }
  return out;
}

bool is_utf16(std::string_view xml) {
  return xml.size() >= 2 &&
         ((xml[0] == '\xFE' && xml[1] == '\xFF') || (xml[0] == '\xFF' && xml[1] == '\xFE'));
}

// Elements are counted before a tree is built of them.
std::size_t count_elements(std::string_view xml) {
  std::size_t count = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    if (at + 1 < xml.size() && xml[at + 1] != '/' && xml[at + 1] != '!' && xml[at + 1] != '?') {
      ++count;
    }
  }
  return count;
}

bool deeper_than(const pugi::xml_node& root, std::size_t limit) {
  std::size_t depth = 0;
  pugi::xml_node at = root;
  while (at) {
    if (depth > limit) return true;
    if (pugi::xml_node first = at.first_child()) {
      at = first;
      ++depth;
      continue;
    }
    while (at && at != root && !at.next_sibling()) {
      at = at.parent();
      --depth;
    }
    if (!at || at == root) return false;
    at = at.next_sibling();
  }
  return false;
}

Result<std::string> as_utf8(std::string_view xml) {
  if (is_utf16(xml)) return std::string(xml);
  if (xml.substr(0, 3) == "\xEF\xBB\xBF") xml.remove_prefix(3);
  const std::string encoding = declared_encoding(xml);
  if (encoding == "windows-1252" || encoding == "cp1252") return from_single_bytes(xml, true);
  if (encoding == "iso-8859-1" || encoding == "latin1") return from_single_bytes(xml, false);
  if (!encoding.empty() && encoding != "utf-8" && encoding != "utf8" && encoding != "us-ascii") {
    return invalid("bpmn.encoding", {}, {{"name", encoding.substr(0, 40)}});
  }
  if (!valid_utf8(xml)) {
    return invalid("bpmn.malformed", {}, {{"position", "0"}, {"detail", "UTF-8"}});
  }
  return std::string(xml);
}
}  // namespace

Document::Document() : xml_(std::make_unique<pugi::xml_document>()) {}
Document::~Document() = default;

Result<std::shared_ptr<const Document>> Document::read(std::string_view xml,
                                                       const DocumentLimits& limits) {
  if (xml.size() > limits.max_bytes) {
    return invalid("bpmn.too_large", {}, {{"bytes", std::to_string(limits.max_bytes)}});
  }
  if (count_elements(xml) > limits.max_elements) {
    return invalid("bpmn.too_many_elements", {}, {{"count", std::to_string(limits.max_elements)}});
  }
  HOUGU_TRY(const std::string text, as_utf8(xml));
  const auto encoding = is_utf16(text) ? pugi::encoding_auto : pugi::encoding_utf8;
  std::shared_ptr<Document> out(new Document());
  const pugi::xml_parse_result parsed =
      out->xml_->load_buffer(text.data(), text.size(), kParse, encoding);
  if (!parsed) {
    return invalid("bpmn.malformed", {},
                   {{"position", std::to_string(parsed.offset)}, {"detail", parsed.description()}});
  }
  for (pugi::xml_node& node : out->xml_->children()) {
    if (node.type() == pugi::node_doctype) return invalid("bpmn.doctype");
    if (node.type() == pugi::node_declaration && node.attribute("encoding")) {
      node.attribute("encoding").set_value("UTF-8");
    }
  }
  if (deeper_than(out->root(), limits.max_depth)) {
    return invalid("bpmn.too_deep", {}, {{"depth", std::to_string(limits.max_depth)}});
  }
  if (!is(out->root(), "definitions")) return invalid("bpmn.not_bpmn");
  return std::shared_ptr<const Document>(std::move(out));
}

pugi::xml_node Document::root() const { return xml_->document_element(); }

std::string Document::write() const {
  std::ostringstream out;
  for (const pugi::xml_node& part : xml_->children()) {  // white space outside of the root is ours
    part.print(out, "", pugi::format_raw, pugi::encoding_utf8);
    out << '\n';
  }
  return out.str();
}
}  // namespace hougu::process
