#include "core/base/either_ref.hpp"

#include <gtest/gtest.h>

namespace loopscope {
namespace {

int alive = 0;

template <int Number>
struct Counted : RefCounted<Counted<Number>> {
    Counted() { ++alive; }
    ~Counted() { --alive; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
};
using One = Counted<1>;
using Other = Counted<2>;
using Either = EitherRef<One, Other>;

TEST(EitherRef, owns_what_it_was_given_and_says_which_of_the_two_it_is) {
    {
        auto* const one = new One;
        auto* const other = new Other;
        const Either first = Either::of_first(one);
        const Either second = Either::of_second(other);
        EXPECT_EQ(first.first(), one);
        EXPECT_EQ(first.second(), nullptr);
        EXPECT_EQ(second.first(), nullptr);
        EXPECT_EQ(second.second(), other);
        EXPECT_EQ(alive, 2);
    }
    EXPECT_EQ(alive, 0);
}

TEST(EitherRef, of_nothing_is_none) {
    for (const Either& none : {Either(), Either::of_first(nullptr), Either::of_second(nullptr)}) {
        EXPECT_EQ(none.first(), nullptr);
        EXPECT_EQ(none.second(), nullptr);
    }
}

TEST(EitherRef, shares_when_copied_and_hands_over_when_moved) {
    Either one = Either::of_first(new One);
    Either copy = one;
    EXPECT_FALSE(copy.first()->unique());
    Either moved = std::move(one);
    one = Either();
    EXPECT_EQ(moved.first(), copy.first());
    copy = Either::of_second(new Other);
    EXPECT_TRUE(moved.first()->unique());
    EXPECT_EQ(alive, 2);
    Either& same = copy;
    copy = same;  // assigning to itself has to be harmless
    EXPECT_NE(copy.second(), nullptr);
    moved = {};
    EXPECT_EQ(alive, 1);
    copy = {};
    EXPECT_EQ(alive, 0);
}

TEST(EitherRef, of_one_class_is_an_owner_with_a_flag) {
    const auto flagged = EitherRef<One, One>::of_second(new One);
    EXPECT_EQ(flagged.first(), nullptr);
    EXPECT_EQ(flagged.any(), flagged.second());
}

}  // namespace
}  // namespace loopscope
