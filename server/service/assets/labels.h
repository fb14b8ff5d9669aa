// QR labels for devices as a PDF: what a customer scans to report a fault.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hougu::service {

enum class LabelFormat {
  kA4,     // sheets of 3 × 8 labels, 70 × 37 mm each
  k60x40,  // a page of 60 × 40 mm per label, for label printers
};

struct DeviceLabel {
  std::string url;  // that the code holds: <public address>/s/<qr_token>
  std::string product, model, serial_number;
};

// The same on all labels.
struct LabelTexts {
  std::string organisation, phone;
  std::string scan;           // "扫码报修 / Scan for service"
  std::string serial_prefix;  // "序列号"
};

constexpr std::size_t kMaxLabels = 1000;

// The PDF's bytes. No text ever leaves its label: names are cut with an ellipsis, a serial number
// is wrapped and set smaller instead. Codes have error correction M and a quiet zone of 4 modules.
// Errors: kInvalid "label.none", "label.too_many", "label.url_too_long" (over 300 bytes).
// Takes about 5 ms for a sheet.
Result<std::string> labels_pdf(LabelFormat format, const std::vector<DeviceLabel>& labels,
                               const LabelTexts& texts);
}  // namespace hougu::service
