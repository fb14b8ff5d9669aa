// Reading parts of definition documents; inside schema/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/definition.h"

namespace hougu::schema {

using Faults = std::vector<FieldError>;

// {"zh-CN","en"}; a plain string counts as Chinese.
Label read_label(const json::value* in, const std::string& path, bool required, Faults& faults);
json::object label_json(const Label& label);

// Array of short strings; anything else is a fault.
std::vector<std::string> read_names(const json::value* in, const std::string& path,
                                    std::size_t limit, Faults& faults);
bool read_flag(const json::object& in, std::string_view key, const std::string& path,
               Faults& faults);

// The fields of an entity or, with `inside` set, of a child table.
std::vector<FieldDefinition> read_fields(const json::value* in, const std::string& path,
                                         bool inside, Faults& faults);
json::object field_json(const FieldDefinition& field);
}  // namespace hougu::schema
