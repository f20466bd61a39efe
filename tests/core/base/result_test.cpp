#include "core/base/result.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

Result<std::unique_ptr<int>> number(bool there) {
    if (!there) return fail("there is no number; make one", Error::Code::not_found);
    return std::make_unique<int>(7);
}

Result<int> doubled(bool there) {
    LOOPSCOPE_TRY(found, number(there));
    *found *= 2;
    return *found;
}

Result<std::string> checked(bool there) {
    LOOPSCOPE_CHECK(number(there));
    return "it is there";
}

TEST(Result, is_taken_apart_where_it_is_a_value) {
    EXPECT_EQ(doubled(true), 14);
    EXPECT_EQ(checked(true), "it is there");
}

TEST(Result, is_handed_on_with_its_code_where_it_is_an_error) {
    const Error expected{"there is no number; make one", Error::Code::not_found};
    ASSERT_FALSE(doubled(false));
    EXPECT_EQ(doubled(false).error(), expected);
    ASSERT_FALSE(checked(false));
    EXPECT_EQ(checked(false).error(), expected);
}

TEST(Result, has_a_code_only_where_somebody_gave_one) {
    EXPECT_EQ(fail("it went wrong").value().code, Error::Code::other);
}

}  // namespace
}  // namespace loopscope
