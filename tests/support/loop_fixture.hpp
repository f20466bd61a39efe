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

/// A fresh loop with a log, whose handles take no time, and a place to note what happened.
class LoopFixture : public testing::Test {
  protected:
    LoopFixture() { log.emit(trace::Kind::begin); }
    /// Whatever a test has the loop do, its trace keeps to the rules.
    void TearDown() override {
        const auto checked = trace::check(log);
        EXPECT_TRUE(checked) << checked.error().message << '\n' << text_of(log);
    }

    /// Makes a task of a coroutine and runs the loop until nothing is left to do. The task need not have
    /// ended by then.
    template <class T>
    task::Task<T> run(task::Coro<T> main) {
        const task::Task<T> task = task::create_task(loop, std::move(main));
        EXPECT_EQ(loop.run(), loop::Progress::deadlock);
        return task;
    }

    /// Notes what happens now, as "2:woken": two iterations after the first one.
    void note(std::string_view what) { notes.push_back(fmt::format("{}:{}", loop.iteration() - 1, what)); }

    trace::Log log;
    context::Storages storages;
    loop::EventLoop loop{log, storages, {Duration::zero()}};
    std::vector<std::string> notes;
};

/// A callback of a program: a function, with a name for the trace.
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

/// Makes one, owned by whatever queue it is put into.
template <class Function>
Call<Function>& callback(Function function, StringId name = {}) {
    return *new Call<Function>(std::move(function), name);
}

/// Calls a function when its scope is left, however that happens.
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
