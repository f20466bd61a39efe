// SPDX-License-Identifier: MIT
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
    /// Returns whether the side has a print of this index.
    [[nodiscard]] bool has(PrintIndex print) const { return print < index.prints().end_index(); }
    /// Returns the text of a print. REQUIRES: has(print).
    [[nodiscard]] std::string_view text(PrintIndex print) const {
        return log.printed_text(index.prints().event(print));
    }
};

/// Returns the text of a print as a cell of a row shows it: in one line, and nothing of a line break alone.
/// REQUIRES: side.has(print).
std::string cell_text(const Side& side, PrintIndex print);

/// Returns whether the prints of two sides at an index differ. After the end of a complete trace, each
/// further print of the other side differs; after the end of a trace that may still grow, nothing does.
bool differ_at(const Side& one, const Side& other, PrintIndex print);

/// Returns whether it is known if two sides differ at an index: at least one has a print there, and the
/// other has one too or will never have one.
bool known_at(const Side& one, const Side& other, PrintIndex print);

/// A search for the first difference of two sides that goes on a little at a time while they grow.
class FirstDifference {
  public:
    /// Compares up to 5,000 further prints. Returns false if there is nothing to do until a side has grown.
    /// REQUIRES: the sides are of the same two traces at each call.
    bool advance(const Side& one, const Side& other);
    /// Returns the first print at which the sides differ, among those that were compared; std::nullopt: there
    /// is none so far.
    [[nodiscard]] std::optional<PrintIndex> found() const { return found_; }

  private:
    PrintIndex next_;  // the first print that was not compared
    std::optional<PrintIndex> found_;
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
    /// Returns the index after the last print of the side that has more.
    [[nodiscard]] PrintIndex end_index() const { return PrintIndex::of(length()); }
    [[nodiscard]] bool differs(PrintIndex print) const { return differ_at(one_, other_, print); }
    /// Returns the prints at which the sides differ, in order.
    [[nodiscard]] const std::vector<PrintIndex>& differences() const { return differences_; }
    [[nodiscard]] std::optional<PrintIndex> first_difference() const;
    /// Returns the print that is the nearest difference after (next_difference) or before
    /// (previous_difference) a cursor in the trace of one(); std::nullopt: there is none.
    [[nodiscard]] std::optional<PrintIndex> next_difference(EventIndex cursor) const;
    [[nodiscard]] std::optional<PrintIndex> previous_difference(EventIndex cursor) const;
    /// Returns the event of other() that corresponds to a cursor in one(): the print with the same number as
    /// the last print up to the cursor, or the last print of other() if it has fewer. std::nullopt: before
    /// the first print.
    [[nodiscard]] std::optional<EventIndex> matching_event(EventIndex cursor) const;

  private:
    Side one_;
    Side other_;
    std::vector<PrintIndex> differences_;
};

/// Returns what a side printed at an index, and who wrote that, as sentences use it: "indication(0) prints
/// 'c', written by sleep(c)"; "nothing is printed any more" after its last print.
std::string print_phrase(const Side& side, PrintIndex index);

/// Returns a sentence about the first difference, which is at print `first`: "They first differ at print
/// 3: …" with what each side prints there. Without `first` the sentence says that the sides print the same.
/// The names are what the sides are called.
std::string first_difference_sentence(const Side& one, const Side& other, std::optional<PrintIndex> first,
                                      std::string_view one_name, std::string_view other_name);
/// Returns a sentence about the first difference of a comparison: "They first differ at print 3: …" with what
/// each side prints there, or that the sides print the same. The names are what the sides are called.
std::string first_difference_sentence(const Comparison& comparison, std::string_view one,
                                      std::string_view other);

}  // namespace loopscope::session
