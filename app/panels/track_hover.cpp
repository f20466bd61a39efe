// SPDX-License-Identifier: MIT
#include "app/panels/track_hover.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/timeline/track_label.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/slice_view.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

using explain::SliceView;

constexpr std::size_t max_arguments = 6;
/// The maximum number of tracks that one is in the group of and that are named.
constexpr int max_groups = 4;

/// Returns what a track is, and its name: "thread main 7". Many are called "thread 7".
std::string track_text(const session::Session& session, std::uint32_t track) {
    const explain::TrackName name = explain::track_name(session.log(), session.index(), track);
    const trace::TrackInfo& info = session.index().tracks().track(track);
    const std::string_view kind = explain::track_word(info.kind);
    if (name.text.starts_with(kind)) return name.whole();
    return fmt::format("{} {}", kind, name.whole());
}

/// Returns a track with those that it is in the group of, one a line.
std::string with_groups(const session::Session& session, std::uint32_t track) {
    std::string lines;
    for (int each = 0; each < max_groups && track != 0; ++each) {
        lines += "\n" + track_text(session, track);
        track = session.index().tracks().track(track).parent;
    }
    return lines;
}

std::string title_of(const SliceView& view, const timeline::Hit& hit) {
    std::string title = excerpt(view.name);
    if (title.empty()) title = view.what == SliceView::What::instant ? "an instant" : "a slice";
    if (view.what == SliceView::What::count) title += " = " + explain::value_text(view.value);
    if (hit.merged_slices > 1)
        title += fmt::format("   one of {} here", explain::count_text(hit.merged_slices));
    return title;
}

std::string time_of(const SliceView& view) {
    const std::string begin = trace::time_text(view.begin);
    if (view.what == SliceView::What::slice) {
        return view.end ? fmt::format("{}  from {}", explain::duration_text(*view.end - view.begin), begin)
                        : fmt::format("from {}, no end in the file", begin);
    }
    return view.what == SliceView::What::count ? "since " + begin : "at " + begin;
}

std::string lane_text(const session::Session& session, const timeline::TrackTree& tree,
                      const timeline::Hit& hit) {
    const auto position = tree.position_of(hit.track);
    if (!position) return {};
    const timeline::TrackLane& lane = tree.lanes()[*position];
    if (lane.counter != 0) {
        const trace::CounterInfo& info = session.index().tracks().counters()[lane.counter - 1];
        const std::string values =
            info.counts == 1
                ? "the value " + explain::value_text(info.largest)
                : fmt::format("{} values from {} to {}", explain::count_text(info.counts),
                              explain::value_text(info.smallest), explain::value_text(info.largest));
        return fmt::format("counter {}\n{}{}", excerpt(session.log().strings()[info.name]), values,
                           with_groups(session, lane.track));
    }
    std::string what = with_groups(session, lane.track).substr(1);
    if (lane.sharing == 1) return what;
    return fmt::format("{} of this name share lanes\n{}", explain::count_text(lane.sharing), what);
}

/// Returns what a touch of a flow is on: "take on worker at 0.002 s".
std::string touch_text(const session::Session& session, EventIndex flow) {
    const trace::Log& log = session.log();
    const trace::FlowTouch touch = session.index().slices().flow_point(flow);
    const std::string name = touch.slice ? excerpt(log.strings()[StringId{log[touch.slice].a}]) : "nothing";
    return fmt::format("{} on {} at {}", name, explain::track_label(log, session.index(), log[flow].subject),
                       trace::time_text(session.index().time(log, flow)));
}

/// Returns what an arrow is: the flow's name, from where to where it leads, and what the trace says of it
/// there. `to`: the touch to which it leads.
std::string arrow_text(const session::Session& session, EventIndex to) {
    const trace::Log& log = session.log();
    const EventIndex from = session.index().slices().flow_point(to).previous;
    if (!from) return {};
    const std::string name = explain::flow_name_at(log, session.index(), to);
    std::string text = fmt::format("{}\nfrom {}\nto {}", name.empty() ? "a flow" : "flow " + name,
                                   touch_text(session, from), touch_text(session, to));
    const auto add = [&](const explain::SliceView::Argument& each) {
        text += fmt::format("\n{}: {}", excerpt(each.name), excerpt(each.value));
    };
    for (const EventIndex touch : {from, to})
        std::ranges::for_each(explain::arguments_of_flow(log, touch, max_arguments), add);
    return text;
}

/// Returns what the mouse points at in a lane.
std::string slice_text(const session::Session& session, const timeline::Hit& hit) {
    const explain::Facts facts = session.facts();
    const SliceView view = explain::slice_view({facts.log, facts.index, facts.state, *hit.event});
    if (view.what == SliceView::What::nothing) return {};
    std::string text = title_of(view, hit) + "\n" + time_of(view);
    if (view.track != 0) text += with_groups(session, view.track);
    for (std::size_t each = 0; each < std::min(view.arguments.size(), max_arguments); ++each)
        text +=
            fmt::format("\n{}: {}", excerpt(view.arguments[each].name), excerpt(view.arguments[each].value));
    if (view.arguments.size() > max_arguments) text += "\n…";
    return text;
}

}  // namespace

std::string track_hover_text(const session::Session& session, const timeline::TrackTree& tree,
                             const timeline::Hit& hit) {
    std::string arrow = hit.flow ? arrow_text(session, *hit.flow) : "";
    if (!hit.track) return arrow;
    const bool is_on_label = hit.part == timeline::Hit::Part::label || hit.part == timeline::Hit::Part::fold;
    if (!hit.event) return is_on_label ? lane_text(session, tree, hit) : arrow;
    const std::string slice = slice_text(session, hit);
    return slice + (slice.empty() || arrow.empty() ? "" : "\n\n") + arrow;
}

}  // namespace loopscope::panels
