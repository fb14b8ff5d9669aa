#include "schema/exchange/result_file.h"

#include "schema/exchange/xlsx_writer.h"

namespace hougu::exchange {
namespace {
std::string label_of(const schema::EntityDefinition* entity, const std::string& field,
                     Locale locale) {
  const auto* definition = entity == nullptr ? nullptr : entity->field(field);
  return definition == nullptr ? field : definition->label.in(locale);
}
}  // namespace

std::string fault_text(const Messages& messages, Locale locale,
                       const schema::EntityDefinition* entity, const std::string& field,
                       const std::string& code, std::map<std::string, std::string> params) {
  params.emplace("field", field);
  params["field"] = label_of(entity, params["field"], locale);
  return messages.text(locale, "error." + code, params);
}

Result<void> write_result(const std::string& path, const std::string& temp_folder, BadRows& bad,
                          const schema::EntityDefinition& entity, const Messages& messages,
                          Locale locale) {
  const auto word = [&](const char* key) { return messages.text(locale, key); };
  HOUGU_TRY(const auto file, XlsxWriter::create(path, temp_folder, word("import.result.sheet")));
  file->header({word("import.result.row"), word("import.result.field"), word("import.result.value"),
                word("import.result.reason")});
  HOUGU_CHECK(bad.rewind());
  for (;;) {
    HOUGU_TRY(const auto row, bad.next());
    if (!row) return file->finish();
    for (const auto& fault : row->faults) {
      file->begin_row();
      file->number(static_cast<double>(row->number));
      file->text(label_of(&entity, fault.field, locale));
      file->text(fault.value);
      file->text(fault_text(messages, locale, &entity, fault.field, fault.code, fault.params));
    }
  }
}
}  // namespace hougu::exchange
