// SPDX-License-Identifier: MIT
#include "core/exchange/imported.hpp"

#include <algorithm>

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Kind;

/// The end of a slice that has none.
constexpr Time no_end{-1};

bool is_of_track(Kind kind) {
    return (kind >= Kind::track && kind <= Kind::count) ||
           (kind >= Kind::identity && kind <= Kind::flow_argument);
}

/// The record behind which events say more of it: its arguments, and the flows that touch it as it begins,
/// with what they are called and their arguments.
struct Behind {
    std::uint32_t track = 0;  ///< 0: there is no such record
    bool is_instant = false;
    Time begin{0};
    std::uint32_t flows = 0;  ///< that have touched it

    [[nodiscard]] bool says_more(const Event& event, Time time) const {
        const Kind kind = event.kind();
        if (track == 0) return false;
        if (kind == Kind::flow_name) return flows > 0;
        if (event.subject != track) return false;
        return kind == Kind::argument || (kind == Kind::flow && time == begin) ||
               (kind == Kind::flow_argument && flows > 0);
    }
};

/// What has to be known of a flow before its touches can be passed on.
struct FlowAhead {
    StringId name;
    StringId category;
    bool is_bound = true;
};

/// What has to be known of a log before its records can be passed on.
class Ahead {
  public:
    explicit Ahead(const trace::Log& log) {
        trace::each_event(log, [&](EventIndex at, Time time) { read(log[at], at, time); });
    }

    [[nodiscard]] const trace::Tracks& tracks() const { return tracks_; }
    /// Returns when the slice that begins as number `slice`, from 0, ends.
    [[nodiscard]] std::optional<Time> end(std::size_t slice) const {
        return ends_[slice] == no_end ? std::nullopt : std::optional(ends_[slice]);
    }
    /// Returns the arguments of what begins with an event that do not stand right behind it.
    [[nodiscard]] const std::vector<EventIndex>* late(EventIndex begin) const {
        const auto found = late_.find(begin.value);
        return found == late_.end() ? nullptr : &found->second;
    }
    [[nodiscard]] const FlowAhead& flow(std::uint32_t number) const { return flows_[number - 1]; }

  private:
    struct Place {
        std::vector<std::uint32_t> open;  // numbers of slices
        EventIndex described;
    };
    void read(const Event& event, EventIndex at, Time time);
    void read_flow(const Event& event, bool is_behind);

    trace::Tracks tracks_;
    std::vector<Time> ends_;
    std::vector<FlowAhead> flows_;
    std::uint32_t last_flow_ = 0;  // that touched anything
    std::vector<Place> places_;
    std::unordered_map<std::uint32_t, std::vector<EventIndex>> late_;
    Behind behind_;
};

void Ahead::read(const Event& event, EventIndex at, Time time) {
    tracks_.apply(event);
    if (event.kind() == Kind::track) places_.emplace_back();
    const bool begins = event.kind() == Kind::slice || event.kind() == Kind::instant;
    if (begins) {
        behind_ = {event.subject, event.kind() == Kind::instant, time};
        Place& place = places_[event.subject - 1];
        place.described = at;
        if (event.kind() == Kind::instant) return;
        place.open.push_back(static_cast<std::uint32_t>(ends_.size()));
        ends_.push_back(no_end);
        return;
    }
    const bool is_behind = behind_.says_more(event, time);
    read_flow(event, is_behind);
    if (is_behind) return;
    if (event.kind() == Kind::argument) late_[places_[event.subject - 1].described.value].push_back(at);
    behind_ = {};
    if (event.kind() != Kind::slice_end) return;
    Place& place = places_[event.subject - 1];
    ends_[place.open.back()] = time;
    place.open.pop_back();
}

/// Takes what an event says of flows, if it is about one.
void Ahead::read_flow(const Event& event, bool is_behind) {
    const Kind kind = event.kind();
    if (kind == Kind::flow) {
        last_flow_ = event.a;
        if (last_flow_ > flows_.size()) flows_.emplace_back();
        // Who looks for the flow of an instant looks for the slice around it.
        const bool is_around = behind_.is_instant &&
                               !trace::shares_lanes(tracks_.track(event.subject).kind) &&
                               !places_[event.subject - 1].open.empty();
        if (!is_behind || behind_.flows++ > 0 || is_around) flows_[last_flow_ - 1].is_bound = false;
    } else if (kind == Kind::flow_name) {
        flows_[event.subject - 1] = {StringId{event.a}, StringId{event.b}, false};
    } else if (kind == Kind::flow_argument) {
        flows_[last_flow_ - 1].is_bound = false;
    }
}

