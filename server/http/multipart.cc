#include "http/multipart.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

#include "base/text.h"
#include "http/url.h"

namespace hougu::http {
namespace {

Error malformed() { return {ErrorKind::kMalformed, "multipart.malformed"}; }

std::string lower_case(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

// The value of `name` among "; name=value; name=\"quoted\"". Browsers escape a quote as %22 and
// send other bytes as they are (RFC 7578 4.2), so a backslash isn't an escape.
bool find_parameter(std::string_view header, std::string_view name, std::string& out) {
  std::size_t at = header.find(';');
  while (at < header.size()) {
    ++at;
    while (at < header.size() && (header[at] == ' ' || header[at] == '\t')) ++at;
    const auto equals = header.find('=', at);
    if (equals == std::string_view::npos) return false;
    const auto key = lower_case(trimmed(header.substr(at, equals - at)));
    std::string_view value;
    if (equals + 1 < header.size() && header[equals + 1] == '"') {
      const auto close = header.find('"', equals + 2);
      if (close == std::string_view::npos) return false;
      value = header.substr(equals + 2, close - equals - 2);
      at = header.find(';', close);
    } else {
      at = header.find(';', equals);
      value = trimmed(header.substr(equals + 1, at - equals - 1));
    }
    if (key == name) {
      out = value;
      return true;
    }
  }
  return false;
}

// file_name, from `filename*` (RFC 8187) where given, else `filename`.
bool find_file_name(std::string_view disposition, std::string& out) {
  std::string extended;
  if (find_parameter(disposition, "filename*", extended)) {
    const auto quote = extended.rfind('\'');
    auto decoded = percent_decode(
        quote == std::string::npos ? extended : std::string_view(extended).substr(quote + 1),
        false);
    if (decoded) {
      out = std::move(*decoded);
      return true;
    }
  }
  if (!find_parameter(disposition, "filename", out)) return false;
  for (auto at = out.find("%22"); at != std::string::npos; at = out.find("%22", at + 1))
    out.replace(at, 3, "\"");
  return true;
}

bool read_part_headers(std::string_view headers, Part& part) {
  bool named = false;
  while (!headers.empty()) {
    const auto end = std::min(headers.find("\r\n"), headers.size());
    const auto line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + 2, headers.size()));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const auto name = lower_case(line.substr(0, colon));
    const auto value = trimmed(line.substr(colon + 1));
    if (name == "content-type") part.content_type = value;
    if (name != "content-disposition") continue;
    if (lower_case(value.substr(0, 9)) != "form-data") return false;
    named = find_parameter(value, "name", part.name);
    part.is_file = find_file_name(value, part.file_name);
  }
  return named && valid_utf8(part.name) && valid_utf8(part.file_name) &&
         valid_utf8(part.content_type);
}

Result<std::string_view> map_file(const SpooledBody& body, std::shared_ptr<const void>& mapping) {
  if (body.size() == 0) return std::string_view{};
  const int file = ::open(body.path().c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return internal(std::string("open spooled body: ") + std::strerror(errno));
  const auto size = static_cast<std::size_t>(body.size());
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (address == MAP_FAILED) return internal(std::string("map body: ") + std::strerror(errno));
  mapping = std::shared_ptr<const void>(
      address, [size](const void* start) { ::munmap(const_cast<void*>(start), size); });
  return std::string_view(static_cast<const char*>(address), size);
}

// RFC 2046: 1 to 70 characters.
bool find_boundary(const Request& request, std::string& boundary) {
  const auto type = request.header("content-type");
  return lower_case(type.substr(0, 20)) == "multipart/form-data;" &&
         find_parameter(type, "boundary", boundary) && !boundary.empty() && boundary.size() <= 70;
}

// One part, `body` standing behind its delimiter line; moves it to the next delimiter.
Result<Part> take_part(std::string_view& body, std::string_view delimiter,
                       const MultipartLimits& limits) {
  const auto headers_end = body.substr(0, limits.max_header_bytes).find("\r\n\r\n");
  Part part;
  if (headers_end == std::string_view::npos ||
      !read_part_headers(body.substr(0, headers_end), part))
    return malformed();
  body.remove_prefix(headers_end + 2);  // keeps one CRLF: an empty part's delimiter begins with it
  const auto end = body.find(delimiter);
  if (end == std::string_view::npos) return malformed();
  part.data = end == 0 ? std::string_view{} : body.substr(2, end - 2);
  body.remove_prefix(end);
  if (!part.is_file && part.data.size() > limits.max_field_bytes)
    return Error{ErrorKind::kTooLarge, "multipart.field_too_large", part.name};
  return part;
}
}  // namespace

Result<Multipart> Multipart::parse(std::shared_ptr<const Request> request,
                                   const MultipartLimits& limits) {
  std::string boundary;
  if (!find_boundary(*request, boundary))
    return Error{ErrorKind::kUnsupportedType, "multipart.not_multipart"};
  Multipart out;
  out.request_ = std::move(request);
  std::string_view body = out.request_->body;
  if (const auto& spooled = out.request_->spooled) {
    HOUGU_TRY(body, map_file(*spooled, out.mapping_));
  }
  const std::string delimiter = "\r\n--" + boundary;
  // The first delimiter may stand at the very start, without its line break.
  if (body.substr(0, delimiter.size() - 2) == std::string_view(delimiter).substr(2)) {
    body.remove_prefix(delimiter.size() - 2);
  } else {
    const auto first = body.find(delimiter);
    if (first == std::string_view::npos) return malformed();
    body.remove_prefix(first + delimiter.size());
  }
  while (body.substr(0, 2) != "--") {
    const auto line_end = body.find("\r\n");
    if (line_end == std::string_view::npos || !trimmed(body.substr(0, line_end)).empty())
      return malformed();
    if (out.parts_.size() >= limits.max_parts)
      return Error{ErrorKind::kTooLarge, "multipart.too_many_parts"};
    body.remove_prefix(line_end + 2);
    HOUGU_TRY(auto part, take_part(body, delimiter, limits));
    out.parts_.push_back(std::move(part));
    body.remove_prefix(delimiter.size());
  }
  return out;
}

const Part* Multipart::find(std::string_view name) const {
  for (const auto& part : parts_)
    if (part.name == name) return &part;
  return nullptr;
}
}  // namespace hougu::http
