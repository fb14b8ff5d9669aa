// The only HTML that the product keeps and shows: a strict allow-list, written anew from tokens, so
// that whatever a browser would read into broken input never gets through.
#pragma once

#include <string>
#include <string_view>

namespace hougu::schema {
// Allowed: p br b i u s ul ol li h3 h4 blockquote code pre, and a with an http, https or mailto
// address as its only attribute. strong, em and div count as b, i and p. Other tags go, their text
// stays, but for script, style and the like, whose contents go too. Every other character is
// escaped; the result is balanced.
std::string sanitised_html(std::string_view html);
// The text without tags, for search and table files.
std::string html_text(std::string_view html);
}  // namespace hougu::schema
