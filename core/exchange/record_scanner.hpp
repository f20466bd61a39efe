#pragma once

#include <string_view>
#include <vector>

#include "core/base/source.hpp"

namespace loopscope::exchange {

/// Finds the records of a Chrome trace in a file of any size, one after the other, without holding more than
/// one and the piece of the file that it is in.
///
/// Takes both forms: an array of records, and an object with such an array called `traceEvents`. Either may
/// end anywhere. A record is an object; what else stands in the array is skipped.
class RecordScanner {
  public:
    /// Longest record, in bytes; longer ones are skipped.
    static constexpr std::size_t longest_record = std::size_t{1} << 26;
    /// How many bytes after a record may be read, too: simdjson asks for them.
    static constexpr std::size_t padding = 64;

    /// Most bytes between two records, such as a member of the root object that is passed over: a pipe may go
    /// on for ever. `longest_gap`: another limit, for tests.
    static constexpr std::uint64_t max_gap = std::uint64_t{1} << 30;

    explicit RecordScanner(Source& source, std::uint64_t longest_gap = max_gap);

    /// The next record; empty: there is none. Valid until the next call.
    std::string_view next();

    /// Whether the text is JSON of either form at all, as far as next() has seen it.
    [[nodiscard]] bool is_trace() const { return place_ != Place::nothing; }
    /// Whether the array has its end.
    [[nodiscard]] bool terminated() const { return terminated_; }
    /// What stood in the array, but is no record or too long.
    [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
    /// Whether it stopped before the end of the file, where nothing of interest came for too long.
    [[nodiscard]] bool gave_up() const { return gave_up_; }
    /// How many bytes of the file are behind.
    [[nodiscard]] std::uint64_t position() const { return position_ + at_; }

  private:
    enum class Place { start, nothing, root_object, array, over };

    int peek();
    void begin();
    void member();
    std::string_view record();
    /// Passes over a value of any kind.
    void pass_value();
    void pass_string();
    bool pass_key(std::string_view key);
    void pass_nested();
    /// Where in an object or an array a byte stands.
    struct Nesting {
        std::uint64_t depth = 0;
        bool in_string = false;
        bool escaped = false;
    };
    bool pass_nested_here(Nesting& nesting);
    void pass_space();
    bool refill();

    Source& source_;
    std::uint64_t longest_gap_;
    std::uint64_t last_record_ = 0;  // where it ended
    bool gave_up_ = false;
    std::vector<char> window_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::size_t kept_ = 0;        // what is before this may be dropped
    bool keeps_ = false;          // the record under way is to be kept from kept_ on
    std::uint64_t position_ = 0;  // of the window's begin in the file
    bool in_object_ = false;      // the array is a member of the root object
    Place place_ = Place::start;
    bool terminated_ = false;
    std::uint64_t skipped_ = 0;
};

}  // namespace loopscope::exchange
