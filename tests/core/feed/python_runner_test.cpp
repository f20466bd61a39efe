#include "core/feed/python_runner.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "core/base/worker.hpp"
#include "core/explore/explore.hpp"
#include "core/trace/index.hpp"
#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::feed {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
using namespace std::chrono_literals;

/// Explores a program that a server pretends to run, in a session's folder of its own.
class PretendedProgram : public testing::Test {
  protected:
    PretendedProgram() { ::setenv("XDG_RUNTIME_DIR", session.path().c_str(), 1); }
    ~PretendedProgram() override { ::unsetenv("XDG_RUNTIME_DIR"); }

    ExploredProgram program(const std::string& behaviour) {
        return {{"app.py", {}, "a test"}, [this, behaviour](const std::filesystem::path& folder) {
                    ++starts;
                    const std::string script = LOOPSCOPE_TESTS_DIR "/core/feed/pretended_server.py";
                    return Result<std::vector<std::string>>(
                        {LOOPSCOPE_TEST_PYTHON, "-S", script, behaviour, folder.string()});
                }};
    }
    Result<explore::Report> explore(const std::string& behaviour, std::uint32_t schedules = 40) {
        PythonRunner runner(program(behaviour));
        explore::Options options;
        options.schedules = schedules;
        return explore::explore(runner, options);
    }
    std::string error_of(const std::string& behaviour) {
        const auto report = explore(behaviour);
        return report ? "it was explored" : report.error().message;
    }

    const TemporaryFolder session;
    int starts = 0;
};

std::set<std::string> outputs_of(const explore::Report& report) {
    std::set<std::string> outputs;
    for (const explore::Outcome& each : report.outcomes) outputs.insert(each.output);
    return outputs;
}

TEST_F(PretendedProgram, is_explored_like_one_of_ours) {
    const explore::Report report = explore("steady").value();
    EXPECT_EQ(report.schedules, 40u);
    EXPECT_THAT(outputs_of(report), ElementsAre("kept\n", "lost\n"));
    for (const explore::Outcome& each : report.outcomes)
        EXPECT_EQ(text_of(each.example), each.output == "lost\n" ? "ties,2=1" : "ties");
    EXPECT_EQ(report.notice, "");
    EXPECT_EQ(starts, 1) << "one that is copied: once to run it again and again, and to check that";
}

TEST_F(PretendedProgram, leaves_nothing_behind) {
    ASSERT_TRUE(explore("starts-others"));
    std::string left;
    for (const auto& each : std::filesystem::directory_iterator(session.path()))
        left += each.path().filename();
    EXPECT_EQ(left, "other");
    std::ifstream file(session.path() / "other");
    pid_t other = 0;
    file >> other;
    const auto lives = [other] {
        std::ifstream status("/proc/" + std::to_string(other) + "/stat");
        std::string text;
        return std::getline(status, text) && text.find(") Z ") == std::string::npos;
    };
    while (lives()) ::usleep(1000);
}

TEST_F(PretendedProgram, that_fails_is_told_apart_by_exception_and_place) {
    const explore::Report report = explore("fails").value();
    ASSERT_EQ(report.outcomes.size(), 2u);
    const auto failed =
        std::ranges::find(report.outcomes, trace::Ending::exception, &explore::Outcome::ending);
    ASSERT_NE(failed, report.outcomes.end());
    EXPECT_EQ(failed->failure, "KeyError at app.py:12");
    EXPECT_EQ(text_of(failed->example), "ties,2=1");
}

TEST_F(PretendedProgram, that_does_something_else_in_the_same_interpreter_is_copied_for_each_run) {
    for (const char* behaviour : {"remembers", "decays", "decays-when-lost", "dies"}) {
        const explore::Report report = explore(behaviour, 100).value();
        EXPECT_EQ(report.schedules, 100u) << behaviour;
        EXPECT_THAT(outputs_of(report), ElementsAre("kept\n", "lost\n")) << behaviour;
        EXPECT_THAT(report.notice, StartsWith("Each schedule was run in a copy of the interpreter"))
            << behaviour;
    }
}

