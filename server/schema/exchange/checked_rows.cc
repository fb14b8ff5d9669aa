#include "schema/exchange/checked_rows.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace hougu::exchange {
namespace {
constexpr std::size_t kFirst = 20;

Error disk_error(int code) {
  if (code == ENOSPC || code == EDQUOT) return {ErrorKind::kStorageFull, "storage.full"};
  return internal(std::string("temporary rows: ") + std::strerror(code));
}

json::object params_json(const std::map<std::string, std::string>& params) {
  json::object out;
  for (const auto& [key, value] : params) out[key] = value;
  return out;
}

std::string text_of(const json::object& object, std::string_view key) {
  return std::string(find_string(object, key).value_or(""));
}
}  // namespace

json::object fault_json(std::int64_t row, const RowFault& fault) {
  return {{"row", row},
          {"field", fault.field},
          {"code", fault.code},
          {"params", params_json(fault.params)}};
}

Result<std::unique_ptr<RowFile>> RowFile::create(const std::string& folder) {
  std::string name = folder + "/rows-XXXXXX";
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) return disk_error(errno);
  ::unlink(name.c_str());
  std::FILE* const file = ::fdopen(descriptor, "w+b");
  if (file == nullptr) return disk_error(errno);
  return std::unique_ptr<RowFile>(new RowFile(file));
}

Result<void> RowFile::add(const json::value& row) {
  const std::string line = json::serialize(row) + "\n";
  if (std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size()) {
    return disk_error(errno);
  }
  ++size_;
  return {};
}

Result<void> RowFile::rewind() {
  if (std::fflush(file_.get()) != 0) return disk_error(errno);
  std::rewind(file_.get());
  return {};
}

Result<std::optional<json::value>> RowFile::next() {
  char* line = nullptr;
  std::size_t capacity = 0;
  const ssize_t count = ::getline(&line, &capacity, file_.get());
  const std::unique_ptr<char, void (*)(void*)> owner(line, &::free);
  if (count <= 0) return std::optional<json::value>();
  HOUGU_TRY(auto value, parse_json({line, static_cast<std::size_t>(count)}, {32, 256u << 20}));
  return std::optional(std::move(value));
}

Result<std::unique_ptr<CheckedRows>> CheckedRows::create(const std::string& folder) {
  auto rows = std::make_unique<CheckedRows>();
  HOUGU_TRY(rows->file_, RowFile::create(folder));
  return rows;
}

Result<void> CheckedRows::add(const CheckedRow& row) {
  json::object out{{"r", row.number}, {"v", row.values}};
  if (row.existing) out["id"] = row.existing->text();
  if (row.look_again) out["again"] = true;
  return file_->add(std::move(out));
}

Result<std::optional<CheckedRow>> CheckedRows::next() {
  HOUGU_TRY(auto line, file_->next());
  if (!line) return std::optional<CheckedRow>();
  json::object& object = line->as_object();
  CheckedRow row;
  row.number = find_integer(object, "r").value_or(0);
  if (const auto id = find_string(object, "id")) row.existing = Id::parse(*id);
  row.look_again = find_bool(object, "again").value_or(false);
  row.values = std::move(object["v"].as_object());
  return std::optional(std::move(row));
}

Result<std::unique_ptr<BadRows>> BadRows::create(const std::string& folder) {
  auto rows = std::make_unique<BadRows>();
  HOUGU_TRY(rows->file_, RowFile::create(folder));
  return rows;
}

Result<void> BadRows::add(const BadRow& row) {
  json::array faults;
  for (const auto& fault : row.faults) {
    json::object one = fault_json(row.number, fault);
    if (first_.size() < kFirst) first_.push_back(one);
    one["value"] = fault.value;
    faults.push_back(std::move(one));
  }
  return file_->add(json::object{{"r", row.number}, {"f", std::move(faults)}});
}

Result<std::optional<BadRow>> BadRows::next() {
  HOUGU_TRY(auto line, file_->next());
  if (!line) return std::optional<BadRow>();
  const json::object& object = line->as_object();
  BadRow row;
  row.number = find_integer(object, "r").value_or(0);
  for (const auto& value : *find_array(object, "f")) {
    const json::object& one = value.as_object();
    RowFault fault{text_of(one, "field"), text_of(one, "code"), {}, text_of(one, "value")};
    for (const auto& [key, param] : *find_object(one, "params")) {
      fault.params.emplace(key, std::string(param.as_string()));
    }
    row.faults.push_back(std::move(fault));
  }
  return std::optional(std::move(row));
}
}  // namespace hougu::exchange
