// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

/// JSON as other tools write it, which is not always JSON (RFC 8259).
namespace loopscope::exchange {

/// Returns JSON in which strings are valid: bytes that are no UTF-8 become U+FFFD, and control characters
/// within a string, such as line breaks, are escaped. What is no string stays as it is. The result ends with
/// `padding` spaces.
std::string with_valid_strings(std::string_view json, std::size_t padding);

/// Returns what the text between the quotes of a JSON string says. What is no valid escape is taken as it
/// stands; half a surrogate pair becomes U+FFFD.
std::string unescaped(std::string_view text);

}  // namespace loopscope::exchange