TEST_F(PretendedProgram, that_cannot_be_copied_gets_a_process_for_each_run) {
    const explore::Report report = explore("cannot-fork", 4).value();
    EXPECT_EQ(report.schedules, 4u);
    EXPECT_THAT(report.notice, HasSubstr("a process of its own"));
    EXPECT_THAT(report.notice, EndsWith("it cannot be forked while 1 thread runs."));
    EXPECT_GT(starts, 4);
}

TEST_F(PretendedProgram, that_prints_addresses_does_the_same_each_time) {
    EXPECT_THAT(outputs_of(explore("address").value()),
                ElementsAre("kept <object at 0x…>\n", "lost <object at 0x…>\n"));
}

TEST_F(PretendedProgram, may_report_what_it_likes_on_stderr) {
    EXPECT_THAT(outputs_of(explore("reports").value()), ElementsAre("kept\n", "lost\n"));
}

TEST_F(PretendedProgram, that_prints_differently_by_itself_is_told_so) {
    EXPECT_THAT(error_of("random"),
                StartsWith("'app.py' does not do the same when it is run again in the same "
                           "order: line 2 of its output is 'b "));
    EXPECT_THAT(error_of("random"), HasSubstr("seed its random numbers"));
}

TEST_F(PretendedProgram, that_does_not_end_is_told_so) {
    EXPECT_THAT(error_of("endless"), StartsWith("'app.py' does not end"));
    for (const auto& [behaviour, said] :
         {std::pair("silent", "'app.py' has not ended after 0.2 s, and was killed"),
          std::pair("silent-when-lost", "'app.py' has not ended")}) {
        ExploredProgram silent = program(behaviour);
        silent.patience.to_answer = 200ms;
        PythonRunner runner(silent);
        const std::string message = explore::explore(runner, {}).error().message;
        EXPECT_THAT(message, StartsWith(said));
        EXPECT_EQ(message.find("; loopscope record --schedule 'ties,") != std::string::npos,
                  behaviour == std::string("silent-when-lost"))
            << message;
    }
}

TEST_F(PretendedProgram, that_is_refused_is_an_error_with_what_the_server_says) {
    EXPECT_EQ(error_of("refuses"), "'app.py' reads the terminal; pass it what it reads");
    EXPECT_EQ(error_of("leaves"), "there is no module 'app'");
    EXPECT_EQ(error_of("no-loop"),
              "nothing of 'app.py' ran on an asyncio loop, so there is nothing to explore");
    EXPECT_THAT(error_of("talks"), HasSubstr("makes no sense: 'hello'"));
}

TEST_F(PretendedProgram, whose_records_make_no_sense_under_a_schedule_is_told_by_which_one) {
    EXPECT_THAT(error_of("breaks-when-lost"),
                testing::ContainsRegex("the recording is wrong: .*; loopscope record --schedule "
                                       "'ties,(0=1,)?(1=1,)?2=1(,3=1)?' runs it so once more"));
}

TEST_F(PretendedProgram, is_left_alone_soon_after_a_stop) {
    std::stop_source source;
    PythonRunner runner(program("silent"));
    Worker stopper;
    stopper.start([&source](const std::stop_token&) { source.request_stop(); });
    const explore::Report report = explore::explore(runner, {}, source.get_token()).value();
    EXPECT_TRUE(report.cancelled);
    EXPECT_EQ(report.schedules, 0u);
}

TEST_F(PretendedProgram, is_recorded_under_a_schedule_which_its_file_names) {
    PythonRunner runner(program("steady"));
    explore::Schedule schedule;
    schedule.choices = {0, 0, 1};
    const auto recording = runner.record(schedule, {}).value();
    EXPECT_EQ(recording->info().schedule, "ties,2=1");
    EXPECT_EQ(recording->info().program, "app.py");
    trace::Index index;
    index.update(recording->log());
    ASSERT_EQ(index.prints().size(), 1u);
    EXPECT_EQ(recording->log().printed_text(index.prints()[PrintIndex{}].event), "lost\n");
}

}  // namespace
}  // namespace loopscope::feed
