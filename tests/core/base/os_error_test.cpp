#include "core/base/os_error.hpp"

#include <cerrno>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/source.hpp"
#include "core/base/write_target.hpp"
#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

using testing::HasSubstr;
using Code = Error::Code;

TEST(OsError, tells_the_kinds_apart_for_callers) {
    EXPECT_EQ(read_reason(ENOENT).code, Code::not_found);
    EXPECT_EQ(read_reason(EACCES).code, Code::no_permission);
    EXPECT_EQ(write_reason(ENOSPC, "/tmp").code, Code::no_space);
    EXPECT_EQ(write_reason(EFBIG, "/tmp").code, Code::too_large);
    EXPECT_EQ(write_reason(EROFS, "/tmp").code, Code::no_permission);
    EXPECT_EQ(write_reason(EPIPE, "/tmp").code, Code::io);
}

TEST(OsError, says_for_each_errno_what_to_do) {
    for (int number = 1; number < 134; ++number) {
        EXPECT_THAT(read_reason(number).message, HasSubstr("; ")) << number;
        EXPECT_THAT(write_reason(number, "/tmp").message, HasSubstr("; ")) << number;
    }
}

TEST(OsError, of_a_file_that_is_not_there_names_it) {
    const auto missing = FileSource::open("/nowhere/t.loopscope");
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message,
              "cannot open '/nowhere/t.loopscope': there is no such file; check its name and folder");
    EXPECT_EQ(missing.error().code, Code::not_found);
}

TEST(OsError, of_a_folder_that_is_not_there_names_it) {
    const TemporaryFolder folder;
    const auto target = WriteTarget::find(folder.path() / "gone" / "t.loopscope");
    ASSERT_TRUE(target);
    const Error error = target->cannot_write(ENOENT).value();
    EXPECT_EQ(error.code, Code::not_found);
    EXPECT_THAT(error.message, HasSubstr((folder.path() / "gone").string() + " does not exist"));
}

}  // namespace
}  // namespace loopscope
