#include "app/platform/interrupt.hpp"

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/temporary_name.hpp"
#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::platform {
namespace {

/// What became of a process that did something, as a shell has it: its exit code, or 128 + the signal that
/// ended it; `killed` says which.
struct Ended {
    int code = 0;
    bool killed = false;

    friend bool operator==(const Ended&, const Ended&) = default;
};

template <class Function>
Ended ended(Function function) {
    const pid_t child = ::fork();
    if (child == 0) {
        for (const int number : {SIGINT, SIGTERM, SIGHUP}) std::signal(number, SIG_DFL);
        function();
        ::_exit(Interrupt::exit_code());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? Ended{WEXITSTATUS(status), false} : Ended{128 + WTERMSIG(status), true};
}

/// Waits for an Interrupt to be told: under the thread sanitizer, handlers run at the next call that may
/// wait.
void wait_for_handler() {
    for (int each = 0; each < 10'000 && !Interrupt::asked(); ++each) ::usleep(1000);
    if (!Interrupt::asked()) ::_exit(1);
}

class InterruptTest : public testing::TestWithParam<int> {};

TEST_P(InterruptTest, asks_for_an_end_and_tells_it_in_the_exit_code) {
    const Ended end = ended([] {
        Interrupt::install();
        const Interrupt interrupt;
        std::raise(GetParam());
        wait_for_handler();
    });
    EXPECT_EQ(end, (Ended{128 + GetParam(), false}));
}

TEST_P(InterruptTest, is_as_always_the_second_time) {
    const Ended end = ended([] {
        Interrupt::install();
        const Interrupt interrupt;
        std::raise(SIGINT);
        wait_for_handler();
        std::raise(GetParam());
        ::sleep(10);  // it ends before
    });
    EXPECT_EQ(end, (Ended{128 + GetParam(), true}));
}

TEST_P(InterruptTest, takes_what_is_temporary_with_it_while_nobody_waits_for_it) {
    const TemporaryFolder folder;
    const Ended end = ended([&] {
        Interrupt::install();
        const TemporaryName name(folder.path() / "temporary");
        std::ofstream(name.path()) << "x";
        std::raise(GetParam());
    });
    EXPECT_EQ(end, (Ended{128 + GetParam(), false}));
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

INSTANTIATE_TEST_SUITE_P(OfEachKind, InterruptTest, testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(Interrupt, of_a_terminal_that_hangs_up_is_ignored_under_nohup) {
    const Ended end = ended([] {
        std::signal(SIGHUP, SIG_IGN);
        Interrupt::install();
        std::raise(SIGHUP);
    });
    EXPECT_EQ(end, (Ended{0, false}));
}

}  // namespace
}  // namespace loopscope::platform
