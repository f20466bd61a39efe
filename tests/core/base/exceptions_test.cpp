#include "core/base/exceptions.hpp"

#include <new>
#include <stdexcept>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

std::string_view name_of(const auto& error) {
    return exception_name(std::make_exception_ptr(error));
}

TEST(Exceptions, are_called_what_python_calls_them) {
    EXPECT_EQ(name_of(CancelledError()), "CancelledError");
    EXPECT_EQ(name_of(ValueError()), "ValueError");
    EXPECT_EQ(name_of(RuntimeError()), "RuntimeError");
    EXPECT_EQ(name_of(AttributeError()), "AttributeError");
    EXPECT_EQ(name_of(TimeoutError()), "TimeoutError");
    EXPECT_EQ(name_of(InvalidStateError()), "InvalidStateError");
}

TEST(Exceptions, of_cplusplus_are_just_exceptions) {
    EXPECT_EQ(name_of(std::runtime_error("x")), "Exception");
    EXPECT_EQ(name_of(42), "Exception");
    EXPECT_EQ(exception_name(nullptr), "");
}

TEST(Exceptions, let_cancellation_pass_where_others_are_handled) {
    EXPECT_FALSE((std::is_base_of_v<Exception, CancelledError>));
    EXPECT_TRUE(is_cancelled_error(std::make_exception_ptr(CancelledError())));
    EXPECT_FALSE(is_cancelled_error(std::make_exception_ptr(ValueError())));
    EXPECT_FALSE(is_cancelled_error(nullptr));
}

TEST(Exceptions, are_put_into_words_as_a_traceback_ends) {
    const auto text_of = [](const auto& error) { return exception_text(std::make_exception_ptr(error)); };
    EXPECT_EQ(text_of(ValueError("no luck")), "ValueError: no luck");
    EXPECT_EQ(text_of(ValueError()), "ValueError");
    EXPECT_EQ(text_of(std::runtime_error("no luck")), "Exception: no luck");
    EXPECT_EQ(text_of(std::bad_alloc()), "MemoryError");
    EXPECT_EQ(text_of(42), "Exception");
    EXPECT_EQ(exception_text(nullptr), "");
}

TEST(Exceptions, carry_their_message) {
    EXPECT_STREQ(ValueError("no task is running").what(), "no task is running");
}

}  // namespace
}  // namespace loopscope
