// SPDX-License-Identifier: MIT
#include "core/exchange/older_export.hpp"

#include <algorithm>
#include <utility>

#include "core/base/number.hpp"

namespace loopscope::exchange {
namespace {

/// The thread that stands for the loop. Those beyond all tasks are of jobs, or imported tracks.
constexpr std::uint32_t loop_track = 0;
constexpr std::uint32_t first_other_track = std::uint32_t{1} << 30;

std::optional<Time> time_of(const ChromeRecord::Number& number) {
    const auto nanoseconds = number.value ? nanoseconds_since(0, *number.value) : std::nullopt;
    return nanoseconds && *nanoseconds >= 0 ? std::optional(Time(*nanoseconds)) : std::nullopt;
}

}  // namespace

void OlderExport::take(const ChromeRecord& record) {
    const auto track = record.thread ? number_of<std::uint32_t>(*record.thread) : std::optional(loop_track);
    const auto time = time_of(record.time);
    const auto flow = number_of<std::uint64_t>(record.id).value_or(0);
    run_.strange = run_.strange || !track || *track >= first_other_track;
    if (run_.strange) return;
    if (record.phase == "M")
        describe(record, *track);
    else if (!time)
        run_.strange = true;
    else if (record.phase == "X")
        slice(record, *track, *time);
    else if (record.phase == "i")
        instant(record, *track, *time);
    else if (record.phase == "s")
        leaving_ = flow;
    else if (record.phase == "f" && !run_.handles.empty())
        run_.handles.back().arrives = flow;
    else
        run_.strange = true;
}

void OlderExport::describe(const ChromeRecord& record, std::uint32_t track) {
    const ChromeArgument* const name = record.argument("name");
    if (record.name != "thread_name" || name == nullptr || track == loop_track) return;
    const auto [task, added] = run_.tasks.try_emplace(track);
    (added ? task->second.name : task->second.given_name) = name->value;
    run_.strange = run_.strange || track != run_.tasks.size();  // they were numbered as they were made
}

void OlderExport::slice(const ChromeRecord& record, std::uint32_t track, Time begin) {
    const auto task = run_.tasks.find(track);
    const auto duration = time_of(record.duration);
    run_.strange = run_.strange || !duration || (track != loop_track && task == run_.tasks.end());
    if (run_.strange) return;
    if (record.category == "wait" && track != loop_track) {
        task->second.waits = record.name;
        return;
    }
    if (record.category == "ready") return;
    const bool is_handle = record.category == (track == loop_track ? "callback" : "step");
    const bool in_order = run_.handles.empty() || begin >= run_.handles.back().begin;
    run_.strange = run_.strange || !is_handle || !in_order;
    OlderRun::Handle handle;
    handle.task = track;
    handle.begin = begin;
    handle.end = begin + *duration;
    handle.name = record.name;
    if (task != run_.tasks.end()) handle.waits = std::exchange(task->second.waits, std::nullopt);
    run_.handles.push_back(std::move(handle));
}

void OlderExport::instant(const ChromeRecord& record, std::uint32_t track, Time time) {
    OlderRun::Moment moment{time, std::string(record.name), record.category == "print",
                            std::exchange(leaving_, 0)};
    if (run_.handles.empty()) return run_.before.push_back(std::move(moment));
    OlderRun::Handle& last = run_.handles.back();
    const bool ends_all = track == loop_track && !moment.print && moment.name.starts_with("end: ");
    const bool inside = track == last.task && time <= last.end && last.behind.empty() && !ends_all;
    run_.strange = run_.strange || (!inside && track != loop_track);
    (inside ? last.moments : last.behind).push_back(std::move(moment));
}

}  // namespace loopscope::exchange
