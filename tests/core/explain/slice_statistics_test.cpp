#include "core/explain/slice_statistics.hpp"

#include <gmock/gmock.h>

#include "tests/core/trace/hand_written.hpp"

namespace loopscope::explain {
namespace {

using std::chrono::microseconds;
using testing::SizeIs;
using trace::Kind;

/// Two tracks: on the first, `outer` from 0 to 100 µs with two `inner` in it; on the second, an open `inner`.
class SliceStatisticsTest : public trace::HandWritten {
  protected:
    SliceStatisticsTest() {
        add(Kind::track, 1, text("one"));
        add(Kind::track, 2, text("two"));
        outer = at(0, Kind::slice, 1, "outer");
        first_inner = at(20, Kind::slice, 1, "inner");
        middle = at(40, Kind::instant, 2, "now");
        at(50, Kind::slice_end, 1);
        at(60, Kind::slice, 1, "inner");
        at(70, Kind::slice_end, 1);
        outer_end = at(100, Kind::slice_end, 1);
        at(110, Kind::slice, 2, "inner");
        last = at(130, Kind::instant, 1, "over");
    }
    EventIndex at(int microsecond, Kind kind, std::uint32_t track, const char* name = "") {
        log.set_time(microseconds(microsecond));
        return add(kind, track, kind == Kind::slice_end ? 0 : text(name));
    }
    std::vector<NameTimes> rows(EventIndex from, EventIndex to, std::size_t limit = 10) {
        const trace::Index all = index();
        SliceStatistics statistics(log, all, from, to, limit);
        EXPECT_EQ(statistics.poll(log, all, std::chrono::nanoseconds::max()), Status::ended);
        EXPECT_EQ(statistics.progress(), 1);
        return statistics.rows();
    }
    [[nodiscard]] std::string_view name(const NameTimes& times) const { return log.strings()[times.name]; }

    EventIndex outer, first_inner, middle, outer_end, last;
};

TEST_F(SliceStatisticsTest, adds_up_by_name_with_the_largest_first) {
    const auto all = rows(EventIndex{}, last);
    ASSERT_THAT(all, SizeIs(3));
    EXPECT_EQ(all[0].slices, 4U);
    EXPECT_EQ(all[0].total, microseconds(120)) << "what is inside of another slice counts twice";
    EXPECT_EQ(name(all[1]), "outer");
    EXPECT_EQ(all[1].total, microseconds(100));
    EXPECT_EQ(all[1].own, microseconds(60));
    EXPECT_EQ(name(all[2]), "inner");
    EXPECT_EQ(all[2].slices, 3U);
    EXPECT_EQ(all[2].total, microseconds(60)) << "what has no end does not last to the end of the trace";
    EXPECT_EQ(all[2].longest, microseconds(30));
    EXPECT_EQ(rows(EventIndex{}, last, 1).size(), 2U);
}

TEST_F(SliceStatisticsTest, counts_only_what_is_in_the_range) {
    const auto part = rows(middle, outer_end);
    ASSERT_THAT(part, SizeIs(3));
    EXPECT_EQ(part[1].total, microseconds(60));
    EXPECT_EQ(part[1].own, microseconds(40));
    EXPECT_EQ(part[2].slices, 2U);
    EXPECT_EQ(part[2].total, microseconds(20)) << "10 µs are left of the first, 10 µs has the second";
    const auto beginning = rows(outer, first_inner);
    EXPECT_EQ(beginning[1].total, microseconds(20));
    EXPECT_EQ(beginning[1].own, microseconds(20));
}

TEST_F(SliceStatisticsTest, is_done_a_slice_of_time_at_a_time) {
    const trace::Index all = index();
    SliceStatistics statistics(log, all, EventIndex{}, last, 10);
    while (statistics.poll(log, all, std::chrono::nanoseconds(0)) != Status::ended) continue;
    EXPECT_EQ(statistics.rows().size(), 3U);
    SliceStatistics cancelled(log, all, EventIndex{}, last, 10);
    cancelled.cancel();
    EXPECT_EQ(cancelled.poll(log, all, std::chrono::nanoseconds::max()), Status::ended);
}

}  // namespace
}  // namespace loopscope::explain
