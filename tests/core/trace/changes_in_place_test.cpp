#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/trace/changes.hpp"
#include "tests/core/trace/hand_written.hpp"

// What is changed in place, and what makes tasks' dicts.
namespace loopscope::trace {
namespace {

using testing::HasSubstr;

TEST(Changes, lead_from_each_value_that_an_object_had_to_the_one_that_it_has) {
    Changes changes;
    EXPECT_EQ(changes.latest(EventIndex{3}), EventIndex{3});
    changes.change(EventIndex{3}, EventIndex{7});
    changes.change(EventIndex{7}, EventIndex{9});
    for (const std::uint32_t value : {3U, 7U, 9U})
        EXPECT_EQ(changes.latest(EventIndex{value}), EventIndex{9});
    EXPECT_EQ(changes.latest(EventIndex{4}), EventIndex{4}) << "another object";
}

TEST(Changes, of_a_copy_leave_the_object_as_it_is) {
    Changes changes;
    changes.change(EventIndex{3}, EventIndex{7});
    changes.change(EventIndex{3}, EventIndex{8});  // what was copied before had still the first value
    EXPECT_EQ(changes.latest(EventIndex{3}), EventIndex{7});
    EXPECT_EQ(changes.latest(EventIndex{8}), EventIndex{7}) << "arguments know it as the same object";
}

class ChangedInPlace : public HandWritten {
  protected:
    static constexpr std::uint32_t bit(Storage storage) { return 1U << static_cast<unsigned>(storage); }
    static std::uint32_t of_variable(std::uint32_t line = 0) { return about_variable(VariableId{1}, line); }

