// SPDX-License-Identifier: MIT
#include "core/explain/slice_view.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

namespace loopscope::explain {
namespace {

using namespace trace;

/// The maximum number of slices directly inside of one whose durations are added up: about a millisecond.
constexpr std::size_t max_added_up = 10'000;
/// The maximum number of touches of flows within a slice that are looked at.
constexpr std::size_t max_touches = 4096;

/// Makes the view of what stands at the cursor.
class SliceViewBuilder {
  public:
    explicit SliceViewBuilder(const Facts& facts) : facts_(facts), slices_(facts.index.slices()) {}

    [[nodiscard]] SliceView make() {
        const Event& event = facts_.log[facts_.cursor];
        const Kind kind = event.kind();
        if (kind == Kind::slice)
            add_slice(facts_.cursor);
        else if (kind == Kind::instant)
            add_instant(facts_.cursor);
        else if (kind == Kind::count)
            add_count(event);
        else if (kind == Kind::slice_end)
            add_ended(event.subject);
        else if (kind == Kind::flow || kind == Kind::flow_name || kind == Kind::flow_argument)
            add_slice(slices_.flow_point(touch_at(facts_.cursor)).slice);
        else if (kind == Kind::argument)
            add_described(event.subject);
        return std::move(view_);
    }

  private:
    [[nodiscard]] std::string_view text(std::uint32_t string) const {
        return facts_.log.strings()[StringId{string}];
    }
    [[nodiscard]] Time time(EventIndex event) const { return facts_.index.time(facts_.log, event); }

    void add_slice(EventIndex begin) {
        if (!begin) return;
        const Event& event = facts_.log[begin];
        const auto spot = slices_.find(event.subject, begin);
        if (!spot) return;
        start(SliceView::What::slice, begin);
        const EventIndex end = slices_.end_of(*spot);
        if (end) view_.end = time(end);
        add_own(*spot, end);
        add_inside_of(slices_.parent_of(*spot));
        add_flows(*spot, end);
    }

    void add_instant(EventIndex at) {
        start(SliceView::What::instant, at);
        if (const auto lane = slices_.lane_of(view_.track, at)) add_inside_of(own_slice_at(*lane, at));
    }

    /// Returns the innermost slice that is open after an event on its own track: a lane may be shared.
    [[nodiscard]] std::optional<SliceSpot> own_slice_at(std::uint32_t lane, EventIndex at) const {
        const auto open = slices_.open_at(lane, at);
        const bool is_own = open && facts_.log[slices_.begin_of(*open)].subject == facts_.log[at].subject;
        return is_own ? open : std::nullopt;
    }

    void add_count(const Event& event) {
        const CounterInfo& counter = facts_.index.tracks().counters()[event.subject - 1];
        view_.what = SliceView::What::count;
        view_.event = facts_.cursor;
        view_.name = text(counter.name.value);
        view_.track = counter.track;
        view_.begin = time(facts_.cursor);
        view_.value = counted_value(event);
    }

    /// Adds the slice that the event at the cursor ends.
    void add_ended(std::uint32_t track) {
        const auto lane = slices_.lane_of(track, facts_.cursor);
        if (!lane) return;
        if (const auto open = slices_.open_at(*lane, facts_.cursor - 1)) add_slice(slices_.begin_of(*open));
    }

    /// Adds the slice or instant that the argument at the cursor describes.
    void add_described(std::uint32_t track) {
        const EventIndex from = facts_.looked_for_from(EventIndex{});
        for (EventIndex at = facts_.cursor; at > from; --at) {
            const Event& event = facts_.log[at];
            if (event.subject != track) continue;
            if (event.kind() == Kind::slice) return add_slice(at);
            if (event.kind() == Kind::instant) return add_instant(at);
        }
    }

    void start(SliceView::What what, EventIndex at) {
        const Event& event = facts_.log[at];
        view_.what = what;
        view_.event = at;
        view_.name = text(event.a);
        view_.category = text(event.b);
        view_.track = event.subject;
        view_.begin = time(at);
        add_arguments(at);
    }

