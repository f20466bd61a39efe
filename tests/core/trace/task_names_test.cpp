#include "core/trace/task_names.hpp"

#include <gtest/gtest.h>

#include "core/trace/log.hpp"

namespace loopscope::trace {
namespace {

class TaskNamesTest : public testing::Test {
  protected:
    StringId add(std::string_view coroutine) {
        const StringId name = log_.intern(coroutine);
        names_.learn(log_, name);
        return name;
    }
    [[nodiscard]] std::string_view shown(StringId name) const {
        return log_.strings()[name].substr(names_.useful_end(name));
    }

    Log log_;
    TaskNames names_;
};

TEST_F(TaskNamesTest, of_a_qualified_name_the_end_is_shown) {
    EXPECT_EQ(shown(add("Outer.<locals>.Handler.start")), "Handler.start");
    EXPECT_EQ(shown(add("main.<locals>.fetch")), "fetch");
    EXPECT_EQ(shown(add("AppRunner.setup")), "AppRunner.setup");
    EXPECT_EQ(shown(add("One.Two.Three.run")), "Three.run");
    EXPECT_EQ(shown(add("main.<locals>.<lambda>")), "<lambda>");
    EXPECT_EQ(shown(add("sleep")), "sleep");
}

TEST_F(TaskNamesTest, ends_that_coroutines_have_in_common_are_shown_with_what_is_before_them) {
    const StringId first = add("first.<locals>.fetch");
    EXPECT_EQ(shown(first), "fetch");
    const StringId second = add("second.<locals>.fetch");
    EXPECT_EQ(shown(first), "first.<locals>.fetch");
    EXPECT_EQ(shown(second), "second.<locals>.fetch");
    const StringId plain = add("fetch");
    EXPECT_EQ(shown(plain), "fetch") << "this is all that it has";
    const StringId third = add("third.<locals>.fetch");
    EXPECT_EQ(shown(third), "third.<locals>.fetch");
}

TEST_F(TaskNamesTest, as_much_is_shown_as_tells_names_apart_and_no_more) {
    const StringId first = add("a.<locals>.Pool.Worker.run");
    const StringId second = add("a.<locals>.Crew.Worker.run");
    const StringId third = add("b.<locals>.Crew.Worker.run");
    EXPECT_EQ(shown(first), "Pool.Worker.run");
    EXPECT_EQ(shown(second), "a.<locals>.Crew.Worker.run");
    EXPECT_EQ(shown(third), "b.<locals>.Crew.Worker.run");
}

TEST_F(TaskNamesTest, what_is_no_qualified_name_is_shown_whole) {
    for (const std::string_view name : {"GET /a.b.c", "", ".", "..", "a.", ".a", "a..b"})
        EXPECT_EQ(log_.strings()[add(name)].substr(names_.useful_end(log_.intern(name))).empty(),
                  name.empty());
    const std::string lengthy(100'000, 'a');
    EXPECT_EQ(shown(add("x.<locals>." + lengthy)).size(), lengthy.size() + 11);
    EXPECT_EQ(shown(add("GET /a.<locals>.c")), "GET /a.<locals>.c");
}

}  // namespace
}  // namespace loopscope::trace
