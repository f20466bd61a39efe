#pragma once

#include <string>

#include <gtest/gtest.h>

#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::trace {

/// A log that is written by hand, with what is said of it.
class HandWritten : public testing::Test {
  protected:
    HandWritten() { add(Kind::begin); }

    EventIndex add(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log.emit(kind, subject, a, b);
    }
    std::uint32_t text(std::string_view words) { return log.intern(words).value; }
    void spawn() { add(Kind::spawn, ++tasks_, text("worker"), tagged(Start::soon)); }
    void iteration(std::uint32_t ready) { add(Kind::iteration, ++iterations_, ready); }
    void step(std::uint32_t task) { add(Kind::step, task, 0, tagged(Resume::first)); }
    /// So many tasks, of which the first runs.
    void begin_step(std::uint32_t tasks = 1) {
        for (std::uint32_t each = 0; each < tasks; ++each) spawn();
        iteration(tasks);
        step(1);
    }
    void thread(std::uint32_t number) { add(Kind::thread, number, text("thread " + std::to_string(number))); }

    /// What the checker says is wrong; nothing if all is right.
    [[nodiscard]] std::string wrong() const {
        const auto checked = check(log);
        return checked ? std::string() : checked.error().message;
    }
    /// The state after the last event. What is wrong fails the test.
    [[nodiscard]] State state() const {
        EXPECT_EQ(wrong(), "");
        State state;
        for (EventIndex at; at < log.end_index(); ++at) state.apply(log[at]);
        return state;
    }
    [[nodiscard]] Index index() const {
        Index index;
        index.update(log);
        return index;
    }
    [[nodiscard]] std::string details(EventIndex event) const { return details_of(log, event); }

    Log log;

  private:
    std::uint32_t tasks_ = 0;
    std::uint32_t iterations_ = 0;
};

}  // namespace loopscope::trace
