// The body of a request against what its route expects.
#pragma once

#include "api/route.h"

namespace hougu::api {

// The JSON object of the body; null for Body::none and Body::raw. Members of type kId given as
// {"id": …} become the id. Errors: 415 "request.not_json", 400 "request.not_object" and those of
// parse_json(), 422 "validation" with a complaint for each unknown, missing, mistyped or over-long
// member.
Result<json::value> decode_body(const Body& rule, const http::Request& request);

}  // namespace hougu::api
