#pragma once

#include <string_view>

#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A trace with a job on a thread of its own in the middle of a step, and what an imported trace has.
inline void write_what_is_recorded_and_imported(trace::Log& log) {
    using trace::Kind;
    using trace::tagged;
    const auto text = [&](std::string_view words) { return log.intern(words).value; };
    log.emit(Kind::begin);
    log.emit(Kind::spawn, 1, text("worker"), tagged(trace::Start::soon));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1, 0, tagged(trace::Resume::first));
    log.emit(Kind::thread, 2, text("pool"));
    log.set_time(Time(1000));
    log.emit(Kind::job, 1, text("read_file"));
    log.emit(Kind::thread, 1);
    log.set_time(Time(2000));
    log.emit(Kind::finish, 1);
    log.emit(Kind::thread, 2, text("pool"));
    log.set_time(Time(3000));
    log.emit(Kind::job_end);
    log.emit(Kind::track, 1, text("renderer"));
    log.emit(Kind::slice, 1, text("paint"), text("gpu"));
    log.emit(Kind::flow, 1, 1, tagged(trace::FlowPoint::start));
    log.emit(Kind::slice, 1, text("layer"));
    log.emit(Kind::instant, 1, text("vsync"));
    log.emit(Kind::slice_end, 1);
    log.emit(Kind::slice_end, 1);
    log.emit(Kind::counter, 1, text("memory"));
    log.emit(Kind::count, 1, 0, 0x3fe00000);  // 0.5
}

/// Writes a trace in which one step prints a text so many times.
inline void write_prints(trace::Log& log, std::string_view text, int count) {
    log.emit(trace::Kind::begin);
    const std::uint32_t string = log.intern(text).value;
    log.emit(trace::Kind::spawn, 1, 0, trace::tagged(trace::Start::eager));
    log.emit(trace::Kind::step, 1);
    for (int each = 0; each < count; ++each) log.emit(trace::Kind::print, 1, string);
    log.emit(trace::Kind::finish, 1);
}

}  // namespace loopscope::exchange
