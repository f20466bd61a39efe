#include "core/base/temporary_name.hpp"

#include <fstream>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/base/temporary_folder.hpp"

namespace loopscope {
namespace {

namespace fs = std::filesystem;

class TemporaryNameTest : public testing::Test {
  protected:
    [[nodiscard]] TemporaryName make(const std::string& name) const {
        TemporaryName temporary(folder.path() / name);
        std::ofstream(temporary.path()) << "x";
        return temporary;
    }
    [[nodiscard]] bool exists(const std::string& name) const { return fs::exists(folder.path() / name); }

    TemporaryFolder folder;
};

TEST_F(TemporaryNameTest, goes_with_its_object_unless_it_is_forgotten) {
    std::optional<TemporaryName> gone(make("gone"));
    std::optional<TemporaryName> stays(make("stays"));
    stays->forget();
    gone.reset();
    stays.reset();
    EXPECT_FALSE(exists("gone"));
    EXPECT_TRUE(exists("stays"));
}

TEST_F(TemporaryNameTest, goes_with_all_others_when_a_signal_ends_the_process) {
    const TemporaryName one = make("one");
    TemporaryName stays = make("stays");
    const TemporaryName other = make("other");
    stays.forget();
    TemporaryName::remove_all();
    EXPECT_FALSE(exists("one"));
    EXPECT_FALSE(exists("other"));
    EXPECT_TRUE(exists("stays"));
}

TEST_F(TemporaryNameTest, may_be_one_of_many_one_after_the_other) {
    for (int round = 0; round < 100; ++round) {
        const TemporaryName name = make("name");
        TemporaryName::remove_all();
        EXPECT_FALSE(exists("name")) << round;
    }
}

}  // namespace
}  // namespace loopscope
