// Text as people type it: UTF-8 checks, normal forms, case, trimming, widths.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hougu {
bool valid_utf8(std::string_view text);
// Decodes one code point at `at` of valid UTF-8 and moves `at` behind it.
char32_t next_code_point(std::string_view text, std::size_t& at);
void append_code_point(std::string& out, char32_t code_point);
std::size_t count_code_points(std::string_view text);
// Unicode NFKC (ICU): full-width digits and letters become ASCII, compatibility forms fold.
std::string nfkc(std::string_view text);
// NFKC + default case folding; the form in which serials, phones and search terms are compared.
std::string folded(std::string_view text);
std::string_view trimmed(std::string_view text);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string hex(std::string_view bytes);
std::string base64url(std::string_view bytes);                       // without padding
bool from_base64url(std::string_view text, std::string& bytes_out);  // false when malformed
}  // namespace hougu
