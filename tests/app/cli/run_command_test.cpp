// Programs that fail, as a shell meets them: no program of the catalogue does.

#include "app/cli/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/streams.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/failing_programs.hpp"

namespace loopscope::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;
namespace failing = scenario::failing;

struct Done {
    int code;
    std::string output;
    std::string said;
};

Done run(const scenario::Program& program, const RunRequest& request = {}) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const auto arguments = scenario::Arguments::create(scenario::all_parameters(program), {}).value();
    const int code = run_setup({&program, arguments}, request);
    return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

TEST(RunCommand, of_a_program_that_raises_or_waits_for_ever_says_so_and_fails) {
    const Done raised = run(failing::raises);
    EXPECT_EQ(raised.code, failure);
    EXPECT_THAT(raised.said, StartsWith("loopscope: task 'raising_main' raised ValueError: no luck"));
    EXPECT_THAT(raised.said, EndsWith(" leaks\n")) << "and what there is to say of every run";
    EXPECT_EQ(raised.output, "\n");
    const Done waits = run(failing::deadlocks);
    EXPECT_EQ(waits.code, failure);
    EXPECT_THAT(waits.said, StartsWith("loopscope: deadlock: "));
    EXPECT_EQ(run(failing::is_cancelled).code, failure);
    EXPECT_EQ(run(failing::stops).code, failure);
}

TEST(RunCommand, of_a_program_that_forgets_an_exception_says_so_and_succeeds_as_python_does) {
    const Done done = run(failing::forgets);
    EXPECT_EQ(done.code, success);
    EXPECT_THAT(done.said,
                HasSubstr("loopscope: a callback 'late' raised RuntimeError: too late; the loop went on\n"));
    EXPECT_THAT(done.said,
                HasSubstr("'raise 1' raised ValueError: dropped; the exception was never retrieved\n"));
}

TEST(RunCommand, of_a_program_that_fails_writes_the_files_that_were_asked_for) {
    const TemporaryFolder folder;
    RunRequest request;
    request.chrome = folder.path() / "t.json";
    EXPECT_EQ(run(failing::deadlocks, request).code, failure);
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "t.json"));
}

}  // namespace
}  // namespace loopscope::cli
