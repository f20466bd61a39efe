// SPDX-License-Identifier: MIT
#include "core/exchange/json_value.hpp"

#include <algorithm>

#include <simdjson.h>

namespace loopscope::exchange {
namespace {

/// Removes the digits at the beginning of a text. Returns whether there were any.
bool pass_digits(std::string_view& text) {
    const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count > 0;
}

}  // namespace

class JsonValues::Parser {
  public:
    simdjson::dom::parser parser;
};

JsonValues::JsonValues() : parser_(std::make_unique<Parser>()) {}
JsonValues::~JsonValues() = default;

bool JsonValues::is_value(std::string_view text) {
    if (text.empty()) return false;
    if (text == "true" || text == "false" || text == "null") return true;
    if (text.front() == '{' || text.front() == '[')
        return parser_->parser.parse(text.data(), text.size()).error() == simdjson::SUCCESS;
    return is_json_number(text);
}

bool is_json_number(std::string_view text) {
    if (text.starts_with('-')) text.remove_prefix(1);
    if (text.starts_with('0'))
        text.remove_prefix(1);
    else if (!pass_digits(text))
        return false;
    if (text.starts_with('.')) {
        text.remove_prefix(1);
        if (!pass_digits(text)) return false;
    }
    if (text.starts_with('e') || text.starts_with('E')) {
        text.remove_prefix(1);
        if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
        if (!pass_digits(text)) return false;
    }
    return text.empty();
}

}  // namespace loopscope::exchange
