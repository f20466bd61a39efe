#include "app/timeline/theme.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::timeline {
namespace {

using trace::Storage;

std::uint32_t packed(Color color) {
    return std::uint32_t{color.red} << 16 | std::uint32_t{color.green} << 8 | color.blue;
}

TEST(Theme, gives_a_root_task_and_its_descendants_one_hue_and_each_chain_another) {
    const session::Session session = session::finished_seed();
    std::set<std::uint32_t> hues;
    for (std::uint32_t root = 1; root <= 4; ++root) {
        const Color hue = hue_of(Theme::dark_theme(), session.index(), TaskId{root});
        EXPECT_EQ(hue_of(Theme::dark_theme(), session.index(), TaskId{root + 4}), hue);
        hues.insert(packed(hue));
    }
    EXPECT_EQ(hues.size(), 4u);
}

TEST(Theme, gives_siblings_below_main_the_hues_that_they_have_as_roots) {
    session::Session session(session::setup_of("indication-main", Storage::global));
    run(session);
    const session::Session roots = session::finished_seed();
    for (std::uint32_t task = 1; task <= 4; ++task) {
        EXPECT_EQ(hue_of(Theme::dark_theme(), session.index(), TaskId{task + 1}),
                  hue_of(Theme::dark_theme(), roots.index(), TaskId{task}));
    }
}

TEST(Theme, has_no_hue_for_main_and_for_no_task) {
    session::Session session(session::setup_of("indication-main", Storage::global));
    run(session);
    std::set<std::uint32_t> hues;
    for (const Color hue : Theme::dark_theme().hues) hues.insert(packed(hue));
    EXPECT_EQ(hues.size(), Theme::dark_theme().hues.size());
    for (const TaskId task : {TaskId{}, TaskId{1}, TaskId{99}}) {
        EXPECT_FALSE(hues.contains(packed(hue_of(Theme::dark_theme(), session.index(), task)))) << task.value;
    }
}

}  // namespace
}  // namespace loopscope::timeline
