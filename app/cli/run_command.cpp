#include "app/cli/run_command.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "app/cli/picture.hpp"
#include "app/cli/plan.hpp"
#include "app/cli/report.hpp"
#include "app/cli/setup.hpp"
#include "app/export/png.hpp"
#include "core/trace/text.hpp"

namespace loopscope::cli {
namespace {

Result<void> print_output(const session::Session& session) {
    std::string output;
    for (const trace::PrintInfo& print : session.index().prints())
        output += session.log().printed_text(print.event);
    if (!output.ends_with('\n')) output += '\n';
    return write_out(output);
}

void print_events(const trace::Log& log) {
    for (std::uint32_t at = 0; at < log.size(); ++at) fmt::print(stderr, "{}\n", line_of(log, at));
}

/// One line on how it ended, for people.
std::string status_of(const session::Session& session) {
    const trace::Index& index = session.index();
    return fmt::format("loopscope: {} events, {} prints, {} leak{}\n", session.log().size(),
                       index.prints().size(), index.leaks_until(session.head()),
                       session.over() ? "" : "; stopped before the program was over");
}

}  // namespace

int run_command(const RunRequest& request) {
    const auto setup = make_setup(request.program, request.storage, request.settings, request.schedule);
    if (!setup) return report(setup.error(), misuse);
    const auto plan = Plan::create(request.switches, request.until, request.at);
    if (!plan) return report(plan.error(), misuse);
    const auto size = parse_size(request.size);
    if (!size) return report(size.error(), misuse);

    session::Session session(*setup);
    if (const auto done = plan->carry_out(session); !done) return report(done.error(), misuse);
    if (request.events) print_events(session.log());
    if (const auto printed = print_output(session); !printed) return report(printed.error(), failure);
    const std::string status = request.events ? std::string() : status_of(session);
    if (request.png) {
        const auto image = draw_picture(std::move(session), *size);
        if (!image) return report(image.error(), failure);
        if (const auto saved = export_::write_png(*request.png, *image); !saved)
            return report(saved.error(), failure);
    }
    fmt::print(stderr, "{}", status);
    return success;
}

}  // namespace loopscope::cli
