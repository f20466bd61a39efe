#include "core/trace/namesakes.hpp"

#include <gtest/gtest.h>

namespace loopscope::trace {
namespace {

constexpr StringId worker{1};
constexpr StringId a{2};
constexpr StringId b{3};

TEST(NamesakesTest, numbers_those_of_one_name_as_they_come) {
    Namesakes namesakes;
    EXPECT_EQ(namesakes.add(worker, a), 1U);
    EXPECT_EQ(namesakes.add(worker, b), 1U) << "another part is another name";
    EXPECT_EQ(namesakes.add(worker, a), 2U);
    EXPECT_EQ(namesakes.count(worker, a), 2U);
    EXPECT_EQ(namesakes.count(worker, {}), 0U);
}

TEST(NamesakesTest, gives_no_number_twice_and_takes_back_the_last_one) {
    Namesakes namesakes;
    for (int each = 0; each < 3; ++each) namesakes.add(worker, {});
    namesakes.remove(worker, {}, 1);
    EXPECT_EQ(namesakes.add(worker, {}), 4U);
    namesakes.remove(worker, {}, 4);
    EXPECT_EQ(namesakes.add(worker, {}), 4U);
    EXPECT_EQ(namesakes.count(worker, {}), 3U);
    for (const std::uint32_t number : {2U, 3U, 4U}) namesakes.remove(worker, {}, number);
    EXPECT_EQ(namesakes.add(worker, {}), 1U) << "nobody is called so any more";
}

TEST(NamesakesTest, says_when_those_that_were_counted_come_to_be_called_otherwise) {
    Namesakes namesakes;
    namesakes.add(worker, a);
    EXPECT_EQ(namesakes.changes(), 0U);
    namesakes.add(worker, a);
    EXPECT_EQ(namesakes.changes(), 1U) << "the first one is numbered now";
    namesakes.add(worker, a);
    EXPECT_EQ(namesakes.changes(), 1U);
    namesakes.remove(worker, a, 3);
    EXPECT_EQ(namesakes.changes(), 2U);
}

}  // namespace
}  // namespace loopscope::trace
