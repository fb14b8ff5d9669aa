// Answers and errors as HTTP responses.
#pragma once

#include "api/route.h"

namespace hougu::api {

using http::status_of;

// {"code","message","field","details","request"}; messages in `locale`. Causes are left out.
json::object error_json(const Error& error, const Messages& messages, Locale locale,
                        std::string_view request_id);
http::Response error_response(const Error& error, const Messages& messages, Locale locale,
                              std::string_view request_id);
// For failures that no Error says: 404 of an unknown path, 405.
http::Response plain_error(int status, std::string_view code, const Messages& messages,
                           Locale locale, std::string_view request_id);
http::Response answer_response(Answer answer);

// Headers that every answer carries (nosniff) and those of JSON (no-store).
void add_json_headers(http::Response& response);

}  // namespace hougu::api
