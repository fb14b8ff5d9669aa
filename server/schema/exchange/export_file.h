// Records as a table file: any list query, what the person may export of it, as he would read it.
#pragma once

#include <string>

#include "base/messages.h"
#include "schema/records.h"

namespace hougu::exchange {

struct ExportRequest {
  schema::ListQuery query;  // `fields`: the columns; empty: those of the view, or all
  bool xlsx = true;         // else CSV: UTF-8 with byte order mark, CRLF
  std::string folder;       // for the file
  Locale locale = Locale::kChinese;
  std::string time_zone;  // IANA name; times are written in it
};

struct ExportedFile {
  std::string path;  // the caller removes it
  std::string name;  // to offer: "设备_20261121.xlsx"
  std::string content_type;
};

// In one snapshot and constant memory (Records::each, so rows and fields are those that the person
// may export). Texts that a spreadsheet would run as a formula are shielded in CSV with an
// apostrophe, which our import takes away again; in .xlsx texts are texts.
Result<ExportedFile> export_records(store::Transaction& tx, const identity::Principal& who,
                                    schema::Records& records, const schema::Catalog& catalog,
                                    const Messages& messages, const ExportRequest& request,
                                    Millis now);

// A text as a CSV field: quoted where needed, shielded against being taken for a formula.
std::string csv_field(std::string_view text, bool may_be_formula);
}  // namespace hougu::exchange
