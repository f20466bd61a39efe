// SPDX-License-Identifier: MIT
#include "core/exchange/events_together.hpp"

#include <algorithm>

#include "core/trace/kinds.hpp"

namespace loopscope::exchange {
namespace {

/// The maximum length of a string, in bytes, of which any two may stand in each of max_events events.
constexpr std::size_t short_string = EventsTogether::max_bytes / EventsTogether::max_events / 2;

}  // namespace

EventsTogether::EventsTogether(const trace::Log& log) : log_(log) {
    for (std::uint32_t id = 1; id <= log.strings().size() && all_short_; ++id)
        all_short_ = log.strings()[StringId{id}].size() <= short_string;
}

std::vector<EventRun> EventsTogether::take(std::vector<EventRun>& runs) const {
    if (fits(runs)) return std::exchange(runs, {});
    std::vector<EventRun> taken;
    std::uint32_t events = 0;
    std::size_t bytes = 0;
    std::size_t whole = 0;  // runs that are taken as a whole
    for (; whole < runs.size(); ++whole) {
        EventRun& run = runs[whole];
        Time clock = run.first ? run.before - Duration(log_[run.first - 1].since()) : Time(0);
        Time before = run.before;
        EventIndex at = run.first;
        for (; at < run.end; ++at) {
            bytes += all_short_ ? 0 : bytes_of(at);
            if (events == max_events || (bytes > max_bytes && events > 0)) break;
            if (log_[at].kind() == trace::Kind::clock) clock = trace::clock_time(log_[at]);
            before = clock + Duration(log_[at].since());
            ++events;
        }
        if (at > run.first) taken.push_back({run.first, at, run.before});
        if (at == run.end) continue;
        run.first = at;
        run.before = before;
        break;
    }
    runs.erase(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(whole));
    return taken;
}

bool EventsTogether::fits(const std::vector<EventRun>& runs) const {
    std::uint64_t events = 0;
    std::size_t bytes = 0;
    for (const EventRun& run : runs) {
        events += run.size();
        if (events > max_events) return false;
        if (all_short_) continue;
        for (EventIndex at = run.first; at < run.end; ++at) bytes += bytes_of(at);
    }
    return bytes <= max_bytes || events == 1;
}

std::size_t EventsTogether::bytes_of(EventIndex at) const {
    const trace::Event& event = log_[at];
    if (!trace::is_known(event.kind())) return 0;
    const trace::Rule& rule = trace::rules[static_cast<std::uint8_t>(event.kind())];
    const auto size = [&](bool is_string, std::uint32_t id) {
        return is_string ? log_.strings()[StringId{id}].size() : 0;
    };
    return size(rule.a == trace::Field::string, event.a) + size(rule.b == trace::Tail::string, event.b);
}

}  // namespace loopscope::exchange
