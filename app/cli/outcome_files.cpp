// SPDX-License-Identifier: MIT
#include "app/cli/outcome_files.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/os_error.hpp"
#include "core/feed/exploration.hpp"
#include "core/format/saver.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

std::string notes_of(const explore::Report& report, std::size_t place) {
    const explore::Outcome& outcome = report.outcomes[place];
    return fmt::format("outcome {} of {}: {}, in {:.2f} % of {} schedules; this one is {}", place + 1,
                       report.outcomes.size(), feed::ending_text(outcome),
                       100.0 * outcome.count / report.schedules, report.schedules,
                       feed::schedule_phrase(outcome.example));
}

}  // namespace

Result<OutcomeFiles> OutcomeFiles::create(fs::path folder) {
    OutcomeFiles files(std::move(folder));
    std::error_code failed;
    files.is_new_ = fs::create_directories(files.folder_, failed);
    const auto cannot = [&](int error) {
        return fail(fmt::format("cannot write the traces into the folder {}", files.folder_.string()),
                    write_reason(error, files.folder_));
    };
    if (failed) return cannot(failed.value());
    if (!fs::is_directory(files.folder_, failed)) return cannot(ENOTDIR);
    if (::access(files.folder_.c_str(), W_OK | X_OK) != 0) return cannot(errno);
    return files;
}

OutcomeFiles::~OutcomeFiles() {
    std::error_code ignored;
    if (is_new_) fs::remove(folder_, ignored);  // which an empty folder allows
}

fs::path OutcomeFiles::outcome(std::size_t place) const {
    return folder_ / fmt::format("{}.loopscope", place + 1);
}

Result<void> OutcomeFiles::write(feed::PythonRunner& runner, const explore::Report& report) {
    if (!report.ordinary) return {};
    const explore::Schedule own{report.outcomes[*report.ordinary].example.freedoms, {}};
    LOOPSCOPE_CHECK(write(runner, own, "asyncio's own order", ordinary()));
    for (std::size_t place = 0; place < report.listed; ++place) {
        LOOPSCOPE_CHECK(
            write(runner, report.outcomes[place].example, notes_of(report, place), outcome(place)));
    }
    std::error_code ignored;
    for (std::size_t place = report.listed; fs::remove(outcome(place), ignored); ++place) continue;
    return {};
}

Result<void> OutcomeFiles::write(feed::PythonRunner& runner, const explore::Schedule& schedule,
                                 std::string notes, const fs::path& path) {
    LOOPSCOPE_TRY(recording, runner.record(schedule, {}));
    format::Info info = recording->info();
    info.notes = std::move(notes);
    return format::save(path, recording->log(), info);
}

}  // namespace loopscope::cli
