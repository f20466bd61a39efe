#include "app/panels/demo.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string with(std::string_view steps) {
    return "---\ntitle: T\nprogram: indication\nstorage: thread-local\n---\n" + std::string(steps);
}

std::string error_of(const std::string& text) {
    const auto demo = Demo::parse("x.md", text);
    return demo ? "it is one" : demo.error().message;
}

TEST(Demo, does_commands_by_their_names_and_waits_between_those_that_are_repeated) {
    auto demo = Demo::parse(
        "x.md", with("## One\n- do: Next print\n- wait: 2\n- do: 3 times Next leak\n\nSee\nthis.\n## Two\n"));
    ASSERT_TRUE(demo) << demo.error().message;
    EXPECT_EQ(demo->setup.storage, trace::Storage::thread_local_);
    EXPECT_DOUBLE_EQ(demo->length(), 2 + 2 * 0.15);
    DemoRun run(std::move(*demo));
    EXPECT_EQ(run.heading(), "T");
    EXPECT_THAT(run.next(), ElementsAre(Action::print_forward));
    EXPECT_EQ(run.caption(), "See this.");
    EXPECT_THAT(run.tick(1.5), ElementsAre());
    EXPECT_THAT(run.tick(0.6), ElementsAre(Action::leak_forward));
    EXPECT_THAT(run.tick(0.2), ElementsAre(Action::leak_forward));
    EXPECT_TRUE(run.running());
    EXPECT_THAT(run.next(), ElementsAre(Action::leak_forward)) << "what is left is done at once";
    EXPECT_FALSE(run.running());
    EXPECT_EQ(run.heading(), "Two");
    EXPECT_TRUE(run.at_end());
    EXPECT_THAT(run.next(), ElementsAre());
}

TEST(Demo, has_no_more_steps_and_commands_than_somebody_watches) {
    std::string lines;
    for (int each = 0; each < 3; ++each) lines += "- do: 1000 times Next print\n";
    EXPECT_THAT(error_of(with("## One\n" + lines)),
                StartsWith("x.md:9: the demo has more than 4000 commands and waits"));
    EXPECT_THAT(error_of(with("## One\n" + lines.substr(0, lines.size() / 3) + "## Two\n" + lines)),
                StartsWith("x.md:10: "));
    std::string waits;
    for (int each = 0; each < 4001; ++each) waits += "- wait: 1\n";
    EXPECT_THAT(error_of(with("## One\n" + waits)), StartsWith("x.md:4007: "));
    std::string headings;
    for (int each = 0; each < 201; ++each) headings += "## " + std::to_string(each) + "\n";
    EXPECT_THAT(error_of(with(headings)),
                StartsWith("x.md:206: this is heading 201, but only 200 are allowed"));
}

TEST(Demo, says_which_line_is_wrong_and_what_to_write_instead) {
    EXPECT_THAT(error_of(with("")), HasSubstr("'- do: Next print'"));
    EXPECT_THAT(error_of(with("## One\n- do: next prin\n")), StartsWith("x.md:7: "));
    EXPECT_THAT(error_of(with("## One\n- do: next prin\n")), HasSubstr("write 'Next print'"));
    EXPECT_THAT(error_of(with("## One\n- do: Dance\n")), HasSubstr("Ctrl Shift P"));
    EXPECT_THAT(error_of(with("## One\n- do: 0 times Next print\n")), HasSubstr("1 to 1000"));
    EXPECT_THAT(error_of(with("## One\n- wait: 61\n")), HasSubstr("at most 60"));
    EXPECT_THAT(error_of(with("## One\n- wait: nan\n")), HasSubstr("at most 60"));
    EXPECT_THAT(error_of(with("## One\n- ask: next print\n")), HasSubstr("write one of: do, wait"));
    EXPECT_THAT(error_of("---\ntitle: x\n---\n## One\n"), HasSubstr("'program: indication'"));
}

TEST(Demo, of_the_post_is_told_in_less_than_a_minute) {
    const auto demo = Demo::parse("post", Demo::embedded("post.md"));
    ASSERT_TRUE(demo) << demo.error().message;
    EXPECT_GE(demo->steps.size(), 4U);
    EXPECT_LT(demo->length(), 30) << "and as long again for the teacher's words";
}

}  // namespace
}  // namespace loopscope::panels
