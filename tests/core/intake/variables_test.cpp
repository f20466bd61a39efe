#include "core/intake/variables.hpp"

#include "tests/core/intake/taken_records.hpp"

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Storage;

/// The records of a task that runs.
class Variables : public TakenRecords {
  protected:
    Variables() {
        spool.task(1);
        spool.iteration(1);
        spool.step(1);
        events();
    }

    void variable(std::uint32_t number, std::string_view name, Storage storage = Storage::contextvar) {
        spool.add(SPOOL_VARIABLE, number, spool.text(name), static_cast<std::uint32_t>(storage));
    }
    void set(std::uint32_t number, std::string_view value, std::uint32_t line = 0) {
        spool.add(SPOOL_SET, number, spool.text(value), line);
    }
    void get(std::uint32_t number, std::uint32_t write, std::uint32_t line = 0) {
        spool.add(SPOOL_GET, number, write, line);
    }
};

TEST_F(Variables, are_told_with_their_default_and_with_who_wrote_what_is_read) {
    variable(1, "user");
    spool.add(SPOOL_DEFAULT, 1, spool.text("nobody"));
    get(1, 0, 3);
    set(1, "ann", 4);
    get(1, 1, 5);
    spool.add(SPOOL_OUTPUT, 1 | SPOOL_OUTPUT_VALUE, spool.text("ann"), 6);
    spool.add(SPOOL_OUTPUT, 2, spool.text("plain\n"), 7);
    EXPECT_THAT(events(), ElementsAre("variable 1 'user' default 'nobody'", "storage contextvar",
                                      "get task 1  variable 1 = 'nobody' default  line 3",
                                      "set task 1  variable 1 = 'ann'  line 4",
                                      "get task 1  variable 1 = 'ann' written at 7  line 5",
                                      "print_value task 1  'ann' written at 7  line 6",
                                      "print task 1  'plain\\n'  line 7"));
}

TEST_F(Variables, are_printed_with_what_stands_around_them) {
    const auto write = [this](std::string_view text, std::uint32_t line, std::uint32_t descriptor = 1) {
        spool.add(SPOOL_OUTPUT, descriptor, spool.text(text), line);
    };
    for (const char* piece : {"one", " ", "two", "\n", "next", ""}) write(piece, 4);
    write("after it", 4);
    write("elsewhere", 5);
    write("to the other stream", 5, 2);
    variable(1, "user");
    set(1, "ann");
    get(1, 1);
    write("by ", 6);
    write("ann", 6, 1 | SPOOL_OUTPUT_VALUE);
    write("\n", 6);
    write("last", 7);
    EXPECT_THAT(
        events(),
        ElementsAre("print task 1  'one two\\n'  line 4", "print task 1  'next'  line 4",
                    "print task 1  'after it'  line 4", "print task 1  'elsewhere'  line 5",
                    "print task 1  'to the other stream'  line 5", "variable 1 'user' default ''",
                    "storage contextvar", "set task 1  variable 1 = 'ann'",
                    "get task 1  variable 1 = 'ann' written at 11", "print task 1  'by '  line 6",
                    "print_value task 1  'ann' written at 11  line 6", "print task 1  '\\n'  line 6"));
    intake.finish({});
    EXPECT_THAT(events(), ElementsAre("print task 1  'last'  line 7"));
}

TEST_F(Variables, have_a_storage_each) {
    variable(1, "user");
    variable(2, "count", Storage::global);
    variable(3, "trace", Storage::contextvar);
    set(3, "x");
    spool.add(SPOOL_STORAGE, 2, 0, static_cast<std::uint32_t>(Storage::thread_local_));
    spool.add(SPOOL_STORAGE, 0, 0, static_cast<std::uint32_t>(Storage::global));
    EXPECT_THAT(events(), ElementsAre("variable 1 'user' default ''", "storage contextvar",
                                      "variable 2 'count' default ''", "storage global for variable 2",
                                      "variable 3 'trace' default ''", "set task 1  variable 3 = 'x'",
                                      "storage thread-local for variable 2", "storage global"));
}

TEST_F(Variables, are_read_by_tasks_that_do_not_know_who_wrote_them) {
    variable(1, "user");
    spool.add(SPOOL_FOUND, 1, spool.text("ghost"), 2);
    get(1, SPOOL_UNKNOWN, 2);
    get(1, SPOOL_UNKNOWN, 3);
    EXPECT_THAT(events(), ElementsAre("variable 1 'user' default ''", "storage contextvar",
                                      "found task 1  variable 1 = 'ghost'  line 2",
                                      "get task 1  variable 1 = 'ghost' found at 6  line 2",
                                      "get task 1  variable 1 = 'ghost' found at 6  line 3"));
}

TEST_F(Variables, show_a_default_that_came_late_as_a_value_that_was_found) {
    variable(1, "user");
    set(1, "ann");
    spool.add(SPOOL_DEFAULT, 1, spool.text("nobody"));
    get(1, 0);
    get(1, 0);
    EXPECT_THAT(events(), ElementsAre("variable 1 'user' default ''", "storage contextvar",
                                      "set task 1  variable 1 = 'ann'", "found task 1  variable 1 = 'nobody'",
                                      "get task 1  variable 1 = 'nobody' found at 7",
                                      "get task 1  variable 1 = 'nobody' found at 7"));
}

TEST_F(Variables, that_are_reset_have_their_old_value_again) {
    variable(1, "user");
    spool.add(SPOOL_DEFAULT, 1, spool.text("nobody"));
    set(1, "ann");
    set(1, "bob");
    spool.add(SPOOL_RESET, 1, 1, 9);
    get(1, 1);
    spool.add(SPOOL_RESET, 1, 0);
    set(1, "cid");
    get(1, 3);
    EXPECT_THAT(
        events(),
        ElementsAre("variable 1 'user' default 'nobody'", "storage contextvar",
                    "set task 1  variable 1 = 'ann'", "set task 1  variable 1 = 'bob'",
                    "set task 1  variable 1 = 'ann'  line 9", "reset variable 1  written at 6",
                    "get task 1  variable 1 = 'ann' written at 6", "set task 1  variable 1 = 'nobody'",
                    "reset variable 1  default", "set task 1  variable 1 = 'cid'",
                    "get task 1  variable 1 = 'cid' written at 13"));
}

TEST_F(Variables, beyond_those_that_a_tag_has_room_for_have_lines_too) {
    constexpr std::uint32_t number = trace::max_tagged_variable + 1;
    for (std::uint32_t each = 1; each <= number; ++each) variable(each, "v" + std::to_string(each));
    set(number, "far", 12);
    get(number, 1, 13);
    const std::vector<std::string> all = events();
    EXPECT_THAT(std::vector<std::string>(all.end() - 4, all.end()),
                ElementsAre("line 12", "set task 1  variable 256 = 'far'  line 12", "line 13",
                            testing::StartsWith("get task 1  variable 256 = 'far' written at ")));
}

TEST_F(Variables, that_there_are_not_are_refused) {
    get(1, 0);
    EXPECT_THAT(take(), HasSubstr("it names variable 1, and there is none yet"));
}

TEST_F(Variables, are_not_read_from_writes_that_there_are_not) {
    variable(1, "user");
    get(1, 2);
    EXPECT_THAT(take(), HasSubstr("it names write 2, and there is none yet"));
}

TEST_F(Variables, are_not_read_from_another_variables_write) {
    variable(1, "user");
    variable(2, "other");
    set(1, "ann");
    get(2, 1);
    EXPECT_THAT(take(), HasSubstr("(get) is wrong: event 6 set another variable"));
}

}  // namespace
}  // namespace loopscope::intake
