#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace loopscope::exchange {

/// A record of a Chrome trace, as far as it means something here. Texts are valid until the next one is read.
struct ChromeRecord {
    char phase = 0;  ///< as in the file: 'X', 'B' …
    std::string_view name;
    std::string_view category;
    std::string_view process;  ///< pid, tid and id are numbers or strings: here, as they stand in the file
    std::string_view thread;
    std::string_view id;
    std::string_view scope;
    std::optional<Time> time;
    Duration duration{0};
    std::string_view given_name;  ///< of metadata: args.name
};

/// Reads records, one object each.
class ChromeRecordReader {
  public:
    ChromeRecordReader();
    ChromeRecordReader(const ChromeRecordReader&) = delete;
    ChromeRecordReader& operator=(const ChromeRecordReader&) = delete;
    ~ChromeRecordReader();

    /// `padding` bytes after the text may be read. Gives nothing for what is no JSON object.
    std::optional<ChromeRecord> read(std::string_view text, std::size_t padding);

  private:
    class Parser;
    std::unique_ptr<Parser> parser_;
};

/// What times and durations are smaller than, on either side of zero, in nanoseconds: so that two can be
/// added.
inline constexpr std::int64_t max_time = std::int64_t{1} << 62;

/// Microseconds as a number in JSON, exact to the nanosecond: "12", "12.345", "1.2e3". Gives nothing for what
/// is no number, or too far from zero to count with.
std::optional<Time> parse_micros(std::string_view text);

}  // namespace loopscope::exchange
