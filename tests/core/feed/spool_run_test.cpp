#include "core/feed/spool_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::feed {
namespace {

using testing::HasSubstr;

explore::Ran printing(std::string output) {
    explore::Ran ran;
    ran.observed.output = std::move(output);
    return ran;
}

std::string difference(const explore::Ran& one, const explore::Ran& other) {
    const auto same = check_same(one, other, "app.py");
    return same ? "" : same.error().message;
}

TEST(SpoolRun, leaves_addresses_out_and_other_numbers_in) {
    EXPECT_EQ(without_addresses("<Event object at 0x7f12ab34cd56 [set]>"), "<Event object at 0x… [set]>");
    EXPECT_EQ(without_addresses("0xABCDEF and 0x1f, 0x, 10x123456"), "0x… and 0x1f, 0x, 10x…");
}

TEST(SpoolRun, says_in_what_two_runs_of_the_same_differ) {
    EXPECT_EQ(difference(printing("a\nb"), printing("a\nb")), "");
    EXPECT_THAT(difference(printing("a\nb 1\nc"), printing("a\nb 2\nc")),
                HasSubstr("line 2 of its output is 'b 1', and then 'b 2'"));
    EXPECT_THAT(difference(printing("a\n"), printing("a\nb")),
                HasSubstr("line 2 of its output is '', and then 'b'"));
    explore::Ran failing = printing("a");
    failing.observed.ending = trace::Ending::exception;
    failing.observed.failure = "KeyError at app.py:2";
    EXPECT_THAT(difference(printing("a"), failing),
                HasSubstr("ends with ok, and then with KeyError at app.py:2"));
    explore::Ran choosing = printing("a");
    choosing.points.resize(3);
    EXPECT_THAT(difference(printing("a"), choosing), HasSubstr("0 choices, and then to 3"));
}

}  // namespace
}  // namespace loopscope::feed
