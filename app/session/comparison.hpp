#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/feed/program_feed.hpp"
#include "core/trace/index.hpp"

namespace loopscope::session {

/// One side of a comparison: a trace as far as it goes. Holds references and owns nothing.
struct Side {
    const trace::Log& log;
    const trace::Index& index;
    bool over = true;  ///< whether the trace is complete: nothing more will be printed

    [[nodiscard]] std::size_t prints() const { return index.prints().size(); }
    /// Returns the text of a print. REQUIRES: position < prints().
    [[nodiscard]] std::string_view text(std::size_t position) const {
        return log.printed_text(index.prints().event(position));
    }
};

/// Returns whether the prints of two sides at a position differ. After the end of a complete trace, each
/// further print of the other side differs; after the end of a trace that may still grow, nothing does.
bool differ_at(const Side& one, const Side& other, std::size_t position);

/// Returns whether it is known if two sides differ at a position: at least one has a print there, and the
/// other has one too or will never have one.
bool known_at(const Side& one, const Side& other, std::size_t position);

/// A search for the first difference of two sides that goes on a little at a time while they grow.
class FirstDifference {
  public:
    /// Compares up to 5,000 further prints. Returns false if there is nothing to do until a side has grown.
    /// REQUIRES: the sides are of the same two traces at each call.
    bool advance(const Side& one, const Side& other);
    /// Returns the position of the first difference among the prints that were compared; none: there is none
    /// so far.
    [[nodiscard]] std::optional<std::size_t> position() const { return position_; }

  private:
    std::size_t compared_ = 0;
    std::optional<std::size_t> position_;
};

/// A second run of a program, to be compared with the run that is shown. It grows a little at a time, so that
/// no frame waits for it, and ends at a length that does not depend on how it is divided.
class Rerun {
  public:
    /// The maximum length of a run that is shown beside another one, in events.
    static constexpr std::uint32_t usual_limit = 20'000;

    explicit Rerun(const feed::Setup& setup, std::uint32_t limit = usual_limit,
                   const std::vector<feed::Switch>& switches = {})
        : feed_(setup, switches, 0), limit_(limit) {}

    /// Extends the trace by `events` or a few more. Returns false once the run is done.
    bool extend(std::uint32_t events);
    /// Runs to the end of the program, or to the limit.
    void finish() { extend(limit_); }

    /// Returns whether the program is over or its trace has reached the limit.
    [[nodiscard]] bool done() const { return feed_.over() || log().size() >= limit_; }
    /// Returns whether the run reached its limit before the program was over.
    [[nodiscard]] bool cut() const { return done() && !feed_.over(); }
    [[nodiscard]] const trace::Log& log() const { return feed_.log(); }
    [[nodiscard]] const trace::Index& index() const { return index_; }
    [[nodiscard]] Side side() const { return {log(), index_, feed_.over()}; }

  private:
    feed::ProgramFeed feed_;
    trace::Index index_;
    std::uint32_t limit_;
};

/// Two traces in lock-step: the k-th print of one is compared with the k-th print of the other.
class Comparison {
  public:
    /// Compares all prints. REQUIRES: the traces of both sides outlive the comparison and do not grow.
    Comparison(const Side& one, const Side& other);

    [[nodiscard]] const Side& one() const { return one_; }
    [[nodiscard]] const Side& other() const { return other_; }
    /// Returns the number of prints of the side that has more.
    [[nodiscard]] std::size_t length() const { return std::max(one_.prints(), other_.prints()); }
    [[nodiscard]] bool differs(std::size_t position) const { return differ_at(one_, other_, position); }
    /// Returns the positions at which the sides differ, in order.
    [[nodiscard]] const std::vector<std::size_t>& differences() const { return differences_; }
    [[nodiscard]] std::optional<std::size_t> first_difference() const;
    /// Returns the position of the nearest difference after (next_difference) or before (previous_difference)
    /// a cursor in the trace of one(); none: there is none.
    [[nodiscard]] std::optional<std::size_t> next_difference(std::uint32_t cursor) const;
    [[nodiscard]] std::optional<std::size_t> previous_difference(std::uint32_t cursor) const;
    /// Returns the event of other() that corresponds to a cursor in one(): the print with the same number as
    /// the last print up to the cursor, or the last print of other() if it has fewer. None: before the first
    /// print.
    [[nodiscard]] std::optional<std::uint32_t> matching_event(std::uint32_t cursor) const;

  private:
    Side one_;
    Side other_;
    std::vector<std::size_t> differences_;
};

/// Returns what a side printed at a position, and who wrote that, as sentences use it: "indication(0) prints
/// 'c', written by sleep(c)"; "nothing is printed any more" after its last print.
std::string print_phrase(const Side& side, std::size_t position);

/// Returns a sentence about the first difference, which is at position `first`: "They first differ at print
/// 3: …" with what each side prints there. Without `first` the sentence says that the sides print the same.
/// The names are what the sides are called.
std::string first_difference_sentence(const Side& one, const Side& other, std::optional<std::size_t> first,
                                      std::string_view one_name, std::string_view other_name);
/// Returns a sentence about the first difference of a comparison: "They first differ at print 3: …" with what
/// each side prints there, or that the sides print the same. The names are what the sides are called.
std::string first_difference_sentence(const Comparison& comparison, std::string_view one,
                                      std::string_view other);

}  // namespace loopscope::session
