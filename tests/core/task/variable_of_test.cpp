#include "core/task/variable_of.hpp"

#include <map>
#include <vector>

#include "core/explain/why.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using task::sleep;
using testing::ElementsAre;
using testing::HasSubstr;
using trace::Kind;
using trace::Storage;

struct Point {
    int x = 0;
    int y = 0;

    friend bool operator==(const Point&, const Point&) = default;
};

std::string to_text(const Point& point) {
    return fmt::format("({}, {})", point.x, point.y);
}

class VariableOfTest : public LoopFixture {
  protected:
    std::string printed() { return trace::output_of(log); }
    trace::State folded() {
        trace::State state;
        for (EventIndex at{0}; at < log.end_index(); at = at + 1) state.apply(log[at]);
        return state;
    }
    /// Returns the text that the trace shows for what a task has in a storage.
    std::string shown(const trace::State& state, Storage storage, TaskId task, VariableId variable = {1}) {
        const trace::Writer writer = state.cell(storage, task, variable);
        return writer ? std::string(log.strings()[StringId{log[writer].a}]) : "nothing";
    }
};

TEST_F(VariableOfTest, keeps_numbers_and_structs_in_every_storage) {
    const VariableOf<int> count("count", 0);
    const VariableOf<double> share("share", 0.5);
    const VariableOf<Point> place("place");
    for (const Storage storage : trace::all_storages) {
        storages.select(storage);
        const auto main = [&]() -> Coro<> {
            EXPECT_EQ(share.get(), 0.5) << "the default";
            count.set(41);
            count.set(count.get() + 1);
            place.set({1, -2});
            EXPECT_EQ(count.get(), 42) << name(storage);
            EXPECT_EQ(place.get().value.y, -2) << name(storage);
            co_return;
        };
        EXPECT_NO_THROW(run(main()).result());
    }
}

TEST_F(VariableOfTest, shows_its_values_as_python_prints_them) {
    const VariableOf<int> count("count", -1);
    const VariableOf<double> share("share", 1);
    const VariableOf<bool> ready("ready", false);
    const VariableOf<Point> place("place", {1, 2});
    const VariableOf<List<std::string>> words("words");
    const auto main = [&]() -> Coro<> {
        print(count.get());
        print(share.get());
        share.set(0.1);
        print(share.get());
        ready.set(true);
        print(ready.get());
        print(place.get());
        words.set({"a", "it's"});
        print(words.get());
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "-11.00.1True(1, 2)['a', \"it's\"]");
}

TEST_F(VariableOfTest, is_read_by_what_the_trace_says_wrote_it) {
    const VariableOf<int> count("count", 0);
    const auto main = [&]() -> Coro<> {
        count.set(7);
        print(count.get());
        co_return;
    };
    run(main());
    const EventIndex print = trace::all_of_kind(log, Kind::print_value).at(0);
    EXPECT_EQ(log.writer_of_print(print), trace::all_of_kind(log, Kind::set).at(0));
}

