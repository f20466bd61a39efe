#include "core/intake/whole_handles.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace loopscope::intake {
namespace {

Spool_record record_of(std::uint32_t kind, std::uint32_t a = 0) {
    return {kind, 0, a, 0};
}

std::vector<Spool_record> records_of(std::initializer_list<std::uint32_t> kinds) {
    std::vector<Spool_record> records;
    for (const std::uint32_t kind : kinds) records.push_back(record_of(kind));
    return records;
}

std::size_t handed_on(WholeHandles& whole, std::initializer_list<std::uint32_t> kinds) {
    return whole.add(records_of(kinds)).size();
}

TEST(WholeHandles, hands_on_what_stands_before_the_first_iteration) {
    WholeHandles whole;
    EXPECT_EQ(handed_on(whole, {SPOOL_LOOP, SPOOL_TASK, SPOOL_WAKE, SPOOL_CLOCK, SPOOL_ITERATION}), 3);
    EXPECT_EQ(whole.release().size(), 2);
}

TEST(WholeHandles, ends_with_the_handle_that_has_ended) {
    WholeHandles whole;
    EXPECT_EQ(handed_on(whole, {SPOOL_ITERATION, SPOOL_RUN, SPOOL_GET}), 0);
    EXPECT_TRUE(whole.is_inside_handle());
    EXPECT_EQ(handed_on(whole, {SPOOL_WAIT, SPOOL_RAN, SPOOL_IO, SPOOL_ITERATION}), 5);
    EXPECT_FALSE(whole.is_inside_handle());
    EXPECT_EQ(handed_on(whole, {SPOOL_RUN, SPOOL_RAN}), 4);
}

TEST(WholeHandles, waits_for_the_outermost_of_nested_steps) {
    WholeHandles whole;
    EXPECT_EQ(handed_on(whole, {SPOOL_ITERATION, SPOOL_RUN, SPOOL_RUN, SPOOL_RAN}), 0);
    EXPECT_EQ(handed_on(whole, {SPOOL_RAN}), 5);
}

TEST(WholeHandles, takes_what_an_exception_said_with_the_handle_that_raised_it) {
    WholeHandles whole;
    EXPECT_EQ(handed_on(whole, {SPOOL_ITERATION, SPOOL_RUN, SPOOL_RAN}), 3);
    EXPECT_EQ(handed_on(whole, {SPOOL_MESSAGE, SPOOL_CLOCK}), 1);
}

TEST(WholeHandles, does_not_take_the_bytes_of_a_text_for_records) {
    WholeHandles whole;
    std::vector<Spool_record> records = records_of({SPOOL_ITERATION, SPOOL_RUN});
    records.push_back(record_of(SPOOL_STRING, 17));  // bytes, in two records
    records.push_back(record_of(SPOOL_RAN));
    EXPECT_EQ(whole.add(records).size(), 0);
    EXPECT_EQ(handed_on(whole, {SPOOL_RUN}), 0);  // the second one of bytes
    EXPECT_EQ(handed_on(whole, {SPOOL_RAN}), 6);
}

TEST(WholeHandles, does_not_hold_without_end) {
    WholeHandles whole;
    handed_on(whole, {SPOOL_ITERATION, SPOOL_RUN});
    std::size_t records = 0;
    for (int each = 0; each < 100'000; ++each) records += handed_on(whole, {SPOOL_GET});
    EXPECT_GT(records, 50'000);
}

TEST(WholeHandles, gives_all_in_order) {
    WholeHandles whole;
    std::vector<std::uint32_t> kinds;
    const auto note = [&](std::span<const Spool_record> records) {
        for (const Spool_record& each : records) kinds.push_back(each.head);
    };
    note(whole.add(records_of({SPOOL_TASK, SPOOL_ITERATION})));
    note(whole.add(records_of({SPOOL_RUN, SPOOL_RAN, SPOOL_IO})));
    note(whole.release());
    note(whole.add(records_of({SPOOL_RUN, SPOOL_RAN})));
    EXPECT_EQ(kinds, (std::vector<std::uint32_t>{SPOOL_TASK, SPOOL_ITERATION, SPOOL_RUN, SPOOL_RAN, SPOOL_IO,
                                                 SPOOL_RUN, SPOOL_RAN}));
}

}  // namespace
}  // namespace loopscope::intake
