#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/session/session.hpp"
#include "core/feed/file_feed.hpp"

namespace loopscope::session {

/// The trace of a server, written by hand: a main task creates requests, all of one coroutine, and tasks of a
/// library, of which no line of the program is known. Each request sets a variable in its second step, prints
/// it in its third, and ends. The storage is global, so that prints leak where requests run at once.
class ServedRequests {
  public:
    static constexpr std::string_view coroutine = "serve.<locals>.Handler.request";

    /// A server of so many requests, of which `at_once` run side by side.
    ServedRequests(std::uint32_t requests, std::uint32_t libraries, std::uint32_t at_once = 4) {
        using namespace trace;
        add(Kind::begin, 0, text("served"));
        spawn("main", 0);
        add(Kind::storage, 0, 0, tagged(Storage::global));
        iterate(1);
        step(1);
        for (std::uint32_t each = 0; each < libraries; ++each) spawn("Connection._keep_alive", 0);
        suspend(1, 20);
        iterate(libraries);
        for (std::uint32_t task = 2; task < 2 + libraries; ++task) step(task), suspend(task, 0);
        for (std::uint32_t served = 0; served < requests; served += at_once) {
            wake(1);
            iterate(1);
            step(1);
            const std::uint32_t first = tasks_ + 1;
            for (std::uint32_t each = 0; each < std::min(at_once, requests - served); ++each)
                spawn(coroutine, 21);
            suspend(1, 22);
            serve(first, tasks_);
        }
    }

    [[nodiscard]] trace::Log& log() { return *log_; }
    [[nodiscard]] std::uint32_t tasks() const { return tasks_; }
    /// Returns an index of the trace.
    [[nodiscard]] trace::Index index() const {
        trace::Index index;
        index.update(*log_);
        return index;
    }
    /// Returns a session on the trace, at its end.
    [[nodiscard]] Session session() const {
        auto branch =
            std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log_, format::Info{}, "served"));
        branch->update();
        Session session(std::move(branch));
        session.go_to_head();
        return session;
    }

  private:
    EventIndex add(trace::Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log_->emit(kind, subject, a, b);
    }
    std::uint32_t text(std::string_view words) { return log_->intern(words).value; }
    void spawn(std::string_view name, std::uint32_t line) {
        add(trace::Kind::spawn, ++tasks_, text(name), trace::tagged(trace::Start::soon, line));
    }
    void iterate(std::uint32_t handles) { add(trace::Kind::iteration, ++iterations_, handles); }
    void step(std::uint32_t task) {
        const bool is_first = stepped_.size() <= task || !stepped_[task];
        stepped_.resize(std::max<std::size_t>(stepped_.size(), task + 1));
        stepped_[task] = true;
        add(trace::Kind::step, task, 0,
            trace::tagged(is_first ? trace::Resume::first : trace::Resume::value));
    }
    void suspend(std::uint32_t task, std::uint32_t line) {
        add(trace::Kind::suspend, task, 1, trace::tagged(trace::Wait::future, line));
    }
    void wake(std::uint32_t task) { add(trace::Kind::wake, task, 1, trace::tagged(trace::Wait::future)); }

    void serve(std::uint32_t first, std::uint32_t last) {
        using namespace trace;
        if (variable_ == 0) add(Kind::variable, variable_ = 1, text("request"), text(""));
        iterate(last + 1 - first);
        for (std::uint32_t task = first; task <= last; ++task) {
            step(task);
            set_ = add(Kind::set, task, text("r" + std::to_string(task)), about_variable(VariableId{1}, 30));
            suspend(task, 31);
        }
        for (std::uint32_t task = first; task <= last; ++task) wake(task);
        iterate(last + 1 - first);
        for (std::uint32_t task = first; task <= last; ++task) {
            step(task);
            const EventIndex get = add(Kind::get, task, set_.value, about_variable(VariableId{1}, 32));
            add(Kind::print_value, task, get.value, 32U << 8);
            add(Kind::finish, task, 0, tagged(Outcome::result));
        }
    }

    std::shared_ptr<trace::Log> log_ = std::make_shared<trace::Log>();
    std::uint32_t tasks_ = 0;
    std::uint32_t iterations_ = 0;
    std::uint32_t variable_ = 0;
    EventIndex set_;
    std::vector<bool> stepped_;
};

}  // namespace loopscope::session
