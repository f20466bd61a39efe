// SPDX-License-Identifier: MIT
#include "app/cli/recordings.hpp"

#include <algorithm>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/closing.hpp"
#include "app/cli/streams.hpp"
#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// Returns "t.12.loopscope" for the target "t.loopscope" and the process 12.
fs::path target_of(const fs::path& target, pid_t process) {
    fs::path name = target.stem();
    name += fmt::format(".{}", process);
    name += target.extension();
    return target.parent_path() / name;
}

}  // namespace

std::string why_there_is_nothing(const feed::RecordedProgram& program, bool has_begun) {
    if (program.is_native)
        return has_begun ? "nothing ran that is tracked, so there is nothing to show, and no file"
                         : fmt::format(
                               "{} was built without Loopscope's recorder, so nothing was recorded; "
                               "docs/cpp.md says how it is built with it",
                               terminal_line(program.name));
    return has_begun ? "nothing ran on an asyncio loop, so there is nothing to show, and no file"
                     : "what was started as a Python has recorded nothing; name a Python with --python";
}

Recordings::Recordings(fs::path folder, fs::path target, feed::RecordedProgram program, bool children)
    : folder_(std::move(folder)),
      target_(std::move(target)),
      program_(std::move(program)),
      children_(children) {}

Result<Recordings> Recordings::create(fs::path folder, fs::path target, feed::RecordedProgram program,
                                      bool children) {
    Recordings recordings(std::move(folder), std::move(target), std::move(program), children);
    if (!children) {
        if (auto added = recordings.add(0, recordings.target_); !added) return tl::unexpected(added.error());
    }
    return recordings;
}

Result<void> Recordings::add(pid_t process, fs::path target) {
    LOOPSCOPE_TRY(recording, feed::Recording::create(target, program_));
    if (const std::string notice = recording->notice(); !notice.empty()) complain(notice);
    followed_.push_back({process, std::move(target), std::move(recording)});
    return {};
}

void Recordings::set_program(pid_t process) {
    process_ = process;
    for (Followed& each : followed_) each.process = process;
}

void Recordings::look_for_children() {
    std::error_code unknown;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_, unknown)) {
        const fs::path& path = entry.path();
        const auto process = number_of<pid_t>(path.stem().string());
        if (path.extension() != ".spool" || !process || *process == left_out_) continue;
        if (std::ranges::find(followed_, *process, &Followed::process) != followed_.end()) continue;
        const fs::path target = target_of(target_, *process);
        if (const auto added = add(*process, target); !added) {
            complain(added.error().message);
            followed_.push_back({*process, target, nullptr, true});
        }
    }
}

bool Recordings::follow() {
    if (children_) look_for_children();
    bool grew = false;
    for (Followed& each : followed_) grew = follow(each) || grew;
    return grew;
}

bool Recordings::follow(Followed& each) {
    if (each.is_over) return false;
    const auto grew = each.recording->follow(folder_ / fmt::format("{}.spool", each.process));
    std::string end = grew ? each.recording->stopped() : grew.error().message;
    if (end.empty()) return *grew;
    each.is_over = true;
    complain(fmt::format("{}: the recording ends here, after {} events; the program goes on", end,
                         each.recording->log().size()));
    return false;
}

bool Recordings::are_over() const {
    return !children_ && std::ranges::all_of(followed_, &Followed::is_over);
}

bool Recordings::finish(std::optional<int> signal, bool launcher_failed) {
    const bool refused = launcher_failed && !program_.is_native;
    bool all_written = true;
    bool any_trace = false;
    for (Followed& each : followed_) {
        if (!each.recording) continue;
        all_written = finish(each, each.process == process_ ? signal : std::nullopt) && all_written;
        any_trace = any_trace || each.recording->has_trace();
    }
    if (!any_trace && !refused) say_that_there_is_nothing();
    return all_written;
}

void Recordings::say_that_there_is_nothing() const {
    const bool any_records = std::ranges::any_of(
        followed_, [](const Followed& each) { return each.recording && each.recording->has_begun(); });
    complain(why_there_is_nothing(program_, any_records));
}

bool Recordings::finish(Followed& each, std::optional<int> signal) {
    const auto finished =
        close_recording([&](const Progress& progress) { return each.recording->finish(signal, progress); });
    if (!finished) {
        complain(finished.error().message);
        return false;
    }
    if (each.recording->has_trace())
        complain(fmt::format("{} events are in {}", each.recording->log().size(), each.target.string()));
    return true;
}

}  // namespace loopscope::cli
