#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "app/session/session.hpp"
#include "core/exchange/chrome_reader.hpp"
#include "core/feed/file_feed.hpp"

namespace loopscope::session {

/// Returns a session on a recording, at its head.
inline Session recording_of(std::shared_ptr<const trace::Log> log, format::Info info = {}) {
    feed::Annotations annotations{info.notes, info.marks};
    auto feed = std::make_shared<feed::FileFeed>(std::move(log), std::move(info), "test");
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();
    Session session(std::move(branch), std::move(annotations));
    session.go_to_head();
    return session;
}

/// Returns a session on a recording. REQUIRES: the JSON is a Chrome trace.
inline Session recording_of(const std::string& json, format::Info info = {}) {
    return recording_of(std::shared_ptr<const trace::Log>(exchange::read_chrome(json, "test").value().log),
                        std::move(info));
}

/// Returns a trace in which two tasks called `task` take turns ten times, and print `text` each time.
inline std::shared_ptr<const trace::Log> two_tasks(const std::string& task, const std::string& text) {
    using trace::Kind;
    using trace::tagged;
    auto log = std::make_shared<trace::Log>();
    log->emit(Kind::begin);
    const std::uint32_t name = log->intern(task).value;
    const std::uint32_t printed = log->intern(text).value;
    for (const std::uint32_t number : {1U, 2U})
        log->emit(Kind::spawn, number, name, tagged(trace::Start::soon));
    for (std::uint32_t turn = 0; turn < 10; ++turn) {
        log->emit(Kind::iteration, turn + 1, 2);
        for (const std::uint32_t number : {1U, 2U}) {
            log->set_time(std::chrono::microseconds(20 * turn + 10 * (number - 1)));
            log->emit(Kind::step, number, 0, tagged(turn == 0 ? trace::Resume::first : trace::Resume::value));
            log->emit(Kind::print, number, printed);
            log->set_time(std::chrono::microseconds(20 * turn + 10 * (number - 1) + 5));
            log->emit(Kind::suspend, number, 0, tagged(trace::Wait::yield));
        }
    }
    return log;
}

/// Returns a Chrome trace of two threads called `thread`, with twenty slices called `slice` on them.
inline std::string two_threads(const std::string& thread, const std::string& slice) {
    std::string json = "[";
    for (const int number : {1, 2})
        json += R"({"ph":"M","pid":1,"tid":)" + std::to_string(number) +
                R"(,"name":"thread_name","args":{"name":")" + thread + "\"}},";
    for (int at = 0; at < 20; ++at)
        json += R"({"ph":"X","pid":1,"tid":)" + std::to_string(1 + at % 2) + R"(,"ts":)" +
                std::to_string(at * 10) + R"(,"dur":5,"name":")" + slice + "\"},";
    return json + "{}]";
}

}  // namespace loopscope::session