TEST_F(VariableOfTest, has_tokens_and_contexts_and_other_defaults) {
    const VariableOf<int> count("count");
    storages.select(Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        EXPECT_THROW(static_cast<void>(count.get()), LookupError);
        EXPECT_EQ(count.get(9), 9);
        Token token = count.set(1);
        const Ref<context::Context> context = copy_context();
        count.set(2);
        EXPECT_EQ(count.get_in(context), 1);
        EXPECT_EQ(count.get(9), 2);
        count.reset(token);
        EXPECT_FALSE(count.is_in(copy_context()));
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

struct Rough {
    double value = 0;

    friend bool operator==(const Rough&, const Rough&) = default;
};

std::string to_text(const Rough& rough) {
    return fmt::format("{:.0f}", rough.value);
}

TEST_F(VariableOfTest, refuses_a_value_that_its_text_does_not_tell_from_another) {
    const VariableOf<Rough> rough("rough");
    const auto main = [&]() -> Coro<> {
        rough.set({1.0});
        rough.set({1.0});
        EXPECT_THROW(rough.set({1.1}), ValueError);
        EXPECT_EQ(rough.get().value.value, 1.0);
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

/// What three children of a task find in a list that each has appended its name to, and what their parent
/// finds at the end: under real asyncio and aiotask_context, `aiotask_objects.py`.
class SharedLists : public VariableOfTest {
  protected:
    Coro<> child(std::string name) {
        notes_.get().append(name);
        co_await sleep(std::chrono::milliseconds(1));
        print(notes_.get());
    }
    Coro<> main() {
        notes_.set({});
        std::vector<Coro<>> children;
        for (const char* const each : {"a", "b", "c"}) children.push_back(child(each));
        co_await gather(std::move(children));
        print(notes_.get());
    }

    const VariableOf<List<std::string>> notes_{"notes"};
};

TEST_F(SharedLists, are_one_object_in_all_storages_but_that_of_deep_copies) {
    const std::string one = "['a', 'b', 'c']";
    for (const Storage storage : trace::all_storages) {
        const std::size_t before = printed().size();
        storages.select(storage);
        EXPECT_NO_THROW(run(main()).result());
        const std::string expected =
            storage == Storage::context_copy ? "['a']['b']['c'][]" : one + one + one + one;
        EXPECT_EQ(printed().substr(before), expected) << name(storage);
    }
}

TEST_F(SharedLists, show_in_each_storage_what_they_would_be_if_it_had_always_been_selected) {
    for (const Storage selected : trace::all_storages) {
        storages.select(selected);
        run(main());
    }
    const trace::State state = folded();
    for (std::uint32_t run = 0; run < trace::all_storages.size(); ++run) {
        const TaskId first{run * 4 + 1};
        for (const Storage storage :
             {Storage::context_shared, Storage::context_chainmap, Storage::contextvar, Storage::argument}) {
            for (std::uint32_t each = 0; each < 4; ++each)
                EXPECT_EQ(shown(state, storage, TaskId{first.value + each}), "['a', 'b', 'c']")
                    << name(storage) << " in run " << run << " of task " << each;
        }
        EXPECT_EQ(shown(state, Storage::context_copy, first), "[]");
        EXPECT_EQ(shown(state, Storage::context_copy, TaskId{first.value + 2}), "['b']");
    }
    EXPECT_EQ(shown(state, Storage::global, {}), "['a', 'b', 'c']");
}

TEST_F(SharedLists, are_changed_for_a_reader_whose_context_was_copied_before) {
    storages.select(Storage::contextvar);
    const auto writer = [&]() -> Coro<> {
        co_await sleep(0);
        notes_.get().append("late");
    };
    const auto main = [&]() -> Coro<> {
        notes_.set({});
        const Task<> task = create_task(writer());
        co_await task;
        print(notes_.get());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "['late']");
    const EventIndex print = trace::all_of_kind(log, Kind::print_value).at(0);
    EXPECT_EQ(log.writer_of_print(print), trace::all_of_kind(log, Kind::change).at(0));
    trace::Index index;
    index.update(log);
    trace::State state;
    while (state.size() <= print.value) state.apply(log[{state.size()}]);
    EXPECT_THAT(explain::why({log, index, state, print}).text(), HasSubstr("changed in place by"));
}

TEST_F(SharedLists, are_the_same_again_after_a_reset) {
    storages.select(Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        notes_.set({"one"});
        const Ref<context::Context> context = copy_context();
        Token token = notes_.set({"other"});
        notes_.get().append("more");
        run_in(context, [&] { notes_.get().append("meanwhile"); });
        EXPECT_EQ(log.strings()[*token.old_value()], "['one', 'meanwhile']");
        notes_.reset(token);
        EXPECT_THAT(notes_.get().items(), ElementsAre("one", "meanwhile"));
        notes_.get().append("again");
        EXPECT_THAT(run_in(context, [&] { return notes_.get().items(); }),
                    ElementsAre("one", "meanwhile", "again"));
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(shown(folded(), Storage::contextvar, TaskId{1}), "['one', 'meanwhile', 'again']");
}

TEST_F(SharedLists, are_looked_at_and_emptied_like_lists) {
    const auto main = [&]() -> Coro<> {
        EXPECT_THROW(static_cast<void>(notes_.get()), LookupError);
        notes_.set({"a", "b"});
        EXPECT_EQ(notes_.get().size(), 2U);
        EXPECT_EQ(notes_.get()[1], "b");
        EXPECT_THROW(static_cast<void>(notes_.get()[2]), IndexError);
        EXPECT_EQ(notes_.get().pop(), "b");
        EXPECT_EQ(notes_.get().back(), "a");
        notes_.get().clear();
        EXPECT_TRUE(notes_.get().empty());
        const std::size_t events = log.size();
        EXPECT_THROW(notes_.get().pop(), IndexError);
        EXPECT_EQ(log.size(), events + 1) << "it was read, and nothing changed";
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(SharedLists, are_changed_from_callbacks) {
    storages.select(Storage::contextvar);
    const auto main = [&]() -> Coro<> {
        notes_.set({});
        call_soon([&] { notes_.get().append("callback"); });
        co_await sleep(std::chrono::milliseconds(1));
        print(notes_.get());
    };
    EXPECT_NO_THROW(run(main()).result());
    EXPECT_EQ(printed(), "['callback']");
    EXPECT_EQ(shown(folded(), Storage::contextvar, TaskId{1}), "['callback']");
    EXPECT_EQ(shown(folded(), Storage::context_shared, TaskId{1}), "[]") << "no task ran";
}

}  // namespace
}  // namespace loopscope::task
