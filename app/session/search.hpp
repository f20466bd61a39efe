#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "app/session/session.hpp"
#include "core/base/job.hpp"

namespace loopscope::session {

/// Looks for a text in the texts of one trace, in each of them once: there are many tasks and prints, and few
/// texts.
class Finder {
  public:
    explicit Finder(std::string text) : text_(std::move(text)) {}

    [[nodiscard]] const std::string& text() const { return text_; }
    /// Returns whether a text of the trace contains it.
    bool is_in(std::string_view other);

  private:
    std::string text_;
    std::unordered_map<const char*, bool> known_;  // by where the text stands in memory
};

/// A job: looks for the nearest event after (or before) the cursor that has to do with a text: a
/// print of it, or the creation of a task whose name or chain's symbol contains it. Only the trace as far as
/// there is one. Starts over at the other end if there is none on this side.
class Search {
  public:
    /// From where the session's cursor is.
    Search(const Session& session, std::string text, Direction direction);

    /// Looks on for about `time`. Returns `ended` once it is over, also where the trace is another one by
    /// now; never waits, never fails.
    Status poll(const Session& session, std::chrono::nanoseconds time);
    /// Returns what it has found. REQUIRES: poll() gave `ended`.
    [[nodiscard]] std::optional<std::uint32_t> found() const { return found_; }
    /// Returns how much of the trace it has looked through, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Has it end where it is, with the nearest that it has found so far.
    void cancel() { cancelled_ = true; }
    [[nodiscard]] const std::string& text() const { return finder_.text(); }

  private:
    /// Places in order, from one on, around the end and back to it.
    struct Round {
        std::size_t size = 0;
        std::size_t from = 0;
        std::size_t tried = 0;
    };

    /// Looks at the next few places of a round. Gives true once one fits or all were tried.
    template <class Fits, class EventOf>
    bool look(Round& round, const Fits& fits, const EventOf& event_of);
    [[nodiscard]] std::uint32_t distance(std::uint32_t event) const;

    Finder finder_;
    Direction direction_;
    std::uint64_t serial_;  // of the trace's index
    std::uint32_t size_;    // of the trace
    std::uint32_t cursor_;
    Round prints_;
    Round tasks_;
    std::optional<std::uint32_t> found_;
    bool cancelled_ = false;
};

static_assert(Job<Search, const Session&>);

/// Whether a task is meant by a text: its name contains it, or its chain's symbol is it, or it is one of the
/// states "ready", "running", "waiting" and "ended", and the task is in it.
bool is_meant(const trace::Log& log, const trace::Index& index, const trace::State& state, TaskId task,
              Finder& text);

}  // namespace loopscope::session
