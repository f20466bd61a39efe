// SPDX-License-Identifier: MIT
#include "app/cli/record_command.hpp"

#include <optional>
#include <utility>

#include "app/cli/pages.hpp"
#include "app/cli/recordings.hpp"
#include "app/cli/signal_handover.hpp"
#include "app/cli/streams.hpp"
#include "core/base/child_process.hpp"
#include "core/base/private_folder.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {
namespace {

/// The time for which nothing is looked at while nothing comes, in milliseconds.
constexpr int rest = 5;

/// Runs the program and takes its records until it has ended. Returns its exit code.
int follow_to_the_end(ChildProcess& child, Recordings& recordings, std::optional<PrivateFolder>& folder) {
    recordings.set_program(child.id());
    for (bool over = false; !over;) {
        const bool grew = recordings.follow();
        over = child.wait(grew ? 0 : rest);
        if (folder && recordings.are_over()) folder.reset();  // nobody is interested any more
    }
    SignalHandover::set_addressee(0);
    while (recordings.follow()) continue;
    const int code = child.exit_code();
    const bool written = recordings.finish(child.signal(), code == refusal_code);
    return code == success && !written ? failure : code;
}

Result<int> record(const RecordPlan& plan) {
    LOOPSCOPE_TRY(made, PrivateFolder::create());
    std::optional<PrivateFolder> folder(std::move(made));
    LOOPSCOPE_TRY(command, plan.command_in(folder->path()));
    LOOPSCOPE_TRY(recordings, Recordings::create(folder->path(), plan.target, plan.about(), plan.children));
    const SignalHandover handover;
    // Where a schedule is wanted, what depends on addresses is to be as it was when it was explored.
    LOOPSCOPE_TRY(child, ChildProcess::start(command, {.is_repeatable = !plan.schedule.empty(),
                                                       .environment = plan.environment_in(folder->path())}));
    SignalHandover::set_addressee(child.id());
    return follow_to_the_end(child, recordings, folder);
}

}  // namespace

int record_command(const RecordRequest& request) {
    const auto plan = RecordPlan::create(request, "record");
    if (!plan) return report(plan.error(), misuse);
    const auto recorded = record(*plan);
    if (!recorded) return report(recorded.error(), failure);
    if (plan->html && *recorded != refusal_code) {
        if (const auto written = write_file_page(*plan->html, plan->target); !written)
            return report(written.error(), failure);
    }
    return *recorded;
}

}  // namespace loopscope::cli
