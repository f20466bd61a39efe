#include "app/timeline/axis.hpp"

#include <random>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::Storage;

struct Case {
    AxisKind kind;
    const char* program;
    std::vector<scenario::Setting> settings = {};
};

void PrintTo(const Case& test, std::ostream* out) {
    *out << (test.kind == AxisKind::sequence ? "sequence" : "time") << " axis of " << test.program;
}

class AxisTest : public testing::TestWithParam<Case> {
  protected:
    AxisTest() : session_(session::setup_of(GetParam().program, Storage::global, GetParam().settings)) {
        run(session_);
    }

    [[nodiscard]] EventIndex end() const { return session_.log().end_index(); }

    Session session_;
    Axis axis_{GetParam().kind, session_.log(), session_.index()};
};

INSTANTIATE_TEST_SUITE_P(
    Kinds, AxisTest,
    testing::Values(Case{AxisKind::sequence, "indication"}, Case{AxisKind::time, "indication"},
                    Case{AxisKind::sequence, "indication-main"}, Case{AxisKind::time, "indication-main"},
                    Case{AxisKind::sequence, "threads"}, Case{AxisKind::time, "threads"},
                    Case{AxisKind::time, "indication", {{"step-cost", "0"}}},
                    Case{AxisKind::time, "indication", {{"duration", "3600"}, {"interval", "30"}}}));

TEST_P(AxisTest, never_goes_back_from_an_event_to_the_next) {
    for (EventIndex event{1}; event < end(); ++event)
        ASSERT_GE(axis_.at(event), axis_.at(event - 1)) << event.value;
    EXPECT_GE(axis_.at(EventIndex{0}), 0);
    EXPECT_LE(axis_.at(session_.head()), axis_.end());
}

TEST_P(AxisTest, finds_an_event_where_it_says_that_it_is) {
    for (EventIndex event; event < end(); ++event)
        ASSERT_EQ(axis_.at(axis_.event_near(axis_.at(event))), axis_.at(event)) << event.value;
}

TEST_P(AxisTest, finds_the_nearest_event) {
    std::mt19937_64 random(3);  // NOLINT(bugprone-random-generator-seed): the same ticks every time
    for (int each = 0; each < 100; ++each) {
        const auto tick =
            static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(axis_.end() + axis_.end() / 8)) -
            axis_.end() / 16;
        std::int64_t nearest = std::abs(axis_.at(EventIndex{0}) - tick);
        for (EventIndex event{1}; event < end(); ++event)
            nearest = std::min(nearest, std::abs(axis_.at(event) - tick));
        ASSERT_EQ(std::abs(axis_.at(axis_.event_near(tick)) - tick), nearest) << tick;
    }
}

TEST_P(AxisTest, finds_the_first_event_from_a_position_on) {
    for (EventIndex event; event < end(); ++event) {
        for (const std::int64_t tick : {axis_.at(event) - 1, axis_.at(event), axis_.at(event) + 1}) {
            const EventIndex first = axis_.first_at(tick);
            ASSERT_TRUE(first == end() || axis_.at(first) >= tick) << tick;
            ASSERT_TRUE(!first || axis_.at(first - 1) < tick) << tick;
        }
    }
}

TEST_P(AxisTest, has_handles_that_do_not_overlap) {
    const HandleIndex last = session_.index().handles().end_index();
    for (HandleIndex handle; handle < last; ++handle) {
        ASSERT_LE(axis_.begin_of(handle), axis_.end_of(handle));
        ASSERT_TRUE(handle == HandleIndex{} || axis_.end_of(handle - 1) <= axis_.begin_of(handle))
            << handle.value;
        ASSERT_LE(axis_.end_of(handle), axis_.end());
    }
}

TEST_P(AxisTest, has_a_handle_s_events_within_it) {
    for (HandleIndex handle; handle < session_.index().handles().end_index(); ++handle) {
        for (EventIndex event = session_.index().handles().first(handle);
             event <= session_.index().last_event(handle); ++event) {
            ASSERT_GE(axis_.at(event), axis_.begin_of(handle)) << event.value;
            ASSERT_LE(axis_.at(event), axis_.end_of(handle)) << event.value;
        }
    }
}

TEST(SequenceAxis, gives_every_step_the_same_width_and_its_events_places_of_their_own) {
    const Session session = session::finished_seed();
    const Axis axis(AxisKind::sequence, session.log(), session.index());
    for (HandleIndex handle; handle < session.index().handles().end_index(); ++handle) {
        const EventIndex first = session.index().handles().first(handle);
        const bool step = session.log()[first].kind() == trace::Kind::step;
        ASSERT_EQ(axis.end_of(handle) - axis.begin_of(handle), (step ? 4 : 1) * Axis::quarter)
            << handle.value;
        for (EventIndex event = first; event <= session.index().last_event(handle); ++event) {
            ASSERT_EQ(axis.event_near(axis.at(event)), event);
        }
    }
}

TEST(SequenceAxis, never_goes_back_where_a_job_goes_on_that_another_one_came_between) {
    trace::Log log;
    log.emit(trace::Kind::begin);
    const auto print_on = [&](std::uint32_t thread, bool begins) {
        log.emit(trace::Kind::thread, thread, log.intern("pool").value);
        if (begins) log.emit(trace::Kind::job, 0, log.intern("load").value);
        log.emit(trace::Kind::print, 0, log.intern("x").value);
        return log.end_index() - 1;
    };
    const EventIndex prints[] = {print_on(2, true), print_on(3, true), print_on(2, false),
                                 print_on(3, false)};
    trace::Index index;
    index.update(log);
    const Axis axis(AxisKind::sequence, log, index);
    for (EventIndex event{1}; event < log.end_index(); ++event)
        ASSERT_GE(axis.at(event), axis.at(event - 1)) << event.value;
    EXPECT_LT(axis.at(prints[0]), axis.at(prints[1]));
    EXPECT_LT(axis.at(prints[1]), axis.at(prints[2])) << "it is said later, so it stands further right";
}

TEST(TimeAxis, is_the_loop_s_clock) {
    const Session session = session::finished_seed();
    const Axis axis(AxisKind::time, session.log(), session.index());
    for (EventIndex event; event < session.log().end_index(); ++event)
        ASSERT_EQ(axis.at(event), session.log().time(event).count());
    EXPECT_EQ(axis.end(), 1'000'017'000);
}

TEST(Axis, of_a_program_that_has_not_begun_is_not_empty) {
    const Session session = session::seed();
    for (const AxisKind kind : {AxisKind::sequence, AxisKind::time}) {
        const Axis axis(kind, session.log(), session.index());
        EXPECT_GT(axis.end(), 0);
        EXPECT_LT(axis.event_near(1'000'000), session.log().end_index());
    }
}

}  // namespace
}  // namespace loopscope::timeline
