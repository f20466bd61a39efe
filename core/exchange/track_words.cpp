// SPDX-License-Identifier: MIT
#include "core/exchange/track_words.hpp"

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {

using trace::Event;
using trace::Kind;

std::string TrackWords::quoted(StringId string) const {
    return quoted_field(log_.strings()[string]);
}

std::string TrackWords::track(std::uint32_t number) const {
    const StringId name = tracks_[number - 1].name;
    return name ? fmt::format("track {} {}", number, quoted(name)) : fmt::format("track {}", number);
}

/// Returns the name of the innermost open slice of a track, after two spaces; nothing if none is open.
std::string TrackWords::innermost(std::uint32_t track) const {
    const std::vector<StringId>& open = tracks_[track - 1].open;
    return open.empty() ? std::string() : "  " + quoted(open.back());
}

std::string TrackWords::details(EventIndex at) {
    const Event& event = log_[at];
    const Kind kind = event.kind();
    if (kind == Kind::slice || kind == Kind::instant) {
        if (kind == Kind::slice) tracks_[event.subject - 1].open.push_back(StringId{event.a});
        const std::string category = event.b != 0 ? "  " + quoted(StringId{event.b}) : "";
        return fmt::format("{}  {}{}", track(event.subject), quoted(StringId{event.a}), category);
    }
    if (kind == Kind::slice_end) {
        const std::string ended = innermost(event.subject);
        tracks_[event.subject - 1].open.pop_back();
        return track(event.subject) + ended;
    }
    if (kind == Kind::flow)
        return fmt::format("{}{}  flow {} {}", track(event.subject), innermost(event.subject), event.a,
                           trace::name(event.tag<trace::FlowPoint>()));
    if (kind == Kind::argument || kind == Kind::flow_argument)
        return fmt::format("{}  {} = {}", track(event.subject), quoted(StringId{event.a}),
                           quoted(StringId{event.b}));
    if (kind == Kind::count)
        return fmt::format("counter {} {} = {}", event.subject, quoted(counters_[event.subject - 1]),
                           counted_value(event));
    if (kind == Kind::track) tracks_.push_back({StringId{event.a}, {}});
    if (kind == Kind::counter) counters_.push_back(StringId{event.a});
    return trace::details_of(log_, at);
}

}  // namespace loopscope::exchange
