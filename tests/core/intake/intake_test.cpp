#include "core/intake/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "tests/support/describe.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/spool_of.hpp"

namespace loopscope::intake {
namespace {

/// The trace without what records do not say: the first thread's name, without which its events have lower
/// numbers; which task a callback serves that is no timer's; when a loop begins to wait on another thread.
std::string text_in_records(const trace::Log& log) {
    constexpr std::size_t number_width = 6;
    std::string text;
    bool is_first_thread = true;
    trace::each_event(log, [&](std::uint32_t at, Time time) {
        const trace::Event& event = log[at];
        const trace::Kind kind = event.kind();
        is_first_thread = is_first_thread && !(kind == trace::Kind::thread && event.subject > 1);
        if (at == 0 || kind == trace::Kind::clock || (kind == trace::Kind::thread && is_first_thread)) return;
        std::string line = trace::line_of(log, at, time).substr(number_width);
        if (kind == trace::Kind::thread) line = trace::details_of(log, at);
        if (kind == trace::Kind::ready || kind == trace::Kind::callback) line.erase(line.rfind(" for "));
        const std::size_t written = line.find(" written at ");
        if (written != std::string::npos) {
            const EventIndex writer =
                kind == trace::Kind::get ? log.writer_of_get(at) : log.writer_of_print(at);
            line.erase(written);
            line += " written by" + trace::details_of(log, writer.value);
        }
        text += line + '\n';
    });
    return text;
}

TEST(Intake, makes_the_trace_of_every_program_of_ours_from_the_records_of_it) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            trace::Log log;
            Intake intake(log, program->name);
            const auto taken = intake.push(spool_of(run.log()));
            ASSERT_TRUE(taken) << program->name << ": " << taken.error().message << '\n'
                               << trace::text_of(log);
            EXPECT_TRUE(trace::check(log)) << program->name;
            ASSERT_EQ(text_in_records(log), text_in_records(run.log())) << program->name;
        }
    }
}

}  // namespace
}  // namespace loopscope::intake
