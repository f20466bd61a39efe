#include "core/context/context_vars.hpp"

#include <gtest/gtest.h>

#include "tests/core/context/variables.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::context {
namespace {

TEST(ContextVars, as_a_copy_have_what_was_set_before) {
    ContextVars parent;
    parent.set(symbol, written_by(1));
    EXPECT_EQ(parent.copy().get(symbol), written_by(1));
    EXPECT_EQ(parent.copy().copy().get(symbol), written_by(1));
}

TEST(ContextVars, and_a_copy_do_not_see_each_others_later_writes) {
    ContextVars parent;
    parent.set(symbol, written_by(1));
    ContextVars child = parent.copy();
    child.set(symbol, written_by(2));
    EXPECT_EQ(parent.get(symbol), written_by(1));
    parent.set(symbol, written_by(3));
    EXPECT_EQ(child.get(symbol), written_by(2));
}

TEST(ContextVars, that_never_wrote_do_not_see_a_later_write_of_their_original) {
    ContextVars parent;
    const ContextVars child = parent.copy();
    const ContextVars grandchild = child.copy();
    parent.set(symbol, written_by(1));
    EXPECT_FALSE(child.get(symbol));
    EXPECT_FALSE(grandchild.get(symbol));
}

TEST(ContextVars, given_the_same_context_see_each_others_writes) {
    const Ref<Context> context(new Context);
    ContextVars first(context);
    ContextVars second(context);
    first.set(symbol, written_by(1));
    EXPECT_EQ(second.get(symbol), written_by(1));
    second.set(symbol, written_by(2));
    EXPECT_EQ(first.get(symbol), written_by(2));
    EXPECT_EQ(context->get(symbol), written_by(2));
}

TEST(ContextVars, are_one_object_however_often_it_is_asked_for) {
    ContextVars vars;
    const Ref<Context> before = vars.context();
    vars.set(symbol, written_by(1));
    EXPECT_EQ(vars.context(), before);
    EXPECT_EQ(before->get(symbol), written_by(1));
    EXPECT_NE(vars.copy().context(), before);
}

TEST(ContextVars, become_an_object_with_all_that_was_copied) {
    ContextVars parent;
    parent.set(symbol, written_by(1));
    ContextVars child = parent.copy();
    EXPECT_EQ(child.context()->get(symbol), written_by(1));
    ContextVars beside(child.context());
    beside.set(symbol, written_by(2));
    EXPECT_EQ(child.get(symbol), written_by(2));
    EXPECT_EQ(parent.get(symbol), written_by(1));
}

}  // namespace
}  // namespace loopscope::context
