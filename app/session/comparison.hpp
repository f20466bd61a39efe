#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/feed/program_feed.hpp"
#include "core/trace/index.hpp"

namespace loopscope::session {

/// One side of a comparison: a trace as far as it goes. Refers, owns nothing.
struct Side {
    const trace::Log& log;
    const trace::Index& index;
    bool over = true;  ///< whether the trace is whole: nothing more will be printed

    [[nodiscard]] std::size_t prints() const { return index.prints().size(); }
    /// The text of a print. REQUIRES: place < prints().
    [[nodiscard]] std::string_view text(std::size_t position) const {
        return log.printed_text(index.prints().event(position));
    }
};

/// Whether two sides print something else at a place. Where one has ended, each further print of the other
/// differs; where a trace is not whole, what is not there yet does not.
bool differ_at(const Side& one, const Side& other, std::size_t position);

/// Whether it is known whether they differ at a place: neither trace may still come to it.
bool known_at(const Side& one, const Side& other, std::size_t position);

/// Where two sides differ first, looked for a little at a time while they grow.
class FirstDifference {
  public:
    /// Compares on, some thousand places at most. Gives false if there is nothing to do until one has grown.
    /// The same two sides at each call.
    bool advance(const Side& one, const Side& other);
    /// Where it is, as far as they were compared.
    [[nodiscard]] std::optional<std::size_t> position() const { return position_; }

  private:
    std::size_t compared_ = 0;
    std::optional<std::size_t> position_;
};

/// A run beside the one that is looked at, to be compared with it. It grows a little at a time, so that
/// nobody has to wait for it, and ends at a length that is always the same.
class Rerun {
  public:
    /// Longest trace of a run that is there to be looked at beside another one, in events.
    static constexpr std::uint32_t usual_limit = 20'000;

    explicit Rerun(const feed::Setup& setup, std::uint32_t limit = usual_limit,
                   const std::vector<feed::Switch>& switches = {})
        : feed_(setup, switches, 0), limit_(limit) {}

    /// Extends the trace by `events` or a few more. Gives false once there is nothing to do.
    bool extend(std::uint32_t events);
    /// Runs to the end, or to the limit.
    void finish() { extend(limit_); }

    /// Whether the program is over, or as long as it may become.
    [[nodiscard]] bool done() const { return feed_.over() || log().size() >= limit_; }
    /// Whether it was not over when it had to stop.
    [[nodiscard]] bool cut() const { return done() && !feed_.over(); }
    [[nodiscard]] const trace::Log& log() const { return feed_.log(); }
    [[nodiscard]] const trace::Index& index() const { return index_; }
    [[nodiscard]] Side side() const { return {log(), index_, feed_.over()}; }

  private:
    feed::ProgramFeed feed_;
    trace::Index index_;
    std::uint32_t limit_;
};

/// Two traces in lock-step: the k-th print of one beside the k-th print of the other.
class Comparison {
  public:
    /// The sides have to live as long as the comparison, and must not grow.
    Comparison(const Side& one, const Side& other);

    [[nodiscard]] const Side& one() const { return one_; }
    [[nodiscard]] const Side& other() const { return other_; }
    /// How many prints the longer one has.
    [[nodiscard]] std::size_t length() const { return std::max(one_.prints(), other_.prints()); }
    [[nodiscard]] bool differs(std::size_t position) const { return differ_at(one_, other_, position); }
    /// The places at which they differ, in order.
    [[nodiscard]] const std::vector<std::size_t>& differences() const { return differences_; }
    [[nodiscard]] std::optional<std::size_t> first_difference() const;
    /// The nearest difference after, or before, a cursor in the first trace.
    [[nodiscard]] std::optional<std::size_t> next_difference(std::uint32_t cursor) const;
    [[nodiscard]] std::optional<std::size_t> previous_difference(std::uint32_t cursor) const;
    /// Where the second trace stands when the cursor is on this event of the first one: on the print of the
    /// same number as the last one before the cursor, or its last one; none: before its first print.
    [[nodiscard]] std::optional<std::uint32_t> matching_event(std::uint32_t cursor) const;

  private:
    Side one_;
    Side other_;
    std::vector<std::size_t> differences_;
};

/// What one side printed at a place, and who wrote that, as sentences use it: "indication(0) prints 'c',
/// written by sleep(c)"; "nothing is printed" after its end.
std::string print_phrase(const Side& side, std::size_t position);

/// "They first differ at print 3: …" with what each side prints there; that they are equal, if there is no
/// such place. The names are what the sides are called.
std::string first_difference_sentence(const Side& one, const Side& other, std::optional<std::size_t> first,
                                      std::string_view one_name, std::string_view other_name);
/// "They first differ at print 3: …" with what each side prints; that they are equal, if they are. The names
/// are what the sides are called.
std::string first_difference_sentence(const Comparison& comparison, std::string_view one,
                                      std::string_view other);

}  // namespace loopscope::session
