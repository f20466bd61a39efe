// SPDX-License-Identifier: MIT
#include "core/intake/trace_writer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/trace/limits.hpp"

namespace loopscope::intake {

using trace::Event;
using trace::Kind;

TraceWriter::TraceWriter(trace::Log& log, std::string_view program) : log_(log) {
    write(Kind::begin, 0, log_.intern(program).value);
}

void TraceWriter::set_time(Time now) {
    if (!refusal_.empty()) return;
    const EventIndex before = log_.end_index();
    now_ = std::clamp(now, now_, trace::max_time);
    log_.set_time(now_);
    if (log_.end_index() == before) return;
    clock_ = now_;
    check(log_[before]);
}

bool TraceWriter::write(Kind kind, std::uint32_t subject, std::uint32_t a, std::uint32_t b) {
    if (!refusal_.empty()) return false;
    const auto since = static_cast<std::uint32_t>((now_ - clock_).count());
    if (!check({static_cast<std::uint32_t>(kind) | since << 8, subject, a, b})) return false;
    log_.emit(kind, subject, a, b);
    return true;
}

bool TraceWriter::check(const Event& event) {
    const auto checked = checker_.check(event, static_cast<std::uint32_t>(log_.strings().size()));
    return checked || refuse(checked.error().message);
}

bool TraceWriter::refuse(std::string why) {
    if (refusal_.empty()) refusal_ = std::move(why);
    return false;
}

bool TraceWriter::refuse_number(std::string_view kind, std::uint32_t number, std::size_t count) {
    return refuse(count == 0 ? fmt::format("it names {} {}, and there is none yet", kind, number)
                             : fmt::format("it names {} {}, and there {} {}", kind, number,
                                           count == 1 ? "is" : "are", count));
}

bool TraceWriter::is_full() const {
    return log_.full();
}

}  // namespace loopscope::intake