/// Passes a log on, record by record. A record is held back until all is known that stands right behind it,
/// and so is a flow.
class Teller {
  public:
    Teller(const trace::Log& log, ImportedVisitor& visitor) : log_(log), visitor_(visitor), ahead_(log) {}

    void tell() {
        visitor_.tracks(ahead_.tracks());
        Time clock{0};
        for (EventIndex at; at < log_.end_index() && !visitor_.has_enough(at); ++at) {
            if (log_[at].kind() == Kind::clock) clock = trace::clock_time(log_[at]);
            read(log_[at], at, clock + Duration(log_[at].since()));
        }
        pass_on();
    }

  private:
    void read(const Event& event, EventIndex at, Time time);
    void begin(const Event& event, EventIndex at, Time time);
    void pass_on();
    [[nodiscard]] ImportedFlow flow_of(const Event& event) const;
    [[nodiscard]] std::string_view string(std::uint32_t id) const { return log_.strings()[StringId{id}]; }
    void argue(const Event& event) { record_.arguments.emplace_back(string(event.a), string(event.b)); }

    const trace::Log& log_;
    ImportedVisitor& visitor_;
    Ahead ahead_;
    ImportedRecord record_;  // that is held back, while behind_ has its track
    Behind behind_;
    ImportedFlow flow_;  // that is held back, while flow_track_ is not 0
    std::uint32_t flow_track_ = 0;
    Time flow_time_{0};
    EventIndex record_at_;
    std::size_t slices_ = 0;  // that have begun
};

ImportedFlow Teller::flow_of(const Event& event) const {
    const FlowAhead& ahead = ahead_.flow(event.a);
    return {event.a,
            event.tag<trace::FlowPoint>(),
            string(ahead.name.value),
            string(ahead.category.value),
            ahead.is_bound,
            {}};
}

void Teller::read(const Event& event, EventIndex at, Time time) {
    const Kind kind = event.kind();
    if (behind_.says_more(event, time)) {
        if (kind == Kind::argument) argue(event);
        if (kind == Kind::flow) {
            record_.flows.push_back(flow_of(event));
            ++behind_.flows;
        }
        if (kind == Kind::flow_argument)
            record_.flows.back().arguments.emplace_back(string(event.a), string(event.b));
        return;
    }
    if (flow_track_ != 0 && kind == Kind::flow_name) return;
    if (flow_track_ == event.subject && kind == Kind::flow_argument) {
        flow_.arguments.emplace_back(string(event.a), string(event.b));
        return;
    }
    pass_on();
    if (kind == Kind::slice || kind == Kind::instant) begin(event, at, time);
    if (kind == Kind::slice_end) visitor_.end(event.subject, time);
    if (kind == Kind::flow) {
        flow_ = flow_of(event);
        flow_track_ = event.subject;
        flow_time_ = time;
    }
    if (kind == Kind::count) visitor_.count(event.subject, time, trace::counted_value(event));
}

void Teller::begin(const Event& event, EventIndex at, Time time) {
    behind_ = {event.subject, event.kind() == Kind::instant, time};
    record_at_ = at;
    record_.track = event.subject;
    record_.is_slice = event.kind() == Kind::slice;
    record_.begin = time;
    record_.end = record_.is_slice ? ahead_.end(slices_++) : std::nullopt;
    record_.name = string(event.a);
    record_.category = string(event.b);
    record_.arguments.clear();
    record_.flows.clear();
}

void Teller::pass_on() {
    if (flow_track_ != 0) visitor_.flow(flow_track_, flow_time_, flow_);
    flow_track_ = 0;
    if (behind_.track == 0) return;
    if (const auto* late = ahead_.late(record_at_)) {
        for (const EventIndex each : *late) argue(log_[each]);
    }
    visitor_.record(record_);
    behind_ = {};
}

}  // namespace

void visit(const trace::Log& log, ImportedVisitor& visitor) {
    Teller(log, visitor).tell();
}

bool has_tracks(const trace::Log& log) {
    for (EventIndex at; at < log.end_index(); ++at) {
        if (is_of_track(log[at].kind())) return true;
    }
    return false;
}

bool has_loop(const trace::Log& log) {
    for (EventIndex at; at < log.end_index(); ++at) {
        const Kind kind = log[at].kind();
        if (kind != Kind::begin && kind != Kind::clock && !is_of_track(kind)) return true;
    }
    return false;
}

}  // namespace loopscope::exchange
