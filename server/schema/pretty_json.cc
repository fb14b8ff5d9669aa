#include "schema/pretty_json.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kLineWidth = 140;
constexpr std::size_t kMostCompared = 4'000;  // lines; beyond that only whole texts are shown
constexpr std::size_t kContext = 2;

std::string one_line_json(const json::value& value) {
  if (const auto* array = value.if_array()) {
    std::string out = "[";
    for (const auto& element : *array) out += (out.size() > 1 ? ", " : "") + one_line_json(element);
    return out + "]";
  }
  if (const auto* object = value.if_object()) {
    std::string out = "{";
    for (const auto& member : *object)
      out += (out.size() > 1 ? ", " : "") + json::serialize(json::string(member.key())) + ": " +
             one_line_json(member.value());
    return out + "}";
  }
  return json::serialize(value);
}

void write(const json::value& value, std::size_t level, std::string& out) {
  const auto line = one_line_json(value);
  const auto* array = value.if_array();
  const auto* object = value.if_object();
  const bool top = level == 0 && (array != nullptr || object != nullptr);
  if ((line.size() + level * 2 <= kLineWidth && !top) || (array == nullptr && object == nullptr)) {
    out += line;
    return;
  }
  const std::string inner((level + 1) * 2, ' ');
  bool first = true;
  out += array ? '[' : '{';
  const auto separate = [&] {
    out += first ? "\n" : ",\n";
    out += inner;
    first = false;
  };
  if (array != nullptr) {
    for (const auto& element : *array) {
      separate();
      write(element, level + 1, out);
    }
  } else {
    for (const auto& member : *object) {
      separate();
      out += json::serialize(json::string(member.key())) + ": ";
      write(member.value(), level + 1, out);
    }
  }
  if (!first) out += "\n" + std::string(level * 2, ' ');
  out += array ? ']' : '}';
}

struct Line {
  char mark;
  std::string_view text;
};

// The longest common subsequence, by the table.
std::vector<Line> compared(const std::vector<std::string_view>& a,
                           const std::vector<std::string_view>& b) {
  const auto width = b.size() + 1;
  std::vector<std::uint16_t> length((a.size() + 1) * width, 0);
  for (auto i = a.size(); i-- > 0;)
    for (auto j = b.size(); j-- > 0;)
      length[i * width + j] =
          a[i] == b[j] ? static_cast<std::uint16_t>(length[(i + 1) * width + j + 1] + 1)
                       : std::max(length[(i + 1) * width + j], length[i * width + j + 1]);
  std::vector<Line> out;
  std::size_t i = 0, j = 0;
  while (i < a.size() || j < b.size()) {
    if (i < a.size() && j < b.size() && a[i] == b[j]) {
      out.push_back({' ', a[i]});
      ++i, ++j;
    } else if (j == b.size() ||
               (i < a.size() && length[(i + 1) * width + j] >= length[i * width + j + 1])) {
      out.push_back({'-', a[i++]});
    } else {
      out.push_back({'+', b[j++]});
    }
  }
  return out;
}
}  // namespace

std::string pretty_json(const json::value& value) {
  std::string out;
  write(value, 0, out);
  return out + "\n";
}

std::string line_diff(std::string_view before, std::string_view after) {
  if (before == after) return {};
  const auto a = split(before, '\n'), b = split(after, '\n');
  if (a.size() > kMostCompared || b.size() > kMostCompared)
    return "-" + std::string(before) + "\n+" + std::string(after) + "\n";
  const auto lines = compared(a, b);
  std::vector<bool> shown(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].mark == ' ') continue;
    const auto from = i > kContext ? i - kContext : 0;
    for (auto k = from; k < std::min(lines.size(), i + kContext + 1); ++k) shown[k] = true;
  }
  std::string out;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!shown[i]) continue;
    if (i > 0 && !shown[i - 1]) out += "...\n";
    out += lines[i].mark;
    out.append(lines[i].text) += '\n';
  }
  return out;
}
}  // namespace hougu::schema
