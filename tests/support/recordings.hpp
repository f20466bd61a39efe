#pragma once

#include <memory>
#include <string>

#include "app/session/session.hpp"
#include "core/exchange/chrome_reader.hpp"
#include "core/feed/file_feed.hpp"

namespace loopscope::session {

/// Returns a session on a recording. REQUIRES: the JSON is a Chrome trace.
inline Session recording_of(const std::string& json, format::Info info = {}) {
    auto log = exchange::read_chrome(json, "test").value().log;
    feed::Annotations annotations{info.notes, info.marks};
    auto feed = std::make_shared<feed::FileFeed>(std::move(log), std::move(info), "test");
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();
    Session session(std::move(branch), std::move(annotations));
    session.go_to_head();
    return session;
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