    void add_arguments(EventIndex of) {
        const std::uint32_t track = facts_.log[of].subject;
        for (EventIndex at = of + 1; at < facts_.log.end_index() && at - of <= look_back; ++at) {
            const Event& event = facts_.log[at];
            if (event.subject != track) continue;
            if (event.kind() == Kind::slice || event.kind() == Kind::instant) return;
            if (event.kind() != Kind::argument) continue;
            if (view_.arguments.size() == SliceView::max_arguments) return;
            view_.arguments.push_back({text(event.a), text(event.b)});
        }
    }

    void add_own(const SliceSpot& spot, EventIndex end) {
        const std::vector<SliceRow>& rows = slices_.lanes()[spot.lane].rows;
        if (spot.depth + 1 < rows.size()) {
            const SliceRow& inner = rows[spot.depth + 1];
            const std::size_t first = inner.begun_before(view_.event);
            const std::size_t last = end ? inner.begun_before(end, first) : inner.size();
            view_.inner = static_cast<std::uint32_t>(last - first);
            if (view_.inner > max_added_up) return;
            if (view_.end) view_.own = *view_.end - view_.begin - added_up(inner, first, last);
        } else if (view_.end) {
            view_.own = *view_.end - view_.begin;
        }
    }

    [[nodiscard]] Duration added_up(const SliceRow& row, std::size_t first, std::size_t last) const {
        Duration sum{0};
        for (std::size_t each = first; each < last; ++each) {
            const EventIndex end = row.end(each);
            if (end) sum += time(end) - time(row.begin(each));
        }
        return sum;
    }

    void add_inside_of(std::optional<SliceSpot> outer) {
        for (; outer && view_.inside_of.size() < SliceView::max_inside_of; outer = slices_.parent_of(*outer))
            view_.inside_of.push_back(other(slices_.begin_of(*outer)));
    }

    [[nodiscard]] SliceView::Other other(EventIndex slice) const {
        SliceView::Other made;
        made.event = slice;
        made.name = excerpt(text(facts_.log[slice].a));
        made.track = facts_.log[slice].subject;
        return made;
    }

    void add_flows(const SliceSpot& spot, EventIndex end) {
        const auto& touches = slices_.lanes()[spot.lane].flow_points;
        auto next = std::ranges::lower_bound(touches, view_.event);
        for (std::size_t seen = 0; next != touches.end() && seen < max_touches; ++next, ++seen) {
            if (end && *next > end) return;
            const FlowTouch touch = slices_.flow_point(*next);
            if (touch.slice != view_.event) continue;
            add_flow_arguments(*next);
            for (const EventIndex neighbour : {touch.previous, touch.next}) {
                if (!neighbour) continue;
                if (view_.flows.size() == SliceView::max_flows) return;
                view_.flows.push_back(flow_from(neighbour, neighbour == touch.previous));
            }
        }
    }

    /// Returns the `flow` event that an event behind it says more of, or that it is itself.
    [[nodiscard]] EventIndex touch_at(EventIndex event) const {
        const EventIndex from = facts_.looked_for_from(EventIndex{});
        const auto is_more = [](Kind kind) { return kind == Kind::flow_name || kind == Kind::flow_argument; };
        while (event > from && is_more(facts_.log[event].kind())) --event;
        return event;
    }

    void add_flow_arguments(EventIndex touch) {
        const std::size_t room = SliceView::max_arguments - view_.flow_arguments.size();
        const auto more = arguments_of_flow(facts_.log, touch, room);
        view_.flow_arguments.insert(view_.flow_arguments.end(), more.begin(), more.end());
    }

    [[nodiscard]] SliceView::Other flow_from(EventIndex flow, bool leads_here) const {
        const FlowTouch touch = slices_.flow_point(flow);
        SliceView::Other made;
        if (touch.slice) {
            made = other(touch.slice);
        } else {
            made.event = flow;
            made.name = "nothing";
            made.track = facts_.log[flow].subject;
        }
        made.leads_here = leads_here;
        made.flow = flow_name_at(facts_.log, facts_.index, flow);
        return made;
    }

