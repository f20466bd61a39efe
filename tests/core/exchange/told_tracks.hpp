#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/exchange/trace_reader.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::exchange {

/// Returns what an imported trace tells, a line for each slice, instant, flow and count, in the order of the
/// log:
///
///     app/pool: job 0..50 {size=3}        a slice, times in microseconds, and its arguments
///     app/pool: > part 10..20             one inside another
///     app/pool: first! 5                  an instant
///     app/pool: flow 1 start 5 at job     a flow touches a slice
///     app/pool: flow 1 start 5 at job (wake of net) {n=1}    one with a name, a category, and an argument
///     app: bytes = 3.5 at 7               a count
///
/// A track is called by those that it is in, and by its number if another one before it is called the same. A
/// slice without an end ends at "...".
class ToldTracks {
  public:
    explicit ToldTracks(const trace::Log& log) : log_(log) {
        const auto checked = trace::check(log);
        EXPECT_TRUE(checked) << checked.error().message;
        for (EventIndex at; at < log.end_index(); ++at) take(at);
    }

    std::vector<std::string> lines;
    /// The tracks, in order: "app/pool thread 7", and of what they came: " of app/main".
    std::vector<std::string> tracks;

  private:
    using Kind = trace::Kind;
    struct Track {
        std::string path;
        std::vector<std::pair<std::size_t, std::string>> open;  // the lines of its slices, and their names
        std::size_t described = 0;
    };

    void take(EventIndex at) {
        const trace::Event& event = log_[at];
        const std::string name(log_.strings()[StringId{event.a}]);
        const std::string when = micros(log_.time(at));
        if (event.kind() == Kind::track) return add_track(name, event.b);
        if (event.kind() == Kind::flow_name) {
            lines.back() +=
                fmt::format(" ({}{}{})", name, event.b != 0 ? " of " : "", log_.strings()[StringId{event.b}]);
            return;
        }
        if (event.kind() == Kind::counter) {
            counters_.push_back(fmt::format("{}: {}", event.b != 0 ? all_[event.b - 1].path : "", name));
        } else if (event.kind() == Kind::count) {
            lines.push_back(fmt::format("{} = {} at {}", counters_[event.subject - 1],
                                        trace::counted_value(event), when));
        } else if (event.kind() >= Kind::track && event.kind() != Kind::reset && event.kind() != Kind::copy &&
                   event.kind() != Kind::descriptor) {
            tell(event, all_[event.subject - 1], name, when);
        } else {
            EXPECT_TRUE(event.kind() == Kind::begin || event.kind() == Kind::clock)
                << "is in no file: " << trace::line_of(log_, at);
        }
    }

    void add_track(const std::string& name, std::uint32_t parent) {
        std::string path = parent != 0 ? all_[parent - 1].path + "/" + name : name;
        if (const int before = paths_[path]++; before > 0) path += fmt::format(" ({})", before + 1);
        all_.push_back({path, {}, 0});
        tracks.push_back(path);
    }

    void tell(const trace::Event& event, Track& track, const std::string& name, const std::string& when) {
        if (event.kind() == Kind::identity) {
            tracks[event.subject - 1] +=
                fmt::format(" {} {}", trace::name(event.tag<trace::TrackKind>()), name);
        } else if (event.kind() == Kind::cause) {
            tracks[event.subject - 1] += " of " + all_[event.b - 1].path;
        } else if (event.kind() == Kind::slice) {
            track.described = lines.size();
            lines.push_back(fmt::format("{}: {}{}{} {}...", track.path, std::string(track.open.size(), '>'),
                                        track.open.empty() ? "" : " ", name, when));
            track.open.emplace_back(track.described, name);
        } else if (event.kind() == Kind::slice_end) {
            std::string& line = lines[track.open.back().first];
            track.open.pop_back();
            line.replace(line.rfind("..."), 3, ".." + when);
        } else if (event.kind() == Kind::instant) {
            track.described = lines.size();
            lines.push_back(fmt::format("{}: {}! {}", track.path, name, when));
        } else if (event.kind() == Kind::argument || event.kind() == Kind::flow_argument) {
            std::string& line = event.kind() == Kind::argument ? lines[track.described] : lines.back();
            if (line.ends_with('}'))
                line.back() = ',';
            else
                line += " {";
            line += fmt::format("{}={}}}", name, log_.strings()[StringId{event.b}]);
        } else if (event.kind() == Kind::flow) {
            lines.push_back(fmt::format("{}: flow {} {} {} at {}", track.path, event.a,
                                        trace::name(event.tag<trace::FlowPoint>()), when,
                                        track.open.empty() ? "nothing" : track.open.back().second));
        }
    }

    static std::string micros(Time time) {
        const auto nanoseconds = time.count();
        return nanoseconds % 1000 == 0 ? fmt::format("{}", nanoseconds / 1000)
                                       : fmt::format("{}.{:03}", nanoseconds / 1000, nanoseconds % 1000);
    }

    const trace::Log& log_;
    std::vector<Track> all_;
    std::map<std::string, int> paths_;
    std::vector<std::string> counters_;
};

}  // namespace loopscope::exchange
