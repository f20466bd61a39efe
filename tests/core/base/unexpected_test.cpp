#include "core/base/unexpected.hpp"

#include <new>
#include <stdexcept>
#include <system_error>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope {
namespace {

using testing::HasSubstr;

std::string said_of(const auto& error) {
    return unexpected_error(std::make_exception_ptr(error)).message;
}

TEST(UnexpectedError, says_what_there_was_not_enough_of) {
    EXPECT_THAT(said_of(std::bad_alloc()), HasSubstr("not enough memory"));
    EXPECT_THAT(said_of(std::bad_array_new_length()), HasSubstr("not enough memory"));
    const auto again = std::make_error_code(std::errc::resource_unavailable_try_again);
    EXPECT_THAT(said_of(std::system_error(again)), HasSubstr("no thread could be started"));
}

TEST(UnexpectedError, says_otherwise_what_the_exception_says) {
    EXPECT_THAT(said_of(std::runtime_error("no luck")), HasSubstr("no luck"));
    EXPECT_THAT(said_of(std::system_error(std::make_error_code(std::errc::io_error))), HasSubstr("rror"));
    EXPECT_FALSE(said_of(42).empty());
}

}  // namespace
}  // namespace loopscope
