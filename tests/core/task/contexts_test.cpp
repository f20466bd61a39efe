// Contexts as objects: Context.run, ctx[var], those that are entered, and aiotask_context's clear.

#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "core/trace/state.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using task::sleep;
using trace::Storage;

class Contexts : public LoopFixture {
  protected:
    Contexts() { storages.select(Storage::contextvar); }
    std::string text(const Value& value) { return std::string(log.strings()[value.text]); }
    std::string now() { return text(symbol_.get()); }

    const Variable symbol_{"symbol", "."};
};

TEST_F(Contexts, are_entered_for_the_length_of_a_call) {
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        const Ref<context::Context> context = copy_context();
        symbol_.set("b");
        const std::string seen = run_in(context, [&] {
            const std::string before = now();
            symbol_.set("c");
            return before;
        });
        EXPECT_EQ(seen, "a");
        EXPECT_EQ(now(), "b");
        EXPECT_EQ(run_in(context, [&] { return now(); }), "c");
        EXPECT_THROW(run_in(context, [] { throw ValueError("inside"); }), ValueError);
        EXPECT_EQ(now(), "b");
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
    trace::State state;
    for (EventIndex at{0}; at < log.end_index(); at = at + 1) state.apply(log[at]);
    const EventIndex shown = state.cell(Storage::contextvar, TaskId{1}, VariableId{1});
    EXPECT_EQ(log.strings()[StringId{log[shown].a}], "b") << "the trace knows what the task sees afterwards";
}

TEST_F(Contexts, are_entered_from_callbacks_and_outside_of_a_loop) {
    const loop::EventLoop::Around around(loop);
    symbol_.set("outside");
    const Ref<context::Context> context = copy_context();
    run_in(context, [&] { symbol_.set("inside"); });
    EXPECT_EQ(now(), "outside");
    loop.call_soon(callback([&] {
        EXPECT_EQ(run_in(context, [&] { return now(); }), "inside");
        EXPECT_EQ(now(), "outside");
    }));
    loop.run();
}

TEST_F(Contexts, cannot_be_entered_twice) {
    const auto main = [&]() -> Coro<> {
        const Ref<context::Context> own = current_task().get_context();
        EXPECT_THROW(run_in(own, [] {}), RuntimeError);
        const Ref<context::Context> other = copy_context();
        run_in(other, [&] {
            EXPECT_THROW(run_in(other, [] {}), RuntimeError);
            EXPECT_THROW(run_in(own, [] {}), RuntimeError) << "the task itself is in it";
        });
        EXPECT_NO_THROW(run_in(other, [] {}));
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(Contexts, that_are_entered_are_refused_to_eager_tasks) {
    loop.set_eager_tasks(true);
    const auto child = []() -> Coro<> { co_return; };
    const auto main = [&]() -> Coro<> {
        const Ref<context::Context> own = current_task().get_context();
        EXPECT_THROW(create_task(child(), {.context = own}), RuntimeError);
        const Ref<context::Context> other = copy_context();
        EXPECT_TRUE(create_task(child(), {.context = other}).done());
        const auto nested = [&]() -> Coro<> {
            EXPECT_THROW(create_task(child(), {.context = own}), RuntimeError) << "of the task that called";
            co_return;
        };
        EXPECT_NO_THROW(create_task(nested(), {.context = other}).result());
        co_await sleep(0);
        loop.set_eager_tasks(false);
        EXPECT_NO_THROW(create_task(child(), {.context = own}));
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(Contexts, tell_what_they_have_without_a_read) {
    const auto main = [&]() -> Coro<> {
        const Ref<context::Context> before = copy_context();
        symbol_.set("a");
        const Ref<context::Context> after = copy_context();
        EXPECT_FALSE(symbol_.is_in(before));
        EXPECT_TRUE(symbol_.is_in(after));
        EXPECT_THROW(static_cast<void>(symbol_.get_in(before)), KeyError);
        EXPECT_EQ(text(symbol_.get_in(before, "-")), "-");
        EXPECT_EQ(text(symbol_.get_in(after)), "a");
        EXPECT_EQ(text(symbol_.get_in(after, "-")), "a");
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_TRUE(trace::all_of_kind(log, trace::Kind::get).empty());
}

TEST_F(Contexts, of_tasks_are_cleared_and_nothing_else_is) {
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        co_await create_task([&]() -> Coro<> {
            symbol_.set("b");
            clear_task_context();
            for (const Storage storage : trace::all_storages) {
                storages.select(storage);
                const bool chained = storage == Storage::context_chainmap;
                const std::string_view expected = chained ? "a" : context::is_carried(storage) ? "." : "b";
                EXPECT_EQ(now(), expected) << name(storage);
            }
            co_return;
        }());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_THROW(clear_task_context(), RuntimeError) << "no loop is at hand";
    const loop::EventLoop::Around around(loop);
    EXPECT_THROW(clear_task_context(), ValueError);
}

}  // namespace
}  // namespace loopscope::task
