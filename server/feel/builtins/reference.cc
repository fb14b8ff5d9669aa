#include "feel/builtins/reference.h"

#include "feel/builtins/registry.h"

namespace hougu::feel {
namespace {
std::string parameter_type(const BuiltinParameter& parameter) {
  std::string out;
  for (const TypePtr& type : parameter.types) {
    if (!out.empty()) out += " | ";
    out += type_text(*type);
  }
  return out.empty() ? "Any" : out;
}

json::array signatures(const Builtin& builtin) {
  json::array out;
  for (const Overload& overload : builtin.overloads) {
    json::array parameters;
    for (const BuiltinParameter& parameter : overload.parameters) {
      parameters.push_back({{"name", parameter.name},
                            {"type", parameter_type(parameter)},
                            {"optional", parameter.optional},
                            {"many", parameter.spread || parameter.rest}});
    }
    out.push_back(json::object{{"parameters", std::move(parameters)}});
  }
  return out;
}

std::string text(const json::object& object, std::string_view key) {
  const auto found = find_string(object, key);
  return found ? std::string(*found) : std::string();
}

std::string escaped(std::string out) {
  for (std::size_t at = 0; (at = out.find('|', at)) != std::string::npos; at += 2) {
    out.insert(at, "\\");
  }
  return out;
}

std::string signature_line(const std::string& name, const json::object& signature) {
  std::string out = name + "(";
  for (const json::value& parameter : signature.at("parameters").as_array()) {
    const json::object& one = parameter.as_object();
    if (out.back() != '(') out += ", ";
    out += text(one, "name");
    if (one.at("optional").as_bool()) out += "?";
    if (one.at("many").as_bool()) out += "…";
    out += ": " + text(one, "type");
  }
  return out + ")";
}
}  // namespace

Result<json::array> reference(std::string_view builtins_json) {
  HOUGU_TRY(const json::value parsed, parse_json(builtins_json));
  if (!parsed.is_object()) return invalid("feel.reference", {}, {{"detail", "object"}});
  const json::object& texts = parsed.as_object();
  json::array out;
  for (const Builtin& builtin : builtins().all()) {
    const json::object* described = find_object(texts, builtin.name);
    if (described == nullptr) return invalid("feel.reference", {}, {{"detail", builtin.name}});
    json::object line = *described;
    line["name"] = builtin.name;
    line["family"] = builtin.family;
    line["signatures"] = signatures(builtin);
    line["result"] = builtin.result_text;
    line["deterministic"] = builtin.deterministic;
    out.push_back(std::move(line));
  }
  for (const auto& text : texts) {
    if (builtins().find(text.key()) == nullptr) {
      return invalid("feel.reference", {}, {{"detail", std::string(text.key())}});
    }
  }
  return out;
}

std::string reference_page(const json::array& reference) {
  std::string out =
      "# FEEL: the built-in functions\n\n"
      "Made from the list in `server/feel/builtins/` by the tests of that folder; don't edit it by "
      "hand.\nThe language is FEEL of DMN 1.5. \"Spreadsheet\" names the nearest spreadsheet "
      "function; `IF(a, b, c)` is `if a then b else c`, and `SUMIF` is `sum(list[condition])`.\n";
  std::string family;
  for (const json::value& item : reference) {
    const json::object& line = item.as_object();
    if (text(line, "family") != family) {
      family = text(line, "family");
      out += "\n## " + family + "\n\n| function | result | | | spreadsheet | example |\n";
      out += "|---|---|---|---|---|---|\n";
    }
    out += "| ";
    bool first = true;
    for (const json::value& signature : line.at("signatures").as_array()) {
      if (!first) out += "<br>";
      first = false;
      out += "`" + escaped(signature_line(text(line, "name"), signature.as_object())) + "`";
    }
    out += " | " + text(line, "result") + " | " + text(line, "zh") + " | " + text(line, "en") +
           " | " + text(line, "spreadsheet") + " | ";
    first = true;
    for (const json::value& example : line.at("examples").as_array()) {
      if (!first) out += "<br>";
      first = false;
      const json::array& pair = example.as_array();
      out += "`" + escaped(std::string(pair[0].as_string())) + "` = `" +
             escaped(std::string(pair[1].as_string())) + "`";
    }
    out += " |\n";
  }
  return out;
}
}  // namespace hougu::feel
