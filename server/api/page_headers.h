// What browsers are told about our pages: how long to keep them, and what they may load and do.
#pragma once

#include "api/services.h"
#include "http/message.h"

namespace hougu::api {

// ETag, caching and, for HTML, the security headers.
void add_page_headers(http::Response& response, const http::Request& request,
                      const StaticFile& file);
// Content-Security-Policy and its companions. Inline scripts of `html` are allowed by their digest,
// no others.
void add_security_headers(http::Response& response, const http::Request& request,
                          std::string_view html);

}  // namespace hougu::api
