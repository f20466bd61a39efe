#pragma once

#include <string>
#include <string_view>

namespace loopscope::exchange {

/// The text with what is no UTF-8 replaced by U+FFFD: other tools refuse a whole file for one bad byte.
std::string clean_utf8(std::string_view text);

}  // namespace loopscope::exchange
