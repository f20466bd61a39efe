#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace loopscope::exchange {

/// The members of a Chrome trace's record that are read here. Texts are valid until the next record is read.
struct ChromeRecord {
    char phase = 0;  ///< as in the file: 'X', 'B' …
    std::string_view name;
    std::string_view category;
    std::string_view process;  ///< pid, tid and id: numbers or strings, as in the file, without quotes
    std::string_view thread;
    std::string_view id;
    std::string_view scope;
    std::optional<Time> time;
    Duration duration{0};
    std::string_view given_name;  ///< of metadata: args.name
};

/// A parser of records, each of which is one JSON object.
class ChromeRecordReader {
  public:
    ChromeRecordReader();
    ChromeRecordReader(const ChromeRecordReader&) = delete;
    ChromeRecordReader& operator=(const ChromeRecordReader&) = delete;
    ~ChromeRecordReader();

    /// Returns the record in a text; nothing if the text is no valid JSON object. REQUIRES: `padding` bytes
    /// after the text may be read.
    std::optional<ChromeRecord> read(std::string_view text, std::size_t padding);

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

/// The bound of times and durations on either side of zero, in nanoseconds: all are smaller, so that two can
/// be added.
inline constexpr std::int64_t max_time = std::int64_t{1} << 62;

/// Returns the time that a JSON number of microseconds stands for, exact to the nanosecond: "12", "12.345",
/// "1.2e3". Returns nothing if the text is no number, or the time is not within max_time.
std::optional<Time> parse_micros(std::string_view text);

}  // namespace loopscope::exchange
