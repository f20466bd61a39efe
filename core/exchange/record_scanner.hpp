#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace loopscope::exchange {

/// Finds the records of a Chrome trace of any size in bytes that are pushed in pieces of any size, one after
/// the other, without holding more than one and the piece that it is in. What it finds does not depend on the
/// pieces.
///
/// Takes both forms: an array of records, and an object with such an array called `traceEvents`. Either may
/// end anywhere. A record is an object; what else stands in the array is skipped.
class RecordScanner {
  public:
    /// What may stand before a text in UTF-8.
    static constexpr std::string_view encoding_mark = "\xef\xbb\xbf";
    /// Longest record, in bytes; longer ones are skipped.
    static constexpr std::size_t max_record = std::size_t{1} << 26;
    /// How many bytes after a record may be read, too: simdjson asks for them.
    static constexpr std::size_t padding = 64;

    /// Most bytes between two records, such as a member of the root object that is passed over: a pipe may go
    /// on for ever.
    static constexpr std::uint64_t max_gap = std::uint64_t{1} << 30;

    /// Makes a scanner with these limits; tests have lower ones.
    explicit RecordScanner(std::uint64_t gap_limit = max_gap, std::size_t record_limit = max_record)
        : gap_limit_(gap_limit), record_limit_(record_limit), window_(padding) {}

    /// Takes the next bytes. REQUIRES: next() has found nothing more in those before.
    void push(std::span<const std::byte> bytes);
    /// Returns the next record; empty: there is none in what was pushed. Valid until the next call.
    std::string_view next();
    /// Ends the text: no more bytes come. REQUIRES: next() has found nothing more.
    void finish();

    /// Returns whether more bytes would change anything.
    [[nodiscard]] bool wants_more() const { return state_ != State::nothing && state_ != State::over; }
    /// Returns whether the text is JSON of either form at all, as far as it was seen.
    [[nodiscard]] bool is_trace() const { return state_ != State::nothing; }
    /// Returns whether there was an array of records.
    [[nodiscard]] bool has_array() const { return has_array_; }
    /// Returns whether the array has its end.
    [[nodiscard]] bool terminated() const { return terminated_; }
    /// Returns how much stood in the array that is no record or too long.
    [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
    /// Returns whether it stopped before the end, where nothing of interest came for too long.
    [[nodiscard]] bool gave_up() const { return gave_up_; }
    /// Returns how many bytes are behind.
    [[nodiscard]] std::uint64_t position() const { return position_ + at_; }

  private:
    /// What the next byte belongs to. Each state but the last two has a function of its name, which takes
    /// such bytes and sets the state that follows.
    enum class State : std::uint8_t {
        mark,    ///< of the encoding
        start,   ///< of the root
        member,  ///< of the root object
        key,     ///< of a member: in its string
        colon,
        value,   ///< of a member
        array,   ///< of records: between two of them
        record,  ///< in one
        string,  ///< in a value that is passed over
        nested,  ///< the same
        scalar,  ///< the same
        nothing,
        over,
    };
    /// Where in an object or an array a byte stands.
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
    void string(std::size_t end);
    void scalar(std::size_t end);
    bool pass_nested(std::size_t end);
    /// Passes over a value of any kind, and goes on with `then`.
    void pass_value(State then);
    [[nodiscard]] std::string_view whole_record();
    [[nodiscard]] char here() const { return window_[at_]; }

    std::uint64_t gap_limit_;
    std::size_t record_limit_;
    std::uint64_t last_record_ = 0;  // where it ended
    bool gave_up_ = false;
    std::vector<char> window_;
    std::size_t at_ = 0;
    std::size_t end_ = 0;
    std::size_t kept_ = 0;        // where the record under way begins
    std::uint64_t position_ = 0;  // of the window's begin in the file
    bool in_object_ = false;      // the array is a member of the root object
    State state_ = State::mark;
    State then_ = State::over;  // what comes after the value that is passed over
    Nesting nesting_;
    std::size_t matched_ = 0;  // bytes of the mark, or of the key
    bool same_ = false;        // the key is that of the records, as far as it was read
    bool escaped_ = false;     // in a string: the next character means itself
    bool found_ = false;       // the record under way has its end
    bool too_long_ = false;    // it is longer than a record may be
    bool has_array_ = false;
    bool terminated_ = false;
    std::uint64_t skipped_ = 0;
};

}  // namespace loopscope::exchange
