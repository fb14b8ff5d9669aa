// Telephone numbers of China and of the world in one written form.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hougu::schema {
// Mobile "13812345678" (also typed with +86, 0086, blanks, dashes, full-width digits), landline
// "021-12345678" or with extension "021-12345678-801", service numbers "4008888888", others "+" and
// 7 to 15 digits. nullopt for what is none of these.
std::optional<std::string> normalised_phone(std::string_view typed);
// "138****8888".
std::string masked_phone(std::string_view phone);
}  // namespace hougu::schema
