// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/string_table.hpp"
#include "core/exchange/own_info.hpp"
#include "core/exchange/own_words.hpp"
#include "core/exchange/trace_reader.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The trace that a file of another tool's format was written of, if Loopscope wrote it: put together from
/// the arguments of its records, in any order. The file is a stranger's, so the checker has the last word.
///
/// Needs 32 bytes for each event, and its strings. Used by one thread at a time.
class OwnTrace {
  public:
    /// Takes an argument of a record. Arguments that are not Loopscope's own change nothing.
    void take(std::string_view name, std::string_view text);
    /// Returns whether some record says that the file has a trace of Loopscope's, in whatever format.
    [[nodiscard]] bool is_own() const { return !format_.empty(); }
    /// Returns whether the trace says that it has tracks of an imported trace as well, whose records are like
    /// those of other tools.
    [[nodiscard]] bool has_tracks() const { return has_tracks_; }

    /// Appends the trace to a log, and puts what else is known of it into an info. Returns an empty text; if
    /// the arguments make no trace, a sentence that says why, and the log is as it was. REQUIRES: is_own(),
    /// and the log is empty; called once.
    [[nodiscard]] std::string restore(trace::Log& log, format::Info& info);

  private:
    struct Worded {
        std::uint32_t index = 0;
        std::uint32_t padding = 0;
        Duration later{0};
        trace::Event event;  // its strings are those of strings_
    };
    void take_events(std::string_view lines);
    [[nodiscard]] std::string order();
    [[nodiscard]] bool set_times();
    [[nodiscard]] std::string check() const;
    void number_strings(trace::Log& log);
    [[nodiscard]] std::vector<std::uint32_t> named_strings() const;
    [[nodiscard]] bool intern_in_order(trace::Log& log, const std::vector<std::uint32_t>& named) const;

    std::string format_;
    std::uint64_t count_ = 0;  // of events that the file says there are
    bool has_tracks_ = false;
    std::uint64_t bytes_ = 0;  // of the arguments
    std::uint64_t next_ = 0;   // the index of the next event, if it does not say another one
    std::vector<Worded> events_;
    StringTable strings_;
    std::string string_order_;
    std::vector<std::pair<std::uint32_t, StringId>> unnamed_;  // strings that no event names, by number
    format::Info info_;
    std::string wrong_;  // a sentence's end about what was wrong first; empty: nothing
};

/// Returns the sentence that says why a file of Loopscope's is shown as tracks. `why` is its end.
std::string not_restored(std::string_view name, std::string_view why);

}  // namespace loopscope::exchange