    const Facts& facts_;
    const Slices& slices_;
    SliceView view_;
};

/// Returns a number with a few digits behind the point, without zeros at its end.
std::string with_digits(double number, int digits) {
    std::string text = fmt::format("{:.{}f}", number, digits);
    if (text.find('.') == std::string::npos) return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::string_view track_word(TrackKind kind) {
    return kind == TrackKind::plain ? "track" : trace::name(kind);
}

std::string TrackName::whole() const {
    return behind.empty() ? excerpt(text) : fmt::format("{} {}", excerpt(text), behind);
}

TrackName track_name(const Log& log, const Index& index, std::uint32_t track) {
    const TrackInfo& info = index.tracks().track(track);
    const std::string_view identity = log.strings()[info.identity];
    if (!info.name) return {track_word(info.kind), info.identity ? excerpt(identity) : std::to_string(track)};
    const std::string_view name = log.strings()[info.name];
    // Some tools name a thread "thread 7".
    std::string behind = name.ends_with(identity) ? std::string() : excerpt(identity);
    if (info.number != 0 && index.tracks().namesakes().count(info.name, info.identity) > 1)
        behind += fmt::format("{}({})", behind.empty() ? "" : " ", info.number);
    return {name, behind};
}

std::string track_label(const Log& log, const Index& index, std::uint32_t track) {
    return track_name(log, index, track).whole();
}

std::string duration_text(Duration duration) {
    struct Unit {
        std::string_view name;
        double nanoseconds;
    };
    constexpr std::array<Unit, 4> units = {{{"s", 1e9}, {"ms", 1e6}, {"µs", 1e3}, {"ns", 1}}};
    const auto length = static_cast<double>(duration.count());
    const auto unit = std::ranges::find_if(units, [&](const Unit& each) {
        return std::abs(length) >= each.nanoseconds || each.nanoseconds == 1;
    });
    const double number = length / unit->nanoseconds;
    const int before = std::abs(number) >= 100 ? 3 : std::abs(number) >= 10 ? 2 : 1;
    return fmt::format("{} {}", with_digits(number, unit->nanoseconds == 1 ? 0 : 4 - before), unit->name);
}

std::string flow_name_at(const Log& log, const Index& index, EventIndex flow) {
    return excerpt(log.strings()[index.slices().name_of_flow(log[flow].a).name]);
}

std::vector<SliceView::Argument> arguments_of_flow(const Log& log, EventIndex flow, std::size_t limit) {
    std::vector<SliceView::Argument> all;
    for (EventIndex at = flow + 1; at < log.end_index() && all.size() < limit; ++at) {
        const Event& event = log[at];
        if (event.kind() == Kind::flow_name) continue;
        if (event.kind() != Kind::flow_argument || event.subject != log[flow].subject) break;
        all.push_back({log.strings()[StringId{event.a}], log.strings()[StringId{event.b}]});
    }
    return all;
}

SliceView slice_view(const Facts& facts) {
    return SliceViewBuilder(facts).make();
}

SliceTotals slice_totals(const Index& index) {
    const Slices& slices = index.slices();
    return {index.tracks().tracks().size(), slices.slices(), slices.instants(), slices.flows(),
            index.tracks().counters().size()};
}

std::string SliceTotals::text() const {
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, std::string_view one) {
        if (count > 0) parts.push_back(fmt::format("{} {}{}", count_text(count), one, count == 1 ? "" : "s"));
    };
    add(tracks, "track");
    add(slices, "slice");
    add(instants, "instant");
    add(flows, "flow");
    add(counters, "counter");
    std::string all;
    for (std::size_t part = 0; part < parts.size(); ++part) {
        const bool last = part + 1 == parts.size();
        all += fmt::format("{}{}", part == 0 ? "" : last ? " and " : ", ", parts[part]);
    }
    return all;
}

}  // namespace loopscope::explain
