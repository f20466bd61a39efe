#include <fmt/format.h>
#include <gmock/gmock.h>

#include "tests/core/trace/hand_written.hpp"

// Files, variables, values, items and connections of real programs.
namespace loopscope::trace {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

class RecordedValues : public HandWritten {
  protected:
    void variables(std::uint32_t count) {
        for (std::uint32_t number = 1; number <= count; ++number)
            add(Kind::variable, number, text("v" + std::to_string(number)), text("-"));
    }
};

TEST_F(RecordedValues, lines_are_of_the_file_that_was_named_last) {
    begin_step();
    const auto before = add(Kind::print, 1, text("a"), tagged(0, 5));
    const auto file = add(Kind::file, 2, text("/app/pool.py"));
    const auto in_second = add(Kind::print, 1, text("b"), tagged(0, 7));
    EXPECT_EQ(state().task(TaskId{1}).file, 2U);
    add(Kind::file, 1);
    const auto after = add(Kind::print, 1, text("c"), tagged(0, 9));
    EXPECT_EQ(state().file(), 1U);
    EXPECT_EQ(state().task(TaskId{1}).file, 1U);
    const Index all = index();
    EXPECT_EQ(all.file_at(log, before), 1U);
    EXPECT_EQ(all.file_at(log, in_second), 2U);
    EXPECT_EQ(all.file_at(log, after), 1U);
    EXPECT_THAT(all.files(), ElementsAre(StringId{}, StringId{log[file].a}));
    EXPECT_EQ(details(file), "2 '/app/pool.py'");
    EXPECT_EQ(all.last_event({0}), after);
}

TEST_F(RecordedValues, files_are_numbered_in_order_and_have_paths) {
    add(Kind::file, 3, text("a.py"));
    EXPECT_THAT(wrong(), HasSubstr("it names file 3, and there is 1"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::file, 2);
    EXPECT_THAT(check(other).error().message, HasSubstr("it does not say the path of a new file"));
}

TEST_F(RecordedValues, storage_can_be_selected_for_one_variable) {
    variables(2);
    add(Kind::storage, 0, 0, tagged(Storage::global));
    const auto own = add(Kind::storage, 2, 0, tagged(Storage::contextvar));
    EXPECT_EQ(state().storage(), Storage::global);
    EXPECT_EQ(state().storage(VariableId{1}), Storage::global);
    EXPECT_EQ(state().storage(VariableId{2}), Storage::contextvar);
    EXPECT_EQ(state().common_storage(), Storage::global) << "they differ";
    EXPECT_EQ(index().storage_at(own), Storage::global);
    EXPECT_EQ(index().storage_at(own, VariableId{2}), Storage::contextvar);
    EXPECT_EQ(index().storage_at(own - 1, VariableId{2}), Storage::global);
    EXPECT_EQ(details(own), "contextvar for variable 2");
    add(Kind::storage, 1, 0, tagged(Storage::contextvar));
    EXPECT_EQ(state().common_storage(), Storage::contextvar) << "each for itself, and all the same";
    const auto all = add(Kind::storage, 0, 0, tagged(Storage::argument));
    EXPECT_EQ(state().common_storage(), Storage::argument);
    EXPECT_EQ(state().storage(VariableId{2}), Storage::argument) << "said of all, also of it";
    EXPECT_EQ(index().storage_at(all, VariableId{2}), Storage::argument);
    add(Kind::storage, 3, 0, tagged(Storage::argument));
    EXPECT_THAT(wrong(), HasSubstr("it names variable 3, and there are 2"));
}

TEST_F(RecordedValues, value_that_is_found_has_no_writer) {
    begin_step();
    variables(1);
    const auto found = add(Kind::found, 1, text("a"), about_variable(VariableId{1}, 4));
    const auto read = add(Kind::get, 1, found.value, about_variable(VariableId{1}, 4));
    const auto print = add(Kind::print_value, 1, read.value, tagged(0, 5));
    EXPECT_EQ(state().cell(Storage::global, TaskId{1}, VariableId{1}), found);
    EXPECT_EQ(log.value_of_get(read), StringId{log[found].a});
    EXPECT_EQ(log.writer_of_get(read), EventIndex{});
    EXPECT_EQ(log.writer_of_print(print), EventIndex{});
    EXPECT_EQ(log.printed_text(print), "a");
    EXPECT_FALSE(index().prints()[PrintIndex{0}].leak) << "nobody knows whether it is one";
    EXPECT_FALSE(index().prints()[PrintIndex{0}].writer);
    EXPECT_THAT(index().sets(), SizeIs(0));
    EXPECT_EQ(details(found), "task 1  variable 1 = 'a'  line 4");
    EXPECT_EQ(details(read), fmt::format("task 1  variable 1 = 'a' found at {}  line 4", found.value));
    EXPECT_EQ(details(print), fmt::format("task 1  'a' found at {}  line 5", found.value));
}

TEST_F(RecordedValues, value_that_is_found_stands_where_its_variable_is_read) {
    begin_step();
    variables(1);
    for (const Storage storage : all_storages) {
        add(Kind::storage, 1, 0, tagged(storage));
        const auto found = add(Kind::found, 1, text("a"), 1);
        EXPECT_EQ(state().cell(storage, TaskId{1}, VariableId{1}), found) << name(storage);
    }
}

TEST_F(RecordedValues, found_value_is_of_a_variable_and_seen_by_who_runs) {
    variables(1);
    add(Kind::found, 0, text("a"), 2);
    EXPECT_THAT(wrong(), HasSubstr("it names variable 2, and there is 1"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::variable, 1);
    other.emit(Kind::found, 7, 0, 1);
    EXPECT_THAT(check(other).error().message, HasSubstr("task 7 does not run"));
}

TEST_F(RecordedValues, variables_beyond_those_that_a_tag_can_name_are_written_and_read) {
    begin_step();
    variables(300);
    add(Kind::line, 0, 0, tagged(0, 17));
    const auto write = add(Kind::set, 1, text("a"), about_variable(VariableId{300}));
    log.set_time(Time(std::chrono::seconds(1)));  // a clock stands between, as anybody's event may
    add(Kind::line, 0, 0, tagged(0, 18));
    log.set_time(Time(std::chrono::seconds(2)));
    const auto read = add(Kind::get, 1, write.value, about_variable(VariableId{300}));
    const auto unlined = add(Kind::get, 1, write.value, about_variable(VariableId{300}));
    const auto last_tagged = add(Kind::set, 1, text("b"), about_variable(VariableId{255}, 19));
    add(Kind::get, 1, last_tagged.value, about_variable(VariableId{255}, 20));
    const auto of_254 = add(Kind::set, 1, text("c"), about_variable(VariableId{254}, 21));
    EXPECT_EQ(state().cell(Storage::contextvar, TaskId{1}, VariableId{300}), write);
    EXPECT_EQ(log[read].variable(), VariableId{300});
    EXPECT_EQ(log.line(write), 17U);
    EXPECT_EQ(log.line(read), 18U);
    EXPECT_EQ(log.line(unlined), 0U);
    EXPECT_EQ(log.line(last_tagged), 19U);
    EXPECT_EQ(state().task(TaskId{1}).line, 21U);
    EXPECT_EQ(details(read), fmt::format("task 1  variable 300 = 'a' written at {}  line 18", write.value));
    add(Kind::get, 1, of_254.value, about_variable(VariableId{255}));
    EXPECT_THAT(wrong(), HasSubstr(fmt::format("event {} set another variable", of_254.value)));
}

TEST_F(RecordedValues, read_of_a_far_variable_names_a_write_of_the_same) {
    variables(300);
    const auto write = add(Kind::set, 0, text("a"), about_variable(VariableId{299}));
    add(Kind::get, 0, write.value, about_variable(VariableId{300}));
    EXPECT_THAT(wrong(), HasSubstr("set another variable"));
}

TEST_F(RecordedValues, variable_that_a_tag_can_name_is_named_by_it) {
    variables(1);
    add(Kind::set, 0, text("a"), 1U << 8);
    EXPECT_THAT(wrong(), HasSubstr("variable 1 is to be named by its tag"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::set, 0, 0, 256U << 8);
    EXPECT_THAT(check(other).error().message, HasSubstr("it names variable 256, and there are 0"));
}

TEST_F(RecordedValues, reset_is_of_the_write_right_before_it) {
    variables(300);
    const auto first = add(Kind::set, 0, text("a"), 1);
    const auto far = add(Kind::set, 0, text("b"), about_variable(VariableId{300}));
    add(Kind::set, 0, text("a"), 1);
    const auto reset = add(Kind::reset, 0, first.value, 1);
    add(Kind::set, 0, text("b"), about_variable(VariableId{300}));
    const auto far_reset = add(Kind::reset, 0, far.value, about_variable(VariableId{300}));
    add(Kind::set, 0, text("-"), 1);
    const auto to_default = add(Kind::reset, 0, 0, 1);
    EXPECT_EQ(wrong(), "");
    EXPECT_EQ(details(reset), fmt::format("variable 1  written at {}", first.value));
    EXPECT_EQ(details(far_reset), fmt::format("variable 300  written at {}", far.value));
    EXPECT_EQ(details(to_default), "variable 1  default");
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::variable, 1, other.intern("v").value);
    other.emit(Kind::reset, 0, 0, 1);
    EXPECT_THAT(check(other).error().message, HasSubstr("the set that it is about is of no such variable"));
    add(Kind::set, 0, text("-"), 2);
    add(Kind::reset, 0, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("the set that it is about is of no such variable"));
}

TEST_F(RecordedValues, restore_gives_a_storage_what_it_had) {
    variables(2);
    const auto own = add(Kind::set, 0, text("a"), 1);
    add(Kind::set, 0, text("b"), 1);
    const auto taken_back = add(Kind::set, 0, text("o"), 1);
    const auto global = static_cast<std::uint32_t>(Storage::global);
    const auto context = static_cast<std::uint32_t>(Storage::contextvar);
    const auto restored = add(Kind::restore, context, own.value, 1);
    add(Kind::storage, 0, 0, tagged(static_cast<std::uint8_t>(Storage::contextvar)));
    add(Kind::restore, static_cast<std::uint32_t>(Storage::thread_local_), 0, 1);
    EXPECT_EQ(wrong(), "") << "the user may select a storage between them";
    EXPECT_EQ(details(restored), fmt::format("contextvar  variable 1  written at {}", own.value));
    const State state = this->state();
    EXPECT_EQ(state.cell(Storage::contextvar, {}, VariableId{1}), own);
    EXPECT_EQ(state.cell(Storage::global, {}, VariableId{1}), taken_back);
    EXPECT_EQ(state.cell(Storage::thread_local_, {}, VariableId{1}), EventIndex{});
    add(Kind::restore, global, 0, 2);
    EXPECT_THAT(wrong(), HasSubstr("the set that it is about is of no such variable"));
}

TEST_F(RecordedValues, restore_names_a_storage_that_there_is) {
    variables(1);
    add(Kind::set, 0, text("a"), 1);
    add(Kind::restore, 7, 0, 1);
    EXPECT_THAT(wrong(), HasSubstr("there is no storage 7"));
}

TEST_F(RecordedValues, line_is_said_before_what_has_no_room_for_it) {
    variables(1);
    add(Kind::line, 0, 0, tagged(0, 17));
    EXPECT_EQ(wrong(), "") << "the trace may be cut there";
    add(Kind::set, 0, text("a"), 1);
    EXPECT_THAT(wrong(), HasSubstr("a line was said before it, and it says its own"));
}

TEST_F(RecordedValues, items_know_who_put_and_who_took_them) {
    begin_step(2);
    const auto put = add(Kind::put, 1, 5, tagged(0, 8));
    add(Kind::put, 2, 5);
    add(Kind::suspend, 1, 0, tagged(Wait::yield));
    step(2);
    const auto take = add(Kind::take, 2, 5, tagged(0, 9));
    const auto done = add(Kind::task_done, 0, 5, tagged(0, 10));
    EXPECT_EQ(wrong(), "");
    const Index all = index();
    ASSERT_THAT(all.items(), SizeIs(2));
    EXPECT_EQ(all.items().find(1).put, put);
    EXPECT_EQ(all.items().find(1).putter, TaskId{1});
    EXPECT_FALSE(all.items().find(1).take);
    EXPECT_EQ(all.items().find(2).take, take);
    EXPECT_EQ(all.items().find(2).taker, TaskId{2});
    EXPECT_FALSE(all.items().find(3).put) << "there is no such item";
    EXPECT_EQ(details(put), "item 1  queue 5  line 8");
    EXPECT_EQ(details(done), "queue 5  line 10");
    add(Kind::take, 2, 5);
    EXPECT_THAT(wrong(), HasSubstr("item 2 was taken before"));
}

TEST_F(RecordedValues, item_is_numbered_and_stays_in_its_queue) {
    add(Kind::put, 2, 5);
    EXPECT_THAT(wrong(), HasSubstr("it should number item 1, not 2"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::put, 1, 5);
    other.emit(Kind::take, 1, 6);
    EXPECT_THAT(check(other).error().message, HasSubstr("item 1 is in queue 5"));
    Log another;
    another.emit(Kind::begin);
    another.emit(Kind::take, 1, 6);
    EXPECT_THAT(check(another).error().message, HasSubstr("it names item 1, and there are 0"));
    Log last;
    last.emit(Kind::begin);
    last.emit(Kind::task_done);
    EXPECT_THAT(check(last).error().message, HasSubstr("it does not say which object it is about"));
}

TEST_F(RecordedValues, connection_is_made_and_served) {
    begin_step();
    const auto connection = add(Kind::connection, 1, text("127.0.0.1:5000"));
    const auto serve = add(Kind::serve, 1, text("GET /a"), tagged(0, 3));
    EXPECT_EQ(wrong(), "");
    EXPECT_THAT(index().connections(), SizeIs(1));
    EXPECT_EQ(details(connection), "1 '127.0.0.1:5000'");
    EXPECT_EQ(details(serve), "connection 1 'GET /a'  line 3");
    add(Kind::serve, 2);
    EXPECT_THAT(wrong(), HasSubstr("it names connection 2, and there is 1"));
    Log other;
    other.emit(Kind::begin);
    other.emit(Kind::connection, 2);
    EXPECT_THAT(check(other).error().message, HasSubstr("it should number connection 1, not 2"));
}

}  // namespace
}  // namespace loopscope::trace
