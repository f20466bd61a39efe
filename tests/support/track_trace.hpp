#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "app/session/session.hpp"
#include "core/feed/file_feed.hpp"
#include "core/trace/log.hpp"

namespace loopscope::session {

/// An imported trace that is written by hand: what happens may be said in any order. Times are microseconds.
class TrackTrace {
  public:
    using Kind = trace::Kind;

    TrackTrace() { log_->emit(Kind::begin, 0, text("imported")); }

    std::uint32_t track(std::string_view name, trace::TrackKind kind, std::string_view identity = {},
                        std::uint32_t parent = 0, std::uint32_t cause = 0) {
        log_->emit(Kind::track, ++tracks_, text(name), parent);
        log_->emit(Kind::identity, tracks_, text(identity), tagged(kind));
        if (cause != 0) log_->emit(Kind::cause, tracks_, 0, cause);
        return tracks_;
    }
    std::uint32_t counter(std::string_view name, std::uint32_t track = 0) {
        log_->emit(Kind::counter, ++counters_, text(name), track);
        return counters_;
    }
    void begin(double time, std::uint32_t track, std::string_view name,
               std::vector<std::pair<std::string_view, std::string_view>> arguments = {}) {
        at(time, [track, name, arguments = std::move(arguments)](TrackTrace& to) {
            to.log_->emit(Kind::slice, track, to.text(name), to.text("category"));
            for (const auto& [key, value] : arguments)
                to.log_->emit(Kind::argument, track, to.text(key), to.text(value));
        });
    }
    void end(double time, std::uint32_t track) {
        at(time, [track](TrackTrace& to) { to.log_->emit(Kind::slice_end, track); });
    }
    void slice(double from, double to, std::uint32_t track, std::string_view name) {
        begin(from, track, name);
        end(to, track);
    }
    void instant(double time, std::uint32_t track, std::string_view name) {
        at(time, [track, name](TrackTrace& to) {
            to.log_->emit(Kind::instant, track, to.text(name), to.text("category"));
        });
    }
    void count(double time, std::uint32_t counter, double value) {
        const auto bits = std::bit_cast<std::uint64_t>(value);
        at(time, [counter, bits](TrackTrace& to) {
            to.log_->emit(Kind::count, counter, static_cast<std::uint32_t>(bits),
                          static_cast<std::uint32_t>(bits >> 32));
        });
    }
    /// A flow from the slice that is open on one track to that on another. One that has a name has an
    /// argument as well, `size`.
    void flow(double from, std::uint32_t from_track, double to, std::uint32_t to_track,
              std::string_view name = {}, std::string_view size = {}) {
        const std::uint32_t number = ++flows_;
        at(from, [from_track, number, name, size](TrackTrace& it) {
            it.names_of_flows_.resize(std::max<std::size_t>(it.names_of_flows_.size(), number + 1));
            it.names_of_flows_[number] = ++it.flows_told_;
            it.log_->emit(Kind::flow, from_track, it.flows_told_, tagged(trace::FlowPoint::start));
            if (name.empty()) return;
            it.log_->emit(Kind::flow_name, it.flows_told_, it.text(name));
            it.log_->emit(Kind::flow_argument, from_track, it.text("size"), it.text(size));
        });
        at(to, [to_track, number](TrackTrace& it) {
            it.log_->emit(Kind::flow, to_track, it.names_of_flows_[number], tagged(trace::FlowPoint::end));
        });
    }

    /// Writes all that was said, in the order of times, and returns the log.
    std::shared_ptr<trace::Log> log() {
        std::ranges::stable_sort(happenings_, {}, &Happening::time);
        for (const Happening& each : happenings_) {
            log_->set_time(Time(each.time));
            each.write(*this);
        }
        happenings_.clear();
        return log_;
    }
    /// Returns a session on the trace, with the cursor at its start.
    Session session() {
        auto branch =
            std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log(), format::Info{}, "test"));
        branch->update();
        return Session(std::move(branch), {});
    }

  private:
    struct Happening {
        std::int64_t time;
        std::function<void(TrackTrace&)> write;
    };
    void at(double microseconds, std::function<void(TrackTrace&)> write) {
        happenings_.push_back({static_cast<std::int64_t>(microseconds * 1000), std::move(write)});
    }
    std::uint32_t text(std::string_view words) { return log_->intern(words).value; }
    template <class Tag>
    static std::uint32_t tagged(Tag tag) {
        return static_cast<std::uint32_t>(tag);
    }

    std::shared_ptr<trace::Log> log_ = std::make_shared<trace::Log>();
    std::uint32_t tracks_ = 0;
    std::uint32_t counters_ = 0;
    std::uint32_t flows_ = 0;
    std::uint32_t flows_told_ = 0;
    std::vector<std::uint32_t> names_of_flows_;
    std::vector<Happening> happenings_;
};

