// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/exchange/omissions.hpp"

namespace loopscope::exchange {

/// A scanner that finds the records of a Chrome trace of any size in bytes that are pushed in pieces of any
/// size, and holds no more than one record and the piece that it ends in. The records do not depend on the
/// pieces.
///
/// Reads all forms: an array of records, an object with an array called `traceEvents`, and records one after
/// the other, as in a file with one a line. The text may end anywhere. A record is an object; other values
/// among them are skipped.
class RecordScanner {
  public:
    /// The byte order mark, which may precede a text in UTF-8.
    static constexpr std::string_view encoding_mark = "\xef\xbb\xbf";
    /// The maximum length of a record, in bytes; longer ones are skipped.
    static constexpr std::size_t max_record = std::size_t{1} << 26;
    /// The number of bytes after a record that may be read as well: simdjson asks for them.
    static constexpr std::size_t padding = 64;

    /// The maximum number of bytes without a record, such as a member of the root object that is skipped: a
    /// pipe may go on for ever.
    static constexpr std::uint64_t max_gap = std::uint64_t{1} << 30;

    /// Makes a scanner that counts what it skips as omissions. Limits are in bytes; tests have lower ones.
    explicit RecordScanner(Omissions& omissions, std::uint64_t gap_limit = max_gap,
                           std::size_t record_limit = max_record)
        : omissions_(omissions), gap_limit_(gap_limit), record_limit_(record_limit), window_(padding) {}

    /// Takes the next bytes. REQUIRES: next() has returned nothing more of the bytes before.
    void push(std::span<const std::byte> bytes);
    /// Returns the next record; empty: there is none in the bytes that were pushed. Valid until the next
    /// call, and so long a space stands behind it.
    std::string_view next();
    /// Ends the text: no more bytes come. REQUIRES: next() has returned nothing more.
    void finish();

    /// Returns whether more bytes would change anything.
    [[nodiscard]] bool wants_more() const { return state_ != State::nothing && state_ != State::over; }
    /// Returns whether the text begins with an array or an object, as far as it was scanned.
    [[nodiscard]] bool is_trace() const { return state_ != State::nothing; }
    /// Returns whether there was an array of records.
    [[nodiscard]] bool has_array() const { return has_array_; }
    /// Returns whether the array of records, if there was one, has its closing bracket.
    [[nodiscard]] bool terminated() const { return terminated_ || !has_array_; }
    /// Returns what a member called `traceEvents` is that is no array: "a number"; empty: there was none.
    [[nodiscard]] std::string_view no_array() const { return no_array_; }
    /// Returns whether the text has bytes of zero between its values, as UTF-16 has.
    [[nodiscard]] bool has_zeros() const { return has_zeros_; }
    /// Returns where another trace begins after the end of this one, in bytes; 0: none does.
    [[nodiscard]] std::uint64_t another() const { return another_; }
    /// Returns how many values were skipped: values that are no records, and records that are too long or
    /// cut off.
    [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
    /// Returns where the record that next() returned begins, in bytes.
    [[nodiscard]] std::uint64_t record_begin() const { return position_ + kept_; }
    /// Returns whether the scanner stopped before the end because too many bytes had no record.
    [[nodiscard]] bool gave_up() const { return gave_up_; }
    /// Returns how many bytes were scanned.
    [[nodiscard]] std::uint64_t position() const { return position_ + at_; }

  private:
    /// The part of the text that the next byte belongs to. advance() takes bytes in each state and sets the
    /// next one, but for `nothing` and `over`, which are final.
    enum class State : std::uint8_t {
        mark,    ///< the byte order mark
        start,   ///< of the root
        lines,   ///< between two records without an array
        member,  ///< of the root object
        key,     ///< of a member: in its string
        colon,
        value,    ///< of a member
        array,    ///< of records: between two of them
        record,   ///< in one
        string,   ///< in a string that is skipped
        nested,   ///< in an object or an array that is skipped
        scalar,   ///< in another value that is skipped
        after,    ///< behind the end of the root
        nothing,  ///< the text begins with no array and no object
        over,     ///< the text has ended
    };
    /// The nesting of a byte in an object or an array.
    struct Nesting {
        std::uint64_t depth = 0;
        bool in_string = false;
        bool escaped = false;
    };

    /// Takes bytes of the window before `end`, up to a change of state.
    void advance(std::size_t end);
    void mark();
    void start();
    void member();
    void key(std::size_t end);
    void colon();
    void value();
    void array();
    void lines();
    void after();
    void begin_record();
    void skip(std::string_view why, std::uint64_t at, std::string_view noun);
    void string(std::size_t end);
    void scalar(std::size_t end);
    bool pass_nested(std::size_t end);
    /// Skips a value of any kind, and continues with the state `then`.
    void pass_value(State then);
    /// Returns the record that has just ended; empty if it is too long or has no closing brace.
    [[nodiscard]] std::string_view whole_record();
    void put_space_behind();
    void put_back();
    [[nodiscard]] char here() const { return window_[at_]; }

    Omissions& omissions_;
    std::uint64_t gap_limit_;
    std::size_t record_limit_;
    std::uint64_t last_record_ = 0;  // the offset of its end in the file, in bytes
    bool gave_up_ = false;
    std::vector<char> window_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::size_t kept_ = 0;        // the offset of the record under way in the window
    std::uint64_t position_ = 0;  // the offset of the window in the file
    bool in_object_ = false;      // the array is a member of the root object
    bool may_be_record_ = false;  // the root object is kept, for it may be the first record
    State state_ = State::mark;
    State then_ = State::over;  // the state after the value that is skipped
    Nesting nesting_;
    std::size_t matched_ = 0;     // bytes of the mark, or of the key, that were compared
    bool same_ = false;           // the key is `traceEvents`, as far as it was read
    bool escaped_ = false;        // in a string: the next character is escaped
    std::optional<char> behind_;  // the byte behind the record that was returned, where a space stands
    bool found_ = false;          // the record under way is complete
    bool too_long_ = false;       // the record under way is too long
    bool has_array_ = false;
    bool terminated_ = false;
    bool has_zeros_ = false;
    std::string_view no_array_;
    std::uint64_t another_ = 0;
    State back_ = State::array;  // the state after a record
    std::uint64_t skipped_ = 0;
};

}  // namespace loopscope::exchange
