#include "app/panels/track_hover.hpp"

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

/// Returns a track's name and by which number its file knows it: "thread main 7".
std::string track_text(const session::Session& session, std::uint32_t track) {
    const trace::TrackInfo& info = session.index().tracks().track(track);
    const auto text = [&](StringId string) { return excerpt(session.log().strings()[string]); };
    std::string kind = info.kind == trace::TrackKind::plain ? "track" : std::string(trace::name(info.kind));
    for (const StringId part : {info.name, info.identity}) {
        if (const std::string word = text(part); !word.empty()) kind += " " + word;
    }
    return kind;
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
    if (view.what == SliceView::What::count) title += fmt::format(" = {:.12g}", view.value);
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
        return fmt::format("counter {}\n{} values from {:.12g} to {:.12g}{}",
                           excerpt(session.log().strings()[info.name]), explain::count_text(info.counts),
                           info.smallest, info.largest, with_groups(session, lane.track));
    }
    std::string what = with_groups(session, lane.track).substr(1);
    if (lane.sharing == 1) return what;
    return fmt::format("{} of this name share lanes\n{}", explain::count_text(lane.sharing), what);
}

}  // namespace

std::string track_hover_text(const session::Session& session, const timeline::TrackTree& tree,
                             const timeline::Hit& hit) {
    if (!hit.track) return {};
    const bool is_on_label = hit.part == timeline::Hit::Part::label || hit.part == timeline::Hit::Part::fold;
    if (!hit.event) return is_on_label ? lane_text(session, tree, hit) : std::string();
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

}  // namespace loopscope::panels
