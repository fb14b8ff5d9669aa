#include "schema/exchange/export_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "schema/calendar.h"
#include "schema/exchange/xlsx_writer.h"
#include "schema/fields/field_type.h"

namespace hougu::exchange {
namespace {

constexpr std::size_t kExactDigits = 15;  // of a double, the number type of spreadsheets

struct Column {
  std::string name, header;
  const schema::FieldDefinition* field = nullptr;  // null: created_at and the like
};

bool is_system(std::string_view name) {
  return name == "id" || name == "created_at" || name == "created_by" || name == "updated_at" ||
         name == "updated_by";
}

std::vector<std::string> column_names(const schema::EntityDefinition& entity,
                                      const ExportRequest& request) {
  if (!request.query.fields.empty()) return request.query.fields;
  std::vector<std::string> names;
  for (const auto& view : entity.views) {
    const auto* object = view.if_object();
    if (object == nullptr || request.query.view.empty() ||
        find_string(*object, "name") != request.query.view) {
      continue;
    }
    if (const auto* columns = find_array(*object, "columns")) {
      for (const auto& column : *columns) {
        if (column.is_string()) names.emplace_back(column.as_string());
      }
    }
  }
  if (!names.empty()) return names;
  for (const auto& field : entity.fields) {
    if (!field.archived) names.push_back(field.name);
  }
  names.insert(names.end(), {"created_at", "created_by", "updated_at"});
  return names;
}

Result<std::vector<Column>> columns_of(const schema::EntityDefinition& entity,
                                       const identity::Principal& who, const Messages& messages,
                                       const ExportRequest& request) {
  std::vector<Column> columns;
  const auto& grants = who.access->entity(entity.name);
  for (const auto& name : column_names(entity, request)) {
    const auto* field = entity.field(name);
    if (field == nullptr && is_system(name)) {
      columns.push_back({name, messages.text(request.locale, "record." + name)});
    } else if (field != nullptr && grants.field(name) != identity::FieldRight::kNone) {
      columns.push_back({name, field->label.in(request.locale), field});
    } else if (!request.query.fields.empty()) {
      return invalid("field.unknown", "fields", {{"field", name}});
    }
  }
  if (columns.empty()) return invalid("field.unknown", "fields");
  return columns;
}

// The two formats.
class TableWriter {
 public:
  virtual ~TableWriter() = default;
  virtual void header(const std::vector<std::string>& texts) = 0;
  virtual void begin_row() = 0;
  virtual void text(const std::string& text) = 0;
  virtual void number(const std::string& digits) = 0;
  virtual void date(const std::string& iso) = 0;         // "2026-03-05"
  virtual void date_time(const std::string& local) = 0;  // "2026-03-05 08:30:00"
  virtual bool failed() const = 0;
  virtual Result<void> finish() = 0;
};

class XlsxTable final : public TableWriter {
 public:
  explicit XlsxTable(std::unique_ptr<XlsxWriter> file) : file_(std::move(file)) {}
  void header(const std::vector<std::string>& texts) override { file_->header(texts); }
  void begin_row() override { file_->begin_row(); }
  void text(const std::string& text) override { file_->text(text); }
  void number(const std::string& digits) override {
    if (digits.size() > kExactDigits) return file_->text(digits);
    file_->number(std::strtod(digits.c_str(), nullptr));
  }
  void date(const std::string& iso) override {
    int year = 0, month = 0, day = 0;
    if (std::sscanf(iso.c_str(), "%4d-%2d-%2d", &year, &month, &day) != 3 || year < 1900) {
      return file_->text(iso);
    }
    file_->date(year, month, day);
  }
  void date_time(const std::string& local) override {
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (std::sscanf(local.c_str(), "%4d-%2d-%2d %2d:%2d:%2d", &year, &month, &day, &hour, &minute,
                    &second) < 5 ||
        year < 1900) {
      return file_->text(local);
    }
    file_->date_time(year, month, day, hour, minute, second);
  }
  bool failed() const override { return false; }
  Result<void> finish() override { return file_->finish(); }

 private:
  std::unique_ptr<XlsxWriter> file_;
};

class CsvTable final : public TableWriter {
 public:
  explicit CsvTable(const std::string& path)
      : file_(std::fopen(path.c_str(), "wbe"), &std::fclose) {
    line_ = "\xef\xbb\xbf";
  }
  void header(const std::vector<std::string>& texts) override {
    for (const auto& one : texts) text(one);
  }
  void begin_row() override {
    line_ += "\r\n";
    flush();
    first_ = true;
  }
  void text(const std::string& text) override { add(csv_field(text, true)); }
  void number(const std::string& digits) override { add(csv_field(digits, false)); }
  void date(const std::string& iso) override { add(iso); }
  void date_time(const std::string& local) override { add(local); }
  bool failed() const override { return failed_; }
  Result<void> finish() override {
    line_ += "\r\n";
    flush();
    if (failed_ || std::fflush(file_.get()) != 0) {
      return Error{ErrorKind::kStorageFull, "storage.full"};
    }
    return {};
  }

