// SPDX-License-Identifier: MIT
#include "app/cli/live_command.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "app/cli/closing.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/progress_line.hpp"
#include "app/cli/recordings.hpp"
#include "app/cli/signal_handover.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/display.hpp"
#include "app/screen/window_loop.hpp"
#include "core/base/escape.hpp"
#include "core/base/excerpt.hpp"
#include "core/base/private_folder.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/feed/live_feed.hpp"
#include "core/feed/python_runner.hpp"

namespace loopscope::cli {
namespace {

/// The time for which nothing is looked at while nothing comes, in milliseconds.
constexpr int rest = 5;

/// Records the Python programs that the live one starts, on a thread of its own: nobody steps them.
class Children {
  public:
    /// Begins, if the plan wants it. REQUIRES: `folder` outlives the object.
    static Result<std::unique_ptr<Children>> create(const RecordPlan& plan,
                                                    const std::filesystem::path& folder, pid_t parent) {
        if (!plan.children) return std::unique_ptr<Children>();
        LOOPSCOPE_TRY(recordings, Recordings::create(folder, plan.target, plan.about(), true));
        recordings.leave_out(parent);
        return std::unique_ptr<Children>(new Children(std::move(recordings)));
    }

    /// Takes the rest, and writes the files. Returns whether all could be written.
    bool finish() {
        worker_.request_stop();
        worker_.finish();
        while (recordings_.follow()) continue;
        return recordings_.finish(std::nullopt, true);
    }

  private:
    explicit Children(Recordings recordings) : recordings_(std::move(recordings)) {
        worker_.start([this](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                if (!recordings_.follow()) std::this_thread::sleep_for(std::chrono::milliseconds(rest));
            }
        });
    }

    Recordings recordings_;
    Worker worker_;
};

/// Waits until the program stands before its first handle. Returns whether it does; else it is over.
bool comes_to_a_handle(feed::LiveFeed& feed, const std::string& name) {
    ProgressLine line;
    for (;;) {
        const Status status = feed.begin(rest);
        if (status == Status::waiting && line.due())
            line.show(fmt::format("waiting for the first handle of {}", excerpt(terminal_line(name))));
        if (status == Status::failed) complain(feed.error().message);
        if (status != Status::waiting) return status == Status::grew;
    }
}

/// Shows the program until the window is closed, or the program has ended by a signal that came here, too.
Result<void> show(const std::shared_ptr<feed::LiveFeed>& feed, const timeline::Theme* theme) {
    auto branch = std::make_shared<feed::Branch>(feed);
    branch->update();
    const auto ends = [&] { return SignalHandover::came() && feed->process().has_ended(); };
    return screen::show_window(session::Session(std::move(branch)), {theme, {}, {}, ends});
}

/// Lets the program run to its end, and writes its file. Returns its exit code.
int follow_to_the_end(feed::LiveFeed& feed, Children* children, const feed::RecordedProgram& program,
                      const std::string& target) {
    if (!feed.process().has_ended())
        complain("the window is closed: the program goes on and is recorded; Ctrl C ends it");
    while (!feed.run_to_the_end(rest)) continue;
    SignalHandover::set_addressee(0);
    const bool children_written = !children || children->finish();
    const int code = feed.process().exit_code();
    const auto written = close_recording([&](const Progress& progress) { return feed.finish(progress); });
    if (!written)
        complain(written.error().message);
    else if (feed.recording().has_trace())
        complain(fmt::format("{} events are in {}", feed.log().size(), target));
    else if (code != refusal_code || program.is_native)
        complain(why_there_is_nothing(program, feed.recording().has_begun()));
    return code == success && !(written && children_written) ? failure : code;
}

Result<int> run_live(const RecordPlan& plan, const timeline::Theme* theme) {
    LOOPSCOPE_TRY(folder, PrivateFolder::create());
    LOOPSCOPE_TRY(command, plan.command_in(folder.path(), {"--live", "--paused"}));
    feed::LiveProgram program{
        .about = plan.about(),
        .command = std::move(command),
        .environment = plan.environment_in(folder.path(), true),
        .folder = folder.path(),
        .is_virtual = plan.is_virtual,
        .explored =
            plan.is_native ? nullptr : std::make_shared<const feed::ExploredProgram>(plan.explored())};
    const SignalHandover handover;
    LOOPSCOPE_TRY(feed, feed::LiveFeed::start(std::move(program), plan.target, feed::LiveFeed::End::goes_on));
    SignalHandover::set_addressee(feed->process().id());
    if (const std::string notice = feed->recording().notice(); !notice.empty()) complain(notice);
    LOOPSCOPE_TRY(children, Children::create(plan, folder.path(), feed->process().id()));
    if (comes_to_a_handle(*feed, plan.program.name)) {
        if (const auto shown = show(feed, theme); !shown) complain(shown.error().message);
    }
    return follow_to_the_end(*feed, children.get(), plan.about(), plan.target);
}

}  // namespace

int live_command(const LiveRequest& request) {
    const auto theme = parse_theme_option(request.theme);
    if (!theme) return report(theme.error(), misuse);
    auto plan = RecordPlan::create(request.recording, "live");
    if (!plan) return report(plan.error(), misuse);
    if (!platform::has_display())
        return report(
            Error{"there is no display to open a window on; `loopscope record` records the program"},
            failure);
    const auto code = run_live(*plan, *theme);
    return code ? *code : report(code.error(), failure);
}

}  // namespace loopscope::cli
