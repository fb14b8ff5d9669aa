#include "app/builtin_pack.h"
#include "app/commands.h"

namespace hougu::app {
namespace {

Result<schema::PackReport> install(const CommandLine& line, const std::string& folder, bool force) {
  HOUGU_TRY(const auto files, schema::read_pack_folder(folder));
  HOUGU_TRY(const auto name, schema::pack_name(files));
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  schema::PackReport report;
  HOUGU_CHECK(opened->database->write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(report, schema::install_pack(tx, *opened->schema, opened->system, files, force,
                                           pack_roles(*opened, name)));
    return {};
  }));
  return report;
}

// A folder that holds a pack says which one is exported; a new one gets the built-in pack.
Result<void> export_to(const CommandLine& line, const std::string& folder) {
  std::string name = "after_sales";
  if (const auto files = schema::read_pack_folder(folder); files.ok()) {
    if (const auto present = schema::pack_name(*files); present.ok()) name = *present;
  }
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  schema::PackFiles files;
  HOUGU_CHECK(opened->database->read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(files, schema::export_pack(tx, name, pack_roles(*opened, name)));
    return {};
  }));
  return schema::write_pack_folder(folder, files);
}

Result<std::string> differences(const CommandLine& line, const std::string& folder) {
  HOUGU_TRY(const auto files, schema::read_pack_folder(folder));
  HOUGU_TRY(const auto name, schema::pack_name(files));
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  std::string text;
  HOUGU_CHECK(opened->database->read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(text, schema::diff_pack(tx, files, pack_roles(*opened, name)));
    return {};
  }));
  return text;
}

void print_paths(const CommandLine& line, std::string_view key,
                 const std::vector<std::string>& paths) {
  if (paths.empty()) return;
  print(line.messages.text(line.locale, key));
  for (const auto& path : paths) print("  " + path);
}

}  // namespace

int pack_install(const CommandLine& line, const std::string& folder, bool force) {
  const auto report = install(line, folder, force);
  if (!report.ok()) return failed(line, report.error());
  print_paths(line, "cli.pack_changed", report->changed);
  print_paths(line, "cli.pack_kept", report->kept);
  if (!report->differences.empty()) print(report->differences);
  if (report->changed.empty() && report->kept.empty()) {
    print(line.messages.text(line.locale, "cli.pack_same"));
  }
  return 0;
}

int pack_export(const CommandLine& line, const std::string& folder) {
  if (const auto done = export_to(line, folder); !done.ok()) return failed(line, done.error());
  print(line.messages.text(line.locale, "cli.pack_exported", {{"folder", folder}}));
  return 0;
}

int pack_diff(const CommandLine& line, const std::string& folder) {
  const auto text = differences(line, folder);
  if (!text.ok()) return failed(line, text.error());
  print(text->empty() ? line.messages.text(line.locale, "cli.pack_same") : *text);
  return 0;
}

}  // namespace hougu::app
