#include "schema/fields/fields.h"

#include <array>

namespace hougu::schema {

// One function per file of this folder.
const FieldType& text_field();
const FieldType& long_text_field();
const FieldType& rich_text_field();
const FieldType& number_field();
const FieldType& money_field();
const FieldType& integer_field();
const FieldType& yes_no_field();
const FieldType& date_field();
const FieldType& date_time_field();
const FieldType& duration_field();
const FieldType& single_choice_field();
const FieldType& multiple_choice_field();
const FieldType& user_field();
const FieldType& team_field();
const FieldType& relation_field();
const FieldType& relation_many_field();
const FieldType& child_table_field();
const FieldType& attachment_field();
const FieldType& image_field();
const FieldType& signature_field();
const FieldType& geolocation_field();
const FieldType& address_field();
const FieldType& phone_field();
const FieldType& email_field();
const FieldType& url_field();
const FieldType& serial_field();
const FieldType& auto_number_field();
const FieldType& rating_field();

std::span<const FieldType* const> field_types() {
  static const std::array<const FieldType*, 28> kTypes = {
      &text_field(),        &long_text_field(),  &rich_text_field(),     &number_field(),
      &money_field(),       &integer_field(),    &yes_no_field(),        &date_field(),
      &date_time_field(),   &duration_field(),   &single_choice_field(), &multiple_choice_field(),
      &user_field(),        &team_field(),       &relation_field(),      &relation_many_field(),
      &child_table_field(), &attachment_field(), &image_field(),         &signature_field(),
      &geolocation_field(), &address_field(),    &phone_field(),         &email_field(),
      &url_field(),         &serial_field(),     &auto_number_field(),   &rating_field(),
  };
  return kTypes;
}

const FieldType* find_field_type(std::string_view name) {
  for (const FieldType* type : field_types())
    if (type->name() == name) return type;
  return nullptr;
}
}  // namespace hougu::schema
