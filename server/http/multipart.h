// multipart/form-data (RFC 7578) of a request, from memory or from its spooled file.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace hougu::http {

struct MultipartLimits {
  std::size_t max_parts = 64;
  std::size_t max_header_bytes = 4096;        // of one part
  std::uint64_t max_field_bytes = 64 * 1024;  // of a part without a file name
};

struct Part {
  std::string name;
  bool is_file = false;      // it came with a file name (which may be empty)
  std::string file_name;     // as sent, valid UTF-8: never use it as a path
  std::string content_type;  // as claimed, "" when absent
  std::string_view data;     // lives as long as the Multipart
};

// Immutable after parse(). A spooled body is mapped into memory, so even large files cost none.
class Multipart {
 public:
  // Errors: "multipart.not_multipart" (415), "multipart.malformed" (400),
  // "multipart.too_many_parts" and "multipart.field_too_large" (413).
  static Result<Multipart> parse(std::shared_ptr<const Request> request,
                                 const MultipartLimits& limits = {});

  const std::vector<Part>& parts() const { return parts_; }
  // The first part of that name; nullptr when there is none.
  const Part* find(std::string_view name) const;

 private:
  std::shared_ptr<const Request> request_;
  std::shared_ptr<const void> mapping_;
  std::vector<Part> parts_;
};
}  // namespace hougu::http
