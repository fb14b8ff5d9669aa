// The file that a request brings: its raw body with X-File-Name, or one part of a form.
#pragma once

#include <string>

#include "api/route.h"

namespace hougu::api {

struct IncomingFile {
  std::string path;  // in the spool folder; whoever takes it removes it
  std::string name;  // as the client says, decoded; not cleaned
};

// Errors: 400 "file.missing" (a form without a file), those of http/multipart.h, "storage.full".
Result<IncomingFile> incoming_file(const DirectCall& call);

std::string spool_folder(const Services& services);
}  // namespace hougu::api