 private:
  void add(const std::string& field) {
    if (!first_) line_ += ',';
    first_ = false;
    line_ += field;
  }
  void flush() {
    failed_ = failed_ || !file_ ||
              std::fwrite(line_.data(), 1, line_.size(), file_.get()) != line_.size();
    line_.clear();
  }
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string line_;
  bool first_ = true, failed_ = false;
};

std::string title_of(const json::value& value) {
  const auto* object = value.if_object();
  return object == nullptr ? std::string()
                           : std::string(find_string(*object, "title").value_or(""));
}

void write_system(TableWriter& table, const Column& column, const json::value& value,
                  const schema::Zone& zone) {
  if (column.name.ends_with("_by")) return table.text(title_of(value));
  Millis time = 0;
  if (value.is_string() && parse_rfc3339(value.as_string(), time)) {
    return table.date_time(zone.local_text(time, true));
  }
  table.text(value.is_string() ? std::string(value.as_string()) : std::string());
}

void write_cell(TableWriter& table, const Column& column, const json::value* value,
                const schema::CellText& how, const schema::Zone& zone) {
  if (value == nullptr || value->is_null()) return table.text({});
  if (column.field == nullptr) return write_system(table, column, *value, zone);
  const std::string text = column.field->type->to_text(*column.field, *value, how);
  const auto type = column.field->type->name();
  // A masked value is a text whatever its field's type is.
  const bool plain = text.find('*') == std::string::npos && !text.empty();
  if (plain && type == "date") return table.date(text);
  if (plain && type == "date_time") return table.date_time(text);
  const bool number = type == "number" || type == "money" || type == "integer" ||
                      type == "rating" || type == "duration";
  const bool digits = text.find_first_not_of("-.0123456789") == std::string::npos;
  if (plain && number && digits) return table.number(text);
  table.text(text);
}

Result<std::string> new_file(const std::string& folder) {
  std::string name = folder + "/export-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOSPC) return Error{ErrorKind::kStorageFull, "storage.full"};
    return internal("create " + name + ": " + std::strerror(errno));
  }
  ::close(descriptor);
  return name;
}

Result<std::unique_ptr<TableWriter>> make_writer(const std::string& path,
                                                 const ExportRequest& request,
                                                 const std::string& label) {
  if (!request.xlsx) return std::unique_ptr<TableWriter>(std::make_unique<CsvTable>(path));
  HOUGU_TRY(auto file, XlsxWriter::create(path, request.folder, label));
  return std::unique_ptr<TableWriter>(std::make_unique<XlsxTable>(std::move(file)));
}
}  // namespace

std::string csv_field(std::string_view text, bool may_be_formula) {
  std::string out;
  const bool formula = may_be_formula && !text.empty() &&
                       std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos;
  const bool quote = text.find_first_of(",;\"\r\n\t") != std::string_view::npos ||
                     text.starts_with(' ') || text.ends_with(' ');
  if (quote) out += '"';
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quote) out += '"';
  return out;
}

Result<ExportedFile> export_records(store::Transaction& tx, const identity::Principal& who,
                                    schema::Records& records, const schema::Catalog& catalog,
                                    const Messages& messages, const ExportRequest& request,
                                    Millis now) {
  const auto* entity = catalog.entity(request.query.entity);
  if (entity == nullptr || who.access->entity(entity->name).read == identity::kNone) {
    return not_found("entity.not_found");
  }
  HOUGU_TRY(const auto columns, columns_of(*entity, who, messages, request));
  HOUGU_TRY(const auto zone, schema::Zone::named(request.time_zone));
  const std::string yes = messages.text(request.locale, "value.yes");
  const std::string no = messages.text(request.locale, "value.no");
  const schema::CellText how{request.locale, yes, no, request.time_zone};
  const std::string label = entity->label.in(request.locale);
  HOUGU_TRY(const std::string path, new_file(request.folder));
  const auto write = [&]() -> Result<void> {
    HOUGU_TRY(const auto table, make_writer(path, request, label));
    std::vector<std::string> headers;
    schema::ListQuery query = request.query;
    query.fields.clear();
    for (const auto& column : columns) {
      headers.push_back(column.header);
      if (column.field != nullptr) query.fields.push_back(column.name);
    }
    table->header(headers);
    HOUGU_CHECK(records.each(tx, who, query, [&](const schema::Record& record) {
      table->begin_row();
      for (const auto& column : columns) {
        write_cell(*table, column, record.values.if_contains(column.name), how, zone);
      }
      return !table->failed();
    }));
    return table->finish();
  };
  if (auto written = write(); !written.ok()) {
    ::unlink(path.c_str());
    return std::move(written).error();
  }
  std::string day = schema::day_text(zone.day_at(now));
  std::erase(day, '-');
  return ExportedFile{path, label + "_" + day + (request.xlsx ? ".xlsx" : ".csv"),
                      request.xlsx
                          ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                          : "text/csv; charset=utf-8"};
}
}  // namespace hougu::exchange
