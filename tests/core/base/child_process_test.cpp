#include "core/base/child_process.hpp"

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <sys/personality.h>
#include <unistd.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

constexpr int patience = 60'000;  // milliseconds

std::string text_of_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Returns what a line of the shell writes, run with these options.
std::string said_by(const std::string& line, ChildProcess::Options options) {
    const TemporaryFolder folder;
    options.output = folder.path() / "said";
    ChildProcess child = ChildProcess::start({"sh", "-c", line}, options).value();
    EXPECT_TRUE(child.wait(patience));
    return text_of_file(options.output);
}

TEST(ChildProcess, that_is_repeatable_has_the_same_addresses_and_hashes_each_time) {
    const std::string line = "cat /proc/self/maps";
    ::setenv("PYTHONHASHSEED", "7", 1);
    EXPECT_EQ(said_by("echo $PYTHONHASHSEED", {.is_repeatable = true}), "0\n");
    EXPECT_EQ(said_by("echo $PYTHONHASHSEED", {}), "7\n");
    ::unsetenv("PYTHONHASHSEED");
    const int before = ::personality(0xffffffff);
    if (::personality(static_cast<unsigned>(before) | ADDR_NO_RANDOMIZE) == -1)
        GTEST_SKIP() << "the system does not allow it";
    ::personality(static_cast<unsigned>(before));
    EXPECT_EQ(said_by(line, {.is_repeatable = true}), said_by(line, {.is_repeatable = true}));
    EXPECT_EQ(::personality(0xffffffff), before);
}

TEST(ChildProcess, writes_both_streams_to_a_file_that_is_named) {
    EXPECT_EQ(said_by("echo one; echo two >&2; cat", {.input = ChildProcess::Input::none}), "one\ntwo\n");
}

TEST(ChildProcess, has_what_is_added_to_the_environment_in_place_of_what_was_there) {
    ::setenv("LOOPSCOPE_TEST_OWN", "kept", 1);
    ::setenv("LOOPSCOPE_TEST_SAID", "before", 1);
    EXPECT_EQ(said_by("echo $LOOPSCOPE_TEST_OWN $LOOPSCOPE_TEST_SAID; env | grep -c ^LOOPSCOPE_TEST_SAID=",
                      {.environment = {"LOOPSCOPE_TEST_SAID=now"}}),
              "kept now\n1\n");
    ::unsetenv("LOOPSCOPE_TEST_OWN");
    ::unsetenv("LOOPSCOPE_TEST_SAID");
}

TEST(ChildProcess, that_leads_a_group_is_killed_with_what_it_has_started) {
    const TemporaryFolder folder;
    const std::filesystem::path said = folder.path() / "said";
    ChildProcess child =
        ChildProcess::start({"sh", "-c", "sh -c 'echo $$; while :; do sleep 1; done' & wait"},
                            {.leads_group = true, .output = said})
            .value();
    while (!text_of_file(said).ends_with('\n')) child.wait(1);
    const pid_t started = std::stoi(text_of_file(said));
    EXPECT_EQ(::getpgid(started), child.id());
    child.kill();
    // Its parent is gone, and whoever has inherited it may let it lie.
    const auto lives = [started] {
        const std::string status = text_of_file("/proc/" + std::to_string(started) + "/stat");
        return !status.empty() && status.find(") Z ") == std::string::npos;
    };
    while (lives()) ::usleep(1000);
    EXPECT_EQ(child.signal(), SIGKILL);
}

TEST(ChildProcess, that_cannot_be_started_is_an_error_that_names_it) {
    const auto child = ChildProcess::start({"/nonexistent/program"}, {.is_repeatable = true});
    ASSERT_FALSE(child);
    EXPECT_EQ(child.error().message.find("cannot start /nonexistent/program"), 0u);
}

}  // namespace
}  // namespace loopscope
