#include "core/context/bindings.hpp"

#include <gtest/gtest.h>

#include "tests/core/context/variables.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::context {
namespace {

constexpr VariableId symbol{1};
constexpr VariableId user{2};
constexpr VariableId far{200};

TEST(Bindings, have_an_empty_cell_for_what_was_never_set) {
    Bindings bindings;
    EXPECT_TRUE(bindings.empty());
    EXPECT_FALSE(bindings.get(symbol));
    bindings.set(user, written_by(7));
    EXPECT_FALSE(bindings.empty());
    EXPECT_FALSE(bindings.get(symbol));
    EXPECT_FALSE(bindings.get(far));
}

TEST(Bindings, keep_the_last_write_of_each_variable) {
    Bindings bindings;
    bindings.set(symbol, written_by(1));
    bindings.set(far, written_by(2));
    bindings.set(symbol, written_by(3));
    EXPECT_EQ(bindings.get(symbol), written_by(3));
    EXPECT_EQ(bindings.get(far), written_by(2));
}

TEST(Bindings, as_a_copy_do_not_see_later_writes) {
    Bindings original;
    original.set(symbol, written_by(1));
    const Bindings copy = original;
    original.set(symbol, written_by(2));
    original.set(user, written_by(3));
    EXPECT_EQ(copy.get(symbol), written_by(1));
    EXPECT_FALSE(copy.get(user));
    EXPECT_EQ(original.get(symbol), written_by(2));
}

TEST(Bindings, as_a_copy_leave_the_original_as_it_is) {
    Bindings original;
    original.set(symbol, written_by(1));
    original.set(user, written_by(2));
    Bindings copy = original;
    copy.set(symbol, written_by(3));
    EXPECT_EQ(original.get(symbol), written_by(1));
    EXPECT_EQ(copy.get(symbol), written_by(3));
    EXPECT_EQ(copy.get(user), written_by(2));
}

TEST(Bindings, of_many_copies_are_independent) {
    Bindings base;
    base.set(symbol, written_by(1));
    std::vector<Bindings> copies(10, base);
    for (std::uint32_t each = 0; each < copies.size(); ++each)
        copies[each].set(symbol, written_by(100 + each));
    for (std::uint32_t each = 0; each < copies.size(); ++each)
        EXPECT_EQ(copies[each].get(symbol), written_by(100 + each));
    EXPECT_EQ(base.get(symbol), written_by(1));
}

}  // namespace
}  // namespace loopscope::context
