#include "core/trace/storage.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/describe.hpp"

namespace loopscope::trace {
namespace {

using testing::HasSubstr;

TEST(Storage, is_found_by_the_name_that_it_shows) {
    for (const Storage storage : all_storages) EXPECT_EQ(parse_storage(name(storage)).value(), storage);
}

TEST(Storage, is_found_by_its_name_in_python_spelling) {
    EXPECT_EQ(parse_storage("thread_local").value(), Storage::thread_local_);
    EXPECT_EQ(parse_storage("context_chainmap").value(), Storage::context_chainmap);
}

TEST(Storage, that_does_not_exist_is_answered_with_all_that_do) {
    for (const char* wrong : {"context", "", "Global", "global "}) {
        const auto parsed = parse_storage(wrong);
        ASSERT_FALSE(parsed) << wrong;
        EXPECT_THAT(parsed.error().message, HasSubstr("'" + std::string(wrong) + "'"));
        for (const Storage storage : all_storages) {
            EXPECT_THAT(parsed.error().message, HasSubstr(std::string(name(storage))));
        }
    }
}

TEST(Storage, has_words_of_its_own_for_menus) {
    std::set<std::string_view> words;
    for (const Storage storage : all_storages) {
        words.insert(python_name(storage));
        words.insert(summary(storage));
    }
    EXPECT_EQ(words.size(), 2 * all_storages.size());
    EXPECT_FALSE(words.contains(""));
}

}  // namespace
}  // namespace loopscope::trace
