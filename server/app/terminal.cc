#include <cstdio>

#include "app/commands.h"

namespace hougu::app {

void print(const std::string& text) {
  std::fputs(text.c_str(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

int failed(const CommandLine& line, const Error& error) {
  const auto say = [&](std::string_view code, const std::map<std::string, std::string>& params) {
    const std::string key = "error." + std::string(code);
    return line.messages.has(key) ? line.messages.text(line.locale, key, params)
                                  : std::string(code);
  };
  std::string text = "hougu: " + say(error.code, error.params);
  if (!error.field.empty() && error.params.empty()) text += " (" + error.field + ")";
  for (const FieldError& one : error.fields) {
    text += "\n  " + one.field + ": " + say(one.code, one.params);
  }
  if (!error.cause.empty()) text += "\n  " + error.cause;
  std::fputs((text + "\n").c_str(), stderr);
  return 1;
}

}  // namespace hougu::app
