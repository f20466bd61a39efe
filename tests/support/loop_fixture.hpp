#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/task/task.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/describe.hpp"

namespace loopscope {

/// A new loop with a log, whose handles take no time, and a list of notes on what happened.
class LoopFixture : public testing::Test {
  protected:
    LoopFixture() { log.emit(trace::Kind::begin); }
    /// Checks that the trace keeps to the rules, whatever the test did.
    void TearDown() override {
        const auto checked = trace::check(log);
        EXPECT_TRUE(checked) << checked.error().message << '\n' << text_of(log);
    }

    /// Makes a task of a coroutine and runs the loop until nothing is left to do. Returns the task, which may
    /// not have ended.
    template <class T>
    task::Task<T> run(task::Coro<T> main) {
        const task::Task<T> task = task::create_task(loop, std::move(main));
        EXPECT_EQ(loop.run(), loop::Progress::deadlock);
        return task;
    }

    /// Adds a note, such as "2:woken" for two iterations after the first one.
    void note(std::string_view what) { notes.push_back(fmt::format("{}:{}", loop.iteration() - 1, what)); }

    trace::Log log;
    context::Storages storages;
    loop::EventLoop loop{log, storages, {Duration::zero()}};
    std::vector<std::string> notes;
};

/// A callback of a program: a function with a name for the trace.
template <class Function>
class Call final : public loop::Runnable {
  public:
    explicit Call(Function function, StringId name = {}) : function_(std::move(function)), name_(name) {}

    void run(loop::EventLoop&) override { function_(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }
    [[nodiscard]] StringId name() const override { return name_; }

  private:
    Function function_;
    StringId name_;
};

/// Returns a new callback. The queue that it is put into owns it.
template <class Function>
Call<Function>& callback(Function function, StringId name = {}) {
    return *new Call<Function>(std::move(function), name);
}

/// Calls a function at the end of its scope, even if an exception ends it.
template <class Function>
class AtExit {
  public:
    explicit AtExit(Function function) : function_(std::move(function)) {}
    AtExit(const AtExit&) = delete;
    AtExit& operator=(const AtExit&) = delete;
    ~AtExit() { function_(); }

  private:
    Function function_;
};

}  // namespace loopscope
