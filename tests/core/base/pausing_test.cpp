// SPDX-License-Identifier: MIT
#include "core/base/pausing.hpp"

#include <memory>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "core/base/result.hpp"

namespace loopscope {
namespace {

Pausing<int> counts_to(int last, std::string& said) {
    for (int each = 1; each < last; ++each) {
        said += std::to_string(each);
        co_await Pause();
    }
    said += std::to_string(last);
    co_return last;
}

Pausing<int> counts_twice(std::string& said) {
    const int first = co_await counts_to(2, said);
    co_await Pause();
    said += '-';
    co_return first + co_await counts_to(3, said);
}

TEST(Pausing, does_nothing_until_it_is_asked_to) {
    std::string said;
    const auto work = counts_to(3, said);
    EXPECT_EQ(said, "");
}

TEST(Pausing, goes_on_where_it_has_paused_also_in_what_it_awaits) {
    std::string said;
    auto work = counts_twice(said);
    std::string between;
    while (work.advance()) between += said + " ";
    EXPECT_EQ(between, "1 12 12-1 12-12 ");
    EXPECT_EQ(said, "12-123");
    EXPECT_EQ(work.take(), 5);
}

TEST(Pausing, works_to_the_end_in_one_go) {
    std::string said;
    EXPECT_EQ(counts_twice(said).complete(), 5);
    EXPECT_EQ(said, "12-123");
}

Pausing<> fails_after_a_pause() {
    co_await Pause();
    throw std::runtime_error("no luck");
}

Pausing<std::string> hears_of_it() {
    try {
        co_await fails_after_a_pause();
    } catch (const std::runtime_error& error) {
        co_return error.what();
    }
    co_return "nothing was thrown";
}

TEST(Pausing, throws_to_whoever_awaits_or_takes) {
    EXPECT_EQ(hears_of_it().complete(), "no luck");
    EXPECT_THROW(fails_after_a_pause().complete(), std::runtime_error);
}

Pausing<Result<int>> doubles(Result<int> given) {
    LOOPSCOPE_CO_TRY(number, std::move(given));
    LOOPSCOPE_CO_CHECK(Result<void>());
    co_return 2 * number;
}

TEST(Pausing, hands_errors_on) {
    EXPECT_EQ(doubles(21).complete(), 42);
    EXPECT_EQ(doubles(fail("there is none")).complete().error().message, "there is none");
}

Pausing<> holds(std::shared_ptr<int> held) {
    co_await Pause();
    static_cast<void>(held);
}

Pausing<> awaits_what_holds(std::shared_ptr<int> held) {
    co_await holds(std::move(held));
}

TEST(Pausing, frees_what_it_holds_when_it_is_left_at_a_pause) {
    const auto held = std::make_shared<int>();
    {
        auto work = awaits_what_holds(held);
        EXPECT_TRUE(work.advance());
        EXPECT_GT(held.use_count(), 1);
    }
    EXPECT_EQ(held.use_count(), 1);
}

}  // namespace
}  // namespace loopscope
