// SPDX-License-Identifier: MIT
#include "app/cli/spool_command.hpp"

#include <fmt/format.h>

#include "app/cli/closing.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/recorder_files.hpp"
#include "app/cli/streams.hpp"
#include "core/base/result.hpp"
#include "core/feed/recording.hpp"

namespace loopscope::cli {
namespace {

Result<void> check(const SpoolRequest& request) {
    if (!request.spool || !request.output)
        return fail(
            "spool wants FILE and -o FILE.loopscope, or --recorder FOLDER; see loopscope spool --help",
            Error::Code::invalid_argument);
    Outputs outputs;
    outputs.reads(*request.spool);
    outputs.writes("--output", request.output, {".loopscope"});
    return outputs.check();
}

/// Takes all records of a spool, and writes the trace. What stands before a record that is wrong is written
/// all the same.
Result<void> convert(const SpoolRequest& request) {
    LOOPSCOPE_TRY(recording, feed::Recording::create(*request.output, {.name = request.name,
                                                                       .sources = {},
                                                                       .origin = "Loopscope's recording",
                                                                       .schedule = request.schedule,
                                                                       .notes = request.note}));
    Result<bool> grew = true;
    while (grew && *grew) grew = recording->follow(*request.spool);
    LOOPSCOPE_CHECK(
        close_recording([&](const Progress& progress) { return recording->finish(std::nullopt, progress); }));
    if (!grew) return tl::unexpected(grew.error());
    if (!recording->has_begun())
        return fail(fmt::format("'{}' is no spool of a recorder; check its name", *request.spool),
                    Error::Code::damaged);
    if (!recording->has_trace())
        complain("nothing ran on an asyncio loop, so there is nothing to show, and no file");
    return {};
}

}  // namespace

int spool_command(const SpoolRequest& request) {
    if (request.recorder) {
        const auto folder = unpack_recorder(*request.recorder);
        return folder ? print(folder->string() + "\n") : report(folder.error(), failure);
    }
    if (const auto checked = check(request); !checked) return report(checked.error(), misuse);
    const auto converted = convert(request);
    return converted ? success : report(converted.error(), failure);
}

}  // namespace loopscope::cli