    /// A task that has set a variable.
    EventIndex set() {
        begin_step();
        add(Kind::variable, 1, text("notes"));
        return add(Kind::set, 1, text("[]"), of_variable(3));
    }
    EventIndex change(EventIndex from, std::string_view to, std::uint32_t where, std::uint32_t task = 1) {
        const EventIndex made = add(Kind::change, task, text(to), of_variable(4));
        add(Kind::changed, where, from.value, of_variable());
        return made;
    }
};

TEST_F(ChangedInPlace, are_seen_where_the_event_says) {
    const EventIndex written = set();
    spawn();
    const EventIndex changed =
        change(written, "['a']", bit(Storage::contextvar) | bit(Storage::context_copy));
    const State now = state();
    const VariableId notes{1};
    for (const std::uint32_t task : {1U, 2U}) {
        EXPECT_EQ(now.cell(Storage::contextvar, TaskId{task}, notes), changed) << "one object, two contexts";
        EXPECT_EQ(now.cell(Storage::argument, TaskId{task}, notes), written);
        EXPECT_EQ(now.cell(Storage::context_shared, TaskId{task}, notes), written);
    }
    EXPECT_EQ(now.cell(Storage::context_copy, TaskId{1}, notes), changed);
    EXPECT_EQ(now.cell(Storage::context_copy, TaskId{2}, notes), written) << "a copy of its own";
    EXPECT_EQ(now.cell(Storage::global, {}, notes), written);
}

TEST_F(ChangedInPlace, are_written_by_who_changed_them) {
    const EventIndex written = set();
    const EventIndex changed = change(written, "['a']", bit(Storage::global));
    const EventIndex read = add(Kind::get, 1, changed.value, of_variable(5));
    EXPECT_EQ(log.writer_of_get(read), changed);
    EXPECT_EQ(log.strings()[log.value_of_get(read)], "['a']");
    EXPECT_EQ(log.line(changed), 4U);
    EXPECT_EQ(details(changed), "task 1  variable 1 = '[\\'a\\']'  line 4");
    EXPECT_EQ(details(changed + 1), fmt::format("variable 1  written at {}", written.value));
    EXPECT_THAT(details(read), HasSubstr(fmt::format("changed at {}", changed.value)));
    EXPECT_EQ(wrong(), "");
}

TEST_F(ChangedInPlace, name_a_value_and_storages_that_there_are) {
    const EventIndex written = set();
    add(Kind::change, 1, text("['a']"), of_variable(4));
    const auto refused = [&](std::uint32_t where, std::uint32_t from, std::uint32_t variable) {
        Log own;
        for (EventIndex at{0}; at < log.end_index(); at = at + 1) {
            if (log[at].kind() == Kind::begin)
                own.emit(Kind::begin);
            else
                own.append(log[at]);
        }
        for (std::uint32_t each = 1; each <= log.strings().size(); ++each)
            static_cast<void>(own.intern(log.strings()[StringId{each}]));
        own.emit(Kind::changed, where, from, variable);
        const auto checked = check(own);
        return checked ? std::string() : checked.error().message;
    };
    EXPECT_EQ(refused(bit(Storage::global), written.value, of_variable()), "");
    EXPECT_THAT(refused(1U << 7U, written.value, of_variable()),
                HasSubstr("it names a storage that there is not"));
    EXPECT_THAT(refused(1, 0, of_variable()), HasSubstr("it does not say what was changed"));
    EXPECT_THAT(refused(1, 1, of_variable()), HasSubstr("event 1 is no set"));
}

TEST_F(ChangedInPlace, follow_a_change) {
    const EventIndex written = set();
    add(Kind::changed, 1, written.value, of_variable());
    EXPECT_THAT(wrong(), HasSubstr("the set that it is about is of no such variable"));
}

class Factories : public HandWritten {
  protected:
    void factory(Storage storage) { add(Kind::factory, 0, 0, tagged(storage)); }
};

TEST_F(Factories, make_the_dicts_of_the_tasks_that_come) {
    begin_step();
    add(Kind::variable, 1, text("symbol"));
    const VariableId symbol{1};
    const EventIndex first = add(Kind::set, 1, text("a"), about_variable(symbol));
    spawn();
    factory(Storage::context_copy);
    spawn();
    factory(Storage::context_chainmap);
    spawn();
    factory(Storage::context_shared);
    spawn();
    const EventIndex second = add(Kind::set, 1, text("b"), about_variable(symbol));
    const State now = state();
    const auto in_dict = [&](std::uint32_t task) {
        return now.cell(Storage::context_shared, TaskId{task}, symbol);
    };
    EXPECT_EQ(in_dict(2), second) << "made before: the same dict";
    EXPECT_EQ(in_dict(3), first) << "a copy";
    EXPECT_EQ(in_dict(4), second) << "a layer";
    EXPECT_EQ(in_dict(5), second);
    EXPECT_EQ(now.task(TaskId{4}).dict_owner, TaskId{4});
    EXPECT_EQ(now.task(TaskId{4}).dict_above, TaskId{1});
    EXPECT_EQ(details(EventIndex{first.value + 2}), "context-copy");
}

TEST_F(Factories, are_those_of_aiotask_context) {
    factory(Storage::global);
    EXPECT_THAT(wrong(), HasSubstr("global is kept by no factory"));
}

TEST_F(Factories, make_no_dicts_of_a_depth_that_takes_too_long_to_follow) {
    factory(Storage::context_chainmap);
    constexpr std::uint32_t depth = 600;
    spawn();
    for (std::uint32_t task = 1; task < depth; ++task) {
        iteration(1);
        step(task);
        spawn();
        add(Kind::suspend, task, 1, tagged(Wait::future));
    }
    iteration(1);
    step(depth);
    add(Kind::variable, 1, text("symbol"));
    factory(Storage::context_copy);
    Checker hasty;
    Room room;
    room.steps = 0;
    hasty.allow(room);
    Result<void> checked;
    const auto check_rest = [&] {
        while (checked && hasty.size() < log.size()) {
            const Event next = log[{hasty.size()}];
            checked = hasty.check({&next, 1}, 1000);
        }
    };
    check_rest();
    ASSERT_TRUE(checked) << checked.error().message;
    for (std::uint32_t each = 0; each < 400 && checked; ++each) {
        spawn();
        check_rest();
    }
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message,
                HasSubstr("its dicts lie above each other in a depth that takes too long"));
}

}  // namespace
}  // namespace loopscope::trace
