// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

/// Returns a word for what a track shows: "thread"; "track" for one of which the file does not say it.
std::string_view track_word(trace::TrackKind kind);

/// A track's name, the same in all that shows it, speaks of it and looks for it: "main 7", "thread 7".
struct TrackName {
    std::string_view text;  ///< its name, or else what it is: "thread"
    std::string behind;  ///< an excerpt: by what its file tells it from others, and which it is of those of
                         ///< one name that the file does not tell apart: "7", "7 (2)"

    /// Returns all of the name, with an excerpt of a text that is very long.
    [[nodiscard]] std::string whole() const;
};

/// Returns a track's name. REQUIRES: the trace has the track.
TrackName track_name(const trace::Log& log, const trace::Index& index, std::uint32_t track);

/// Returns a track's whole name. REQUIRES: the trace has the track.
std::string track_label(const trace::Log& log, const trace::Index& index, std::uint32_t track);

/// Returns a duration in the unit that suits it, with at most four digits: "850 ns", "12.3 µs", "1.204 ms".
std::string duration_text(Duration duration);

/// What stands at the cursor in a trace of tracks: a slice, an instant or a counter's value. Texts refer to
/// the log. Of lists that can have any length only the beginning is made, more than a screen has room for.
struct SliceView {
    enum class What : std::uint8_t { nothing, slice, instant, count };
    struct Argument {
        std::string_view name;
        std::string_view value;
    };
    /// A slice that it is inside of, or that a flow leads from or to.
    struct Other {
        EventIndex event;  ///< where a click leads: its `slice` event, or the `flow` event if there is none
        std::string name;  ///< an excerpt; "nothing" for a flow that touches no slice
        std::uint32_t track = 0;
        bool leads_here = false;  ///< of a flow: whether it comes from there
        std::string flow;         ///< what the trace calls the flow, an excerpt; empty: it has no name
    };
    static constexpr std::size_t max_arguments = 100;
    static constexpr std::size_t max_inside_of = 100;
    static constexpr std::size_t max_flows = 50;

    What what = What::nothing;
    EventIndex event;  ///< the `slice`, `instant` or `count` event
    std::string_view name;
    std::string_view category;
    std::uint32_t track = 0;  ///< 0: a counter of no track
    Time begin{0};            ///< of an instant or a value, when it happens
    std::optional<Time> end;  ///< none: an instant or a value, or the file does not say when the slice ends
    std::optional<Duration> own;  ///< the part that no slice inside of it takes; none: too many to add up
    std::uint32_t inner = 0;      ///< how many slices are directly inside of it
    double value = 0;             ///< of a counter
    std::vector<Argument> arguments;
    std::vector<Other> inside_of;          ///< the innermost first
    std::vector<Other> flows;              ///< in the order of their events
    std::vector<Argument> flow_arguments;  ///< of flows, where they touch the slice
};

/// Returns what the trace calls a flow, an excerpt; empty, if it has no name. REQUIRES: the event is a
/// `flow`.
std::string flow_name_at(const trace::Log& log, const trace::Index& index, EventIndex flow);

/// Returns the arguments of a flow at a touch, at most so many. REQUIRES: the event is a `flow`.
std::vector<SliceView::Argument> arguments_of_flow(const trace::Log& log, EventIndex flow, std::size_t limit);

/// Returns what stands at the cursor: what an event begins or belongs to; nothing where it is about none.
SliceView slice_view(const Facts& facts);

/// The numbers of all that a trace of tracks has.
struct SliceTotals {
    std::size_t tracks = 0;
    std::size_t slices = 0;
    std::size_t instants = 0;
    std::size_t flows = 0;
    std::size_t counters = 0;

    /// Returns them in words, those that are not 0: "3 tracks, 1,204 slices and 2 flows".
    [[nodiscard]] std::string text() const;
};

/// Returns the numbers of all that a trace of tracks has.
SliceTotals slice_totals(const trace::Index& index);

}  // namespace loopscope::explain
