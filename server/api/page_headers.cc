#include "api/page_headers.h"

#include "base/hash.h"

namespace hougu::api {
namespace {

constexpr std::string_view kYear = "public, max-age=31536000, immutable";

std::string base64(std::string_view bytes) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += i + j > bytes.size() ? '=' : kAlphabet[group >> (18 - 6 * j) & 63];
    }
  }
  return text;
}

// Sources for script-src: ourselves, and the digest of each inline script of the page.
std::string script_sources(std::string_view html) {
  std::string sources = "'self' 'wasm-unsafe-eval'";
  for (auto at = html.find("<script>"); at != std::string_view::npos;
       at = html.find("<script>", at)) {
    at += 8;
    const auto end = html.find("</script>", at);
    if (end == std::string_view::npos) break;
    sources += " 'sha256-" + base64(sha256(html.substr(at, end - at))) + "'";
  }
  return sources;
}

}  // namespace

void add_security_headers(http::Response& response, const http::Request& request,
                          std::string_view html) {
  response.set("content-security-policy",
               "default-src 'self'; script-src " + script_sources(html) +
                   "; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
                   "media-src 'self' blob:; font-src 'self' data:; connect-src 'self'; "
                   "worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
                   "form-action 'self'; frame-ancestors 'none'");
  response.set("x-frame-options", "DENY");
  response.set("referrer-policy", "same-origin");  // links to tickets are secrets
  response.set("cross-origin-opener-policy", "same-origin");
  response.set("permissions-policy",
               "camera=(self), geolocation=(self), microphone=(), payment=()");
  if (request.secure) response.set("strict-transport-security", "max-age=31536000");
}

void add_page_headers(http::Response& response, const http::Request& request,
                      const StaticFile& file) {
  response.set("etag", std::string(file.etag));
  response.set("cache-control", std::string(file.immutable ? kYear : "no-cache"));
  response.set("vary", "accept-encoding");
  if (file.content_type.starts_with("text/html")) {
    add_security_headers(response, request, file.identity);
  }
}

}  // namespace hougu::api
