#include "app/session/tweak.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using scenario::Parameter;
using trace::Storage;

TEST(Tweak, changes_one_parameter_and_leaves_the_rest) {
    const feed::Setup setup = setup_of("indication", Storage::contextvar, {{"symbols", "xy"}});
    const auto changed = with_setting(setup, "interval", "50ms");
    ASSERT_TRUE(changed);
    EXPECT_EQ(setting_of(*changed, "interval"), "50ms");
    EXPECT_EQ(setting_of(*changed, "symbols"), "xy");
    EXPECT_EQ(changed->storage, Storage::contextvar);
    EXPECT_EQ(changed->program, setup.program);
}

TEST(Tweak, says_in_a_sentence_what_a_parameter_may_be) {
    const feed::Setup setup = setup_of("indication", Storage::global);
    EXPECT_EQ(with_setting(setup, "interval", "0").error().message,
              "interval cannot be '0': it has to be a time from 0.001 to 3600 seconds, such as 0.1 or 100ms");
    EXPECT_THAT(with_setting(setup, "nonsense", "0").error().message,
                testing::HasSubstr("there is no parameter 'nonsense'"));
}

TEST(Tweak, has_a_slider_for_every_number_that_stays_within_its_range_and_holds_its_value) {
    for (const scenario::Program* program : scenario::catalogue()) {
        const feed::Setup setup = with_program(feed::Setup{}, *program);
        for (const Parameter& parameter : all_parameters(*program)) {
            if (!is_number(parameter)) continue;
            const double value = number_of(setup, parameter);
            const SliderRange range = slider_range(parameter, value);
            EXPECT_LT(range.from, range.to) << program->name << ", " << parameter.name;
            EXPECT_LE(range.from, value);
            EXPECT_GE(range.to, value);
            EXPECT_GE(range.from, parameter.minimum);
            EXPECT_LE(range.to, parameter.maximum);
            for (const double end : {range.from, value, range.to}) {
                EXPECT_TRUE(with_setting(setup, parameter.name, number_text(parameter, end)))
                    << program->name << ", " << parameter.name << ": " << number_text(parameter, end);
            }
        }
    }
}

TEST(Tweak, in_mid_run_keeps_the_cursor_on_the_same_event) {
    Session session = seed();
    run(session);
    session.seek({300});
    session.retry(with_setting(*session.setup(), "interval", "0.05").value());
    EXPECT_EQ(session.cursor(), EventIndex{300});
    EXPECT_EQ(setting_of(*session.setup(), "interval"), "0.05");
}

TEST(Tweak, that_makes_the_trace_too_short_keeps_as_many_prints_as_there_are) {
    Session session = seed();
    run(session);
    session.retry(with_setting(*session.setup(), "symbols", "a").value());
    EXPECT_EQ(output_until_cursor(session), "aaaaaaaaaa");
    Session early = seed();
    run(early);
    early.seek(early.index().prints().event({4}));
    const EventIndex event = early.cursor();
    early.retry(with_setting(*early.setup(), "duration", "0").value());
    EXPECT_LE(early.cursor(), event);
    EXPECT_LE(early.cursor(), early.head());
}

TEST(Tweak, at_the_start_stays_there) {
    Session session = seed();
    session.retry(with_setting(*session.setup(), "symbols", "0123456789").value());
    EXPECT_EQ(session.cursor(), session.first_event());
    run(session);
    EXPECT_EQ(whole_output(session).substr(0, 3), "999");
}

TEST(Tweak, is_taken_back_to_what_was_remembered_however_often_the_slider_moved) {
    Session session = seed();
    run(session);
    session.seek({250});
    session.remember();
    for (const char* const interval : {"0.2", "0.3", "0.4"})
        session.retry(with_setting(*session.setup(), "interval", interval).value());
    EXPECT_TRUE(session.undo());
    EXPECT_EQ(setting_of(*session.setup(), "interval"), "0.1");
    EXPECT_EQ(session.cursor(), EventIndex{250});
}

}  // namespace
}  // namespace loopscope::session
