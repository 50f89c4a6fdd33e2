// As much of JSON Schema as the language's schema uses: enough to know that
// what we ship fits it.
#pragma once

#include <nlohmann/json.hpp>
#include <regex>
#include <string>

namespace outagesim {

class SchemaChecker {
 public:
  explicit SchemaChecker(const nlohmann::json& schema) : root_(schema) {}

  // "" if the value fits, else "/path: what is wrong" for the first misfit.
  std::string mistake_in(const nlohmann::json& value) const {
    return check(value, root_, "");
  }

 private:
  using Json = nlohmann::json;

  std::string check(const Json& value, const Json& schema,
                    const std::string& path) const {
    if (schema.contains("$ref")) {
      const std::string target = schema["$ref"];
      return check(value, root_.at(Json::json_pointer(target.substr(1))), path);
    }
    if (schema.contains("anyOf")) return any(value, schema["anyOf"], path);
    if (schema.contains("oneOf")) return any(value, schema["oneOf"], path);
    if (schema.contains("const") && value != schema["const"]) {
      return path + ": wrong word";
    }
    if (schema.contains("type") && !is_of(value, schema["type"])) {
      return path + ": wrong type";
    }
    if (value.is_string() && schema.contains("pattern")) {
      const std::regex form(schema["pattern"].get<std::string>());
      if (!std::regex_search(value.get<std::string>(), form)) {
        return path + ": wrong form";
      }
    }
    if (value.is_array() && schema.contains("items")) {
      return items(value, schema["items"], path);
    }
    return value.is_object() ? members(value, schema, path) : "";
  }

  std::string any(const Json& value, const Json& schemas,
                  const std::string& path) const {
    for (const Json& schema : schemas) {
      if (check(value, schema, path).empty()) return "";
    }
    return path + ": no alternative fits";
  }

  static bool is_of(const Json& value, const Json& type) {
    if (type.is_array()) {
      for (const Json& one : type) {
        if (is_of(value, one)) return true;
      }
      return false;
    }
    if (type == "integer") return value.is_number_integer();
    if (type == "number") return value.is_number();
    return type == value.type_name();
  }

  std::string items(const Json& value, const Json& schema,
                    const std::string& path) const {
    for (size_t i = 0; i < value.size(); ++i) {
      std::string wrong =
          check(value[i], schema, path + '/' + std::to_string(i));
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  std::string members(const Json& value, const Json& schema,
                      const std::string& path) const {
    for (const Json& name : schema.value("required", Json::array())) {
      if (!value.contains(name)) {
        return path + ": " + name.get<std::string>() + " is missing";
      }
    }
    const Json properties = schema.value("properties", Json::object());
    for (const auto& [name, member] : value.items()) {
      std::string below = path;
      below.append("/").append(name);
      std::string wrong;
      if (properties.contains(name)) {
        wrong = check(member, properties[name], below);
      } else if (schema.contains("patternProperties")) {
        wrong = check(member, schema["patternProperties"].front(), below);
      } else if (schema.value("additionalProperties", Json(true)) == false) {
        wrong = below + ": unknown key";
      }
      if (!wrong.empty()) return wrong;
    }
    return "";
  }

  const Json& root_;
};

}  // namespace outagesim
