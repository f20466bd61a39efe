#include "app/session/outlook.hpp"

#include <gtest/gtest.h>

#include "app/session/drive.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;

TEST(OutlookOfRuns, knows_where_a_run_will_end_before_it_has_begun) {
    for (const scenario::Program* program : scenario::catalogue()) {
        const feed::Setup setup = setup_of(std::string(program->name), Storage::contextvar);
        const auto foreseen = outlook(setup);
        if (!foreseen) continue;
        Session session(setup);
        run(session);
        EXPECT_EQ(foreseen->width, session.index().width()) << program->name;
        EXPECT_EQ(foreseen->time, session.index().time(session.log(), session.head())) << program->name;
    }
    EXPECT_TRUE(outlook(setup_of("indication", Storage::global)));
}

TEST(OutlookOfRuns, says_nothing_of_a_run_that_goes_on_for_longer_than_anybody_could_see_at_once) {
    EXPECT_FALSE(outlook(setup_of("indication", Storage::global, {{"duration", "3600"}})));
}

}  // namespace
}  // namespace loopscope::session
