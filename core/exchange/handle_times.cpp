// SPDX-License-Identifier: MIT
#include "core/exchange/handle_times.hpp"

#include <algorithm>

namespace loopscope::exchange {
namespace {

using trace::Kind;

/// What a handle is taken to last at most, where its trace does not say it: all times remain within their
/// type.
constexpr Duration longest_cost = std::chrono::seconds(1);

bool ends_handle(Kind kind) {
    return kind == Kind::suspend || kind == Kind::finish || kind == Kind::callback_end ||
           kind == Kind::skip || kind == Kind::job_end;
}

}  // namespace

bool begins_handle(Kind kind) {
    return kind == Kind::step || kind == Kind::callback || kind == Kind::skip || kind == Kind::job;
}

HandleTimes::Ahead HandleTimes::look(EventIndex at, Time clock, Time now) const {
    Ahead ahead;
    Time time = now;
    for (; at < log_.end_index(); ++at) {
        const trace::Event& event = log_[at];
        if (event.kind() == Kind::clock) clock = trace::clock_time(event);
        time = clock + Duration(event.since());
        if (begins_handle(event.kind())) {
            ahead.next = time;
            if (time > now) return ahead;
            ++ahead.handles;
            ++ahead.open;
        }
        if (ends_handle(event.kind()) && time == now && ahead.open > 0) --ahead.open;
        if (event.kind() == Kind::timer_due) ahead.waits = true;
    }
    ahead.ends = true;
    if (time == now) ahead.open = 0;  // they have not ended, and nobody knows how long they last
    return ahead;
}

Time HandleTimes::begin(EventIndex at, Time clock, Time now) {
    if (now == group_) return latest_ += share_;
    group_ = now;
    const Ahead ahead = look(at, clock, now);
    const Duration room = ahead.ends ? cost_ : (ahead.next - now) / ahead.handles;
    share_ = ahead.waits ? std::min(room, cost_) : room;
    if (ahead.open > 0)
        share_ = Duration(0);  // for the last of them lasts until it ends
    else if (share_ > Duration(0) && !ahead.waits)
        cost_ = std::min(share_, longest_cost);
    share_ = std::max(share_, Duration(1));
    latest_ = std::max(now, latest_ + Duration(1));
    return latest_;
}

}  // namespace loopscope::exchange
