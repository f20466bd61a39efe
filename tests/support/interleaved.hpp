#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/trace/kinds.hpp"
#include "core/trace/log.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::trace {

/// A trace with additional events, and the index in it of each event of the original trace.
struct Interleaved {
    std::shared_ptr<Log> log = std::make_shared<Log>();
    std::vector<EventIndex> at;
};

/// Returns a copy of the first `count` events of a trace, with an additional event before each for which
/// `wants` returns true: a clock with the present time, or a switch to the storage that is selected. Neither
/// changes anything. REQUIRES: `kind` is `clock` or `storage`. No event is added before the first two.
inline Interleaved interleave(const Log& log, std::uint32_t count, Kind kind,
                              const std::function<bool(EventIndex)>& wants) {
    Interleaved made;
    Log& out = *made.log;
    for (std::uint32_t string = 1; string <= log.strings().size(); ++string)
        static_cast<void>(out.intern(log.strings()[StringId{string}]));
    Storage storage = Storage::global;
    const auto put_clock = [&](Time time) {
        const auto bits = static_cast<std::uint64_t>(time.count());
        out.append({static_cast<std::uint32_t>(Kind::clock), 0, static_cast<std::uint32_t>(bits),
                    static_cast<std::uint32_t>(bits >> 32)});
    };
    each_event(log, [&](EventIndex at, Time time) {
        if (at.value >= count) return;
        if (at.value > 1 && wants(at)) {
            if (kind == Kind::clock)
                put_clock(static_cast<const Sink&>(out).time());
            else
                out.emit(Kind::storage, 0, 0, tagged(storage));
        }
        Event event = log[at];
        const Field field = rules[static_cast<std::uint8_t>(event.kind())].a;
        if (field == Field::write || field == Field::read)
            event.a = event.a == 0 ? 0 : made.at[event.a].value;
        if (event.kind() == Kind::storage) storage = event.tag<Storage>();
        if (event.kind() == Kind::clock) {
            put_clock(time);
        } else {
            out.set_time(time);
            out.emit(event.kind(), event.subject, event.a, event.b);
        }
        made.at.push_back(out.end_index() - 1);
    });
    return made;
}

}  // namespace loopscope::trace
