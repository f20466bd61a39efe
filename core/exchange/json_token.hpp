// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <simdjson.h>

#include "core/exchange/json_text.hpp"

namespace loopscope::exchange {

/// Returns the text of a number, a string with its quotes, or another value that is no object and no array.
/// What looks like none of them, as NaN does, is taken as it stands.
inline std::string_view token_of(simdjson::ondemand::value& value) {
    std::string_view text = value.raw_json_token();
    text.remove_suffix(text.size() - (text.find_last_not_of(" \n\r\t") + 1));
    return text;
}

/// Returns what stands between the quotes of a string, with its escapes; nothing for any other token.
inline std::optional<std::string_view> inside_quotes(std::string_view token) {
    if (token.size() < 2 || token.front() != '"' || token.back() != '"') return std::nullopt;
    return token.substr(1, token.size() - 2);
}

/// Returns what a string says, with escapes that are none as they stand; nothing for any other value.
inline std::optional<std::string> string_of(simdjson::ondemand::value& value) {
    const auto inside = inside_quotes(token_of(value));
    return inside ? std::optional(unescaped(*inside)) : std::nullopt;
}

}  // namespace loopscope::exchange
