#include "app/session/words.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;

TEST(Words, tell_a_task_by_its_coroutine_and_its_chain_s_first_symbol) {
    const Session session = finished_seed();
    const char* const labels[] = {"sleep(0)",      "sleep(a)",      "sleep(b)",      "sleep(c)",
                                  "indication(0)", "indication(a)", "indication(b)", "indication(c)"};
    for (std::uint32_t number = 1; number <= 8; ++number) {
        EXPECT_EQ(task_label(session.log(), session.index(), TaskId{number}), labels[number - 1]);
    }
}

TEST(Words, leave_out_the_symbol_of_a_chain_that_has_written_nothing) {
    const Session session = seed();
    EXPECT_EQ(task_label(session.log(), session.index(), TaskId{1}), "sleep");
    EXPECT_EQ(chain_symbol(session.log(), session.index(), TaskId{1}), "");
}

TEST(Words, tell_siblings_below_main_apart) {
    Session session(setup_of("indication-main", Storage::global));
    session.run();
    EXPECT_EQ(task_label(session.log(), session.index(), TaskId{1}), "main");
    EXPECT_EQ(task_label(session.log(), session.index(), TaskId{3}), "sleep(a)");
}

TEST(Words, call_a_task_that_is_not_there_by_its_number) {
    const Session session = seed();
    EXPECT_EQ(task_label(session.log(), session.index(), TaskId{77}), "task 77");
    EXPECT_EQ(task_name(session.log(), session.index(), TaskId{77}), "");
}

TEST(Words, have_another_phrase_for_each_storage) {
    std::set<std::string_view> phrases;
    for (const Storage storage : trace::all_storages) phrases.insert(storage_phrase(storage));
    EXPECT_EQ(phrases.size(), trace::all_storages.size());
    EXPECT_FALSE(phrases.contains(""));
}

}  // namespace
}  // namespace loopscope::session
