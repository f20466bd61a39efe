// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string_view>

namespace loopscope::exchange {

/// Tells which texts are JSON values: the argument of a slice is a text, whatever it was in its file.
class JsonValues {
  public:
    JsonValues();
    JsonValues(const JsonValues&) = delete;
    JsonValues& operator=(const JsonValues&) = delete;
    ~JsonValues();

    /// Returns whether a text is a number, an object, an array, or one of true, false and null, as RFC 8259
    /// has them. False for a string in quotes.
    [[nodiscard]] bool is_value(std::string_view text);

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

/// Returns whether a text is a number of JSON.
bool is_json_number(std::string_view text);

}  // namespace loopscope::exchange
