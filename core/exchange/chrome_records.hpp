// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/time.hpp"
#include "core/exchange/buffered_file.hpp"

namespace loopscope::exchange {

/// Writes the records of a Chrome trace, member by member: the array of "Trace Event Format", in an object,
/// with a record a line.
class ChromeRecords {
  public:
    explicit ChromeRecords(BufferedFile& file) : file_(file) {
        file_.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
    }
    /// Writes the end of the array. REQUIRES: called once, and nothing else after it.
    void finish() { file_.write("\n]}\n"); }
    /// Returns whether writing is of use: nothing has failed, and nobody has stopped it at an event.
    [[nodiscard]] bool goes_on(EventIndex at) { return file_.goes_on(at); }

    /// Begins a record of a phase, such as "X".
    ChromeRecords& begin(std::string_view phase) {
        text_ = first_ ? "{" : ",\n{";
        first_ = false;
        return string("ph", phase);
    }
    /// Ends the record.
    void end() {
        text_ += '}';
        file_.write(text_);
    }
    ChromeRecords& string(std::string_view name, std::string_view text) {
        key(name);
        append_json_string(text_, text);
        return *this;
    }
    ChromeRecords& number(std::string_view name, std::uint64_t value) {
        return json(name, fmt::format_int(value).c_str());
    }
    /// Appends a member whose value is JSON.
    ChromeRecords& json(std::string_view name, std::string_view value) {
        key(name);
        text_ += value;
        return *this;
    }
    /// Appends a time or a duration, in microseconds, exact to the nanosecond.
    ChromeRecords& time(std::string_view name, Time time) {
        key(name);
        const std::int64_t nanoseconds = time.count();
        text_ += fmt::format_int(nanoseconds / 1000).c_str();
        if (nanoseconds % 1000 != 0) fmt::format_to(std::back_inserter(text_), ".{:03}", nanoseconds % 1000);
        return *this;
    }
    /// Begins a member that is an object, such as "args"; what follows is in that object.
    ChromeRecords& open(std::string_view name) {
        key(name);
        text_ += '{';
        return *this;
    }
    ChromeRecords& close() {
        text_ += '}';
        return *this;
    }

  private:
    void key(std::string_view name) {
        if (text_.back() != '{') text_ += ',';
        append_json_string(text_, name);
        text_ += ':';
    }

    BufferedFile& file_;
    std::string text_;
    bool first_ = true;
};

}  // namespace loopscope::exchange