/// Returns the trace of a browser and of a server that it asks: threads whose slices nest, operations that
/// overlap, resources that came of one another, flows between threads, instants, and counters.
inline TrackTrace browser_and_server() {
    using trace::TrackKind;
    TrackTrace all;
    const auto browser = all.track("Browser", TrackKind::process, "4711");
    const auto main = all.track("CrBrowserMain", TrackKind::thread, "1", browser);
    const auto worker = all.track("ThreadPoolForegroundWorker", TrackKind::thread, "17", browser);
    const auto first = all.track("HTTP request", TrackKind::operation, "0x1", browser);
    const auto second = all.track("HTTP request", TrackKind::operation, "0x2", browser);
    const auto third = all.track("HTTP request", TrackKind::operation, "0x3", browser);
    const auto memory = all.counter("memory MB", browser);
    const auto server = all.track("node server.js", TrackKind::process, "812");
    const auto loop = all.track("JavaScriptMainThread", TrackKind::thread, "812", server);
    const auto request = all.track("HTTPINCOMINGMESSAGE", TrackKind::resource, "12", server);
    const auto promise = all.track("PROMISE", TrackKind::resource, "13", server, request);
    const auto timer = all.track("Timeout", TrackKind::resource, "14", server, promise);
    const auto other = all.track("HTTPINCOMINGMESSAGE", TrackKind::resource, "15", server);
    const auto handles = all.counter("open handles", server);

    all.begin(0, main, "RunTask", {{"src_func", "content::BrowserMainLoop::Run"}, {"posted", "12"}});
    all.begin(40, main, "NavigationRequest::BeginNavigation", {{"url", "https://example.org/index.html"}});
    all.slice(60, 140, main, "URLLoader::Start");
    all.slice(145, 160, main, "Cookies");
    all.end(420, main);
    all.end(500, main);
    all.slice(520, 900, main, "RunTask");
    all.slice(540, 700, main, "ParseHTML");
    all.slice(700, 860, main, "Layout");
    for (int each = 0; each < 60; ++each)
        all.slice(860 + each * 0.6, 860.3 + each * 0.6, main, each % 3 == 0 ? "Paint" : "Style");
    all.begin(950, main, "RunTask");
    all.slice(180, 330, worker, "DecodeImage");
    all.slice(200, 260, worker, "Inflate");
    all.slice(560, 640, worker, "CompileScript");
    all.flow(130, main, 190, worker);
    all.flow(320, worker, 600, main);
    all.slice(100, 400, first, "HTTP request");
    all.slice(150, 300, second, "HTTP request");
    all.slice(450, 620, third, "HTTP request");
    all.slice(470, 500, third, "TLS");
    all.instant(300, main, "firstPaint");
    all.instant(610, main, "DOMContentLoaded");
    all.instant(860, main, "load");
    for (int each = 0; each < 40; ++each) all.count(each * 25, memory, 80 + 40.0 * (each % 9) - each);

    all.slice(170, 190, loop, "RunTimers");
    all.slice(210, 280, loop, "callback");
    all.slice(220, 270, loop, "parse");
    all.slice(480, 560, loop, "callback");
    all.flow(135, main, 215, loop);
    all.begin(200, request, "HTTPINCOMINGMESSAGE");
    all.slice(210, 280, request, "HTTPINCOMINGMESSAGE_CALLBACK");
    all.end(600, request);
    all.begin(230, promise, "PROMISE");
    all.slice(480, 520, promise, "PROMISE_CALLBACK");
    all.end(540, promise);
    all.begin(260, timer, "Timeout");
    all.slice(480, 482, timer, "Timeout_CALLBACK");
    all.end(490, timer);
    all.begin(400, other, "HTTPINCOMINGMESSAGE");
    all.slice(530, 560, other, "HTTPINCOMINGMESSAGE_CALLBACK");
    all.count(0, handles, 0);
    all.count(200, handles, 3);
    all.count(260, handles, 4);
    all.count(600, handles, 1);
    all.instant(1000, main, "end");
    return all;
}

}  // namespace loopscope::session
