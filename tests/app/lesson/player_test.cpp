#include "app/lesson/player.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/lesson/library.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::lesson {
namespace {

using session::Session;
using testing::Contains;
using testing::HasSubstr;
using testing::StartsWith;

std::string lesson_text(std::string_view stops, std::string_view program = "indication") {
    return "---\ntitle: T\nsummary: s\nprogram: " + std::string(program) + "\n---\n" + std::string(stops);
}

Result<Player> make(const std::string& text) {
    auto lesson = parse("x.md", text);
    if (!lesson) return tl::unexpected(lesson.error());
    return Player::create(std::move(*lesson));
}

/// A player at its first stop, with its session.
struct Class {
    Player player;
    Session session;

    explicit Class(const std::string& text) : Class(make(text).value()) {}
    explicit Class(Player played) : player(std::move(played)), session(*player.stop().run) {
        player.begin(session);
    }
    [[nodiscard]] const Question& question() const { return *player.question(); }
    void predict(std::string_view words) {
        const auto done = player.predict(words, session);
        ASSERT_TRUE(done) << done.error().message;
    }
};

/// What a question at a stop has for an answer.
std::string answer_to(const std::string& stop, std::string_view program = "indication") {
    const auto player = make(lesson_text("## S\n" + stop, program));
    return player ? player->question()->answer : player.error().message;
}

TEST(Player, is_not_made_of_a_lesson_whose_programs_run_for_minutes) {
    std::string stops;
    for (int each = 0; each < 100; ++each)
        stops += "## " + std::to_string(each) +
                 "\n- run: indication\n- set: interval=1ms\n- set: duration=10\n- at: end\n";
    const auto player = make(lesson_text("## Q\n- at: start\n- ask: next print\n" + stops));
    ASSERT_FALSE(player);
    EXPECT_THAT(player.error().message, StartsWith("x.md:"));
    EXPECT_THAT(player.error().message,
                HasSubstr("the lesson's programs run for more than 10 million events"));
}

TEST(Player, has_answers_from_the_trace_for_every_kind_of_question) {
    EXPECT_EQ(answer_to("- at: before print 1\n- ask: next print\n"), "c");
    EXPECT_EQ(
        answer_to("- run: indication\n- storage: contextvar\n- at: before print 2\n- ask: next print\n"),
        "a");
    EXPECT_EQ(answer_to("- at: start\n- ask: next task\n"), "sleep(0)");
    EXPECT_EQ(answer_to("- at: print 1\n- ask: next task\n"), "indication(a)");
    EXPECT_EQ(answer_to("- at: print 1\n- ask: who wrote it\n"), "sleep(c)");
    EXPECT_EQ(answer_to("- at: print 2\n- ask: does it leak\n"), "yes");
    EXPECT_EQ(answer_to("- at: print 3\n- ask: does it leak\n"), "no");
    EXPECT_EQ(answer_to("- at: start\n- ask: how many leak\n"), "30");
    EXPECT_EQ(answer_to("- at: start\n- ask: whole output\n"), std::string(40, 'c'));
    EXPECT_EQ(answer_to("- at: print 4\n- ask: whole output\n", "threads"), std::string(16, 'b'));
}

TEST(Player, takes_the_answer_from_what_the_program_does_with_its_parameters) {
    EXPECT_EQ(answer_to("- run: indication\n- set: symbols=xyz\n- at: start\n- ask: next print\n"), "z");
    EXPECT_EQ(answer_to("- run: indication\n- set: symbols=xyz\n- set: duration=0.3\n- ask: how many leak\n"),
              "6");
}

TEST(Player, stops_where_it_is_told_and_the_trace_ends_there) {
    const auto cursor = [](const std::string& at) {
        const Class lesson(lesson_text("## S\n- at: " + at + "\n- ask: how many leak\n"));
        const trace::Index& index = lesson.session.index();
        return std::pair(index.prints_until(lesson.session.cursor()), index.iterations().size());
    };
    EXPECT_EQ(cursor("start").first, 0U);
    EXPECT_EQ(cursor("before print 3").first, 2U);
    EXPECT_EQ(cursor("print 3").first, 3U);
    EXPECT_EQ(cursor("leak 4").first, 5U) << "the fourth print is c's own";
    EXPECT_EQ(cursor("iteration 2").second, 1U);
    EXPECT_EQ(cursor("time 0.55").first, 24U);
    EXPECT_EQ(cursor("end").first, 40U);
}

TEST(Player, hides_what_comes_next_until_there_is_a_prediction) {
    Class lesson(lesson_text("## S\n- at: before print 3\n- ask: next print\n"));
    Session& session = lesson.session;
    EXPECT_EQ(session.index().prints().size(), 2U);
    const EventIndex head = session.head();
    EXPECT_FALSE(step(session, session::What::handle));
    EXPECT_FALSE(step(session, session::What::print));
    EXPECT_FALSE(extend(session, 10));
    run(session);
    session.select(trace::Storage::contextvar);
    EXPECT_FALSE(session.undo());
    EXPECT_EQ(session.head(), head);
    EXPECT_FALSE(session.can_select());
    EXPECT_TRUE(step(session, session::What::handle, session::Direction::back))
        << "what has happened can be looked at";
    EXPECT_FALSE(lesson.player.next(session)) << "the question comes first";

    lesson.predict("c");
    EXPECT_EQ(session.index().prints_until(session.cursor()), 3U);
    EXPECT_TRUE(session.can_select());
    EXPECT_TRUE(step(session, session::What::print));
}

TEST(Player, says_of_a_right_prediction_why_it_is_right) {
    Class lesson(lesson_text("## S\n- at: before print 1\n- ask: next print\n"));
    lesson.predict("c");
    EXPECT_EQ(lesson.player.phase(), Player::Phase::revealed);
    EXPECT_TRUE(lesson.player.verdict().right);
    EXPECT_EQ(lesson.player.verdict().note, "");
    EXPECT_EQ(lesson.player.verdict().why,
              "indication(0) begins: sleep(0) created it. It prints symbol from the global: 'c', written by "
              "sleep(c) "
              "6 events ago. Leak: its own chain wrote '0'.");
}

TEST(Player, says_of_a_wrong_prediction_where_it_parts_from_the_run) {
    const auto note = [](const std::string& stop, std::string_view prediction,
                         std::string_view program = "indication") {
        Class lesson(lesson_text("## S\n" + stop, program));
        lesson.predict(prediction);
        EXPECT_FALSE(lesson.player.verdict().right);
        EXPECT_NE(lesson.player.verdict().why, "");
        return lesson.player.verdict().note;
    };
    EXPECT_EQ(note("- at: before print 1\n- ask: next print\n", "0"),
              "'0' is what indication(0) itself was meant to print: its own chain wrote it.");
    EXPECT_EQ(note("- at: before print 1\n- ask: next print\n", "b"),
              "'b' was written by sleep(b), but it is not what indication(0) reads.");
    EXPECT_EQ(note("- at: before print 2\n- ask: next task\n", "indication(c)"),
              "indication(c) is ready too, but stands behind indication(a): the ready queue is first in, "
              "first out.");
    EXPECT_EQ(note("- at: print 1\n- ask: next task\n", "sleep(b)"),
              "sleep(b) still waits for a timer here, and is woken later.");
    EXPECT_EQ(note("- at: print 1\n- ask: who wrote it\n", "sleep(a)"),
              "It prints 'c', and that was written by sleep(c).");
    EXPECT_EQ(note("- at: print 3\n- ask: does it leak\n", "yes"),
              "indication(c) prints what sleep(c) wrote: its own chain, so it does not leak.");
    EXPECT_EQ(note("- at: start\n- ask: how many leak\n", "40"),
              "30 of 40 leak; the first of them is print 1.");
    EXPECT_EQ(note("- run: created-before-set\n- storage: contextvar\n- ask: whole output\n", "aabbcc"),
              "Your output and the run's part at print 1: it prints '.'.");
    EXPECT_EQ(note("- run: created-before-set\n- storage: context-chainmap\n- at: before print 1\n- ask: "
                   "next print\n",
                   "c"),
              "Nobody has written 'c' by then.");
    EXPECT_EQ(
        note("- run: captured-callback\n- storage: contextvar\n- at: print 4\n- ask: next print\n", "b"),
        "'b' was written by main(a), but it is not what the callback reads.");
}

TEST(Player, explains_an_answer_that_is_none_and_goes_on_asking) {
    Class lesson(lesson_text("## S\n- at: before print 1\n- ask: next print\n"));
    for (const std::string_view words : {"", "x", "cc", "0x", "17", "-1"}) {
        const auto taken = lesson.player.predict(words, lesson.session);
        ASSERT_FALSE(taken) << words;
        EXPECT_THAT(taken.error().message, HasSubstr("write 0, a, b or c, or its number"));
        EXPECT_EQ(lesson.player.phase(), Player::Phase::asking);
    }
    EXPECT_EQ(lesson.player.score().answered, 0U);
    lesson.predict("4");
    EXPECT_EQ(lesson.player.verdict().prediction, "c") << "the fourth choice";
}

TEST(Player, has_the_answer_among_the_choices_and_never_more_than_there_are_digit_keys) {
    for (const std::string_view symbols : {"a", "ab", "0123456789abcdefzyxw"}) {
        for (const std::string_view ask :
             {"next print", "next task", "who wrote it", "how many leak", "whole output"}) {
            const auto player =
                make(lesson_text("## S\n- run: indication\n- set: symbols=" + std::string(symbols) +
                                 "\n- at: print 1\n- ask: " + std::string(ask) + "\n"));
            ASSERT_TRUE(player) << player.error().message;
            const Question& question = *player->question();
            EXPECT_THAT(question.choices, Contains(question.answer));
            EXPECT_LE(question.choices.size(), max_choices);
            const std::set<std::string> different(question.choices.begin(), question.choices.end());
            EXPECT_EQ(different.size(), question.choices.size()) << ask;
        }
    }
}

TEST(Player, does_not_begin_a_lesson_that_cannot_be_played) {
    const auto error = [](const std::string& stops) {
        const auto player = make(lesson_text(stops));
        return player ? "it can be played" : player.error().message;
    };
    EXPECT_THAT(error("## S\n- at: print 41\n- ask: next print\n"),
                StartsWith("x.md:6: the program never gets to print 41"));
    EXPECT_THAT(error("## S\n- at: print 40\n- ask: next print\n"), HasSubstr("no print follows"));
    EXPECT_THAT(error("## S\n- at: end\n- ask: next task\n"), HasSubstr("no task runs after"));
    EXPECT_THAT(error("## S\n- at: print 4\n- storage: contextvar\n- ask: next print\n## R\n- at: print 2\n- "
                      "ask: next print\n"),
                StartsWith("x.md:10: print 2 was passed"));
    EXPECT_THAT(
        error("## S\n- run: indication\n- set: duration=3600\n- set: interval=0.001\n- ask: whole output\n"),
        HasSubstr("make it shorter"));
    EXPECT_THAT(error("## S\n- run: lock-fairness\n- at: start\n- ask: who wrote it\n"),
                HasSubstr("no task wrote"));
}

TEST(Player, switches_the_storage_where_the_lesson_says_so_and_keeps_it) {
    const std::string text = lesson_text(
        "## One\n- at: print 8\n- storage: contextvar\n- ask: next print\n"
        "## Two\n- at: print 10\n- ask: whole output\n");
    Class lesson(text);
    EXPECT_EQ(lesson.session.storage(), trace::Storage::contextvar);
    EXPECT_EQ(lesson.question().answer, "0");
    lesson.predict("0");
    ASSERT_TRUE(lesson.player.next(lesson.session));
    EXPECT_EQ(lesson.question().answer, session::repeat("c", 8) + session::repeat("0abc", 8));
    EXPECT_EQ(lesson.session.switches().size(), 1U);
}

TEST(Player, goes_back_to_what_was_answered_and_on_again) {
    Class lesson(
        lesson_text("## One\n- at: print 1\n- ask: next print\n## Two\n- at: print 2\n- ask: next print\n"));
    EXPECT_FALSE(lesson.player.back(lesson.session));
    lesson.predict("c");
    lesson.player.next(lesson.session);
    ASSERT_TRUE(lesson.player.back(lesson.session));
    EXPECT_EQ(lesson.player.phase(), Player::Phase::revealed);
    EXPECT_EQ(lesson.session.index().prints_until(lesson.session.cursor()), 2U);
    ASSERT_TRUE(lesson.player.next(lesson.session));
    EXPECT_EQ(lesson.player.phase(), Player::Phase::asking);
    lesson.predict("0");
    ASSERT_TRUE(lesson.player.next(lesson.session));
    EXPECT_EQ(lesson.player.phase(), Player::Phase::over);
    EXPECT_FALSE(lesson.player.next(lesson.session));
    EXPECT_EQ(lesson.player.score().right, 1U);
    EXPECT_EQ(lesson.player.score().questions, 2U);
}

TEST(Player, keeps_place_and_answers_when_its_lesson_is_edited) {
    const std::string one = "## One\n- at: print 1\n- ask: next print\n";
    const std::string two = "## Two\n- at: print 2\n- ask: next print\n\nText.\n";
    Class lesson(lesson_text(one + two));
    lesson.predict("c");
    lesson.player.next(lesson.session);

    lesson.player.replace(
        make(lesson_text("## New\n- at: start\n\nHello.\n" + one + two + "Edited.\n")).value(),
        lesson.session);
    EXPECT_EQ(lesson.player.stop().heading, "Two");
    EXPECT_EQ(lesson.player.stop().text, "Text. Edited.");
    EXPECT_EQ(lesson.player.phase(), Player::Phase::asking);
    EXPECT_EQ(lesson.player.score().answered, 1U);

    lesson.player.replace(make(lesson_text("## One\n- at: print 1\n- ask: does it leak\n")).value(),
                          lesson.session);
    EXPECT_EQ(lesson.player.stop().heading, "One");
    EXPECT_EQ(lesson.player.score().answered, 0U) << "it is another question";
}

/// All lessons, answered by a rule; gives how many questions there were.
template <class Rule>
std::size_t play(std::string_view name, Rule rule) {
    auto opened = OpenLesson::open(name);
    EXPECT_TRUE(opened) << opened.error().message;
    Player& player = opened->player();
    Session session(*player.stop().run);
    player.begin(session);
    while (player.phase() != Player::Phase::over) {
        if (player.phase() == Player::Phase::asking) {
            EXPECT_FALSE(extend(session, 1)) << player.stop().heading;
            rule(player, session);
            EXPECT_GE(session.cursor(), player.question()->asked_at) << player.stop().heading;
        } else {
            EXPECT_TRUE(player.next(session));
        }
    }
    return player.score().questions;
}

TEST(Lessons, are_six_and_each_can_be_played_with_right_answers) {
    ASSERT_EQ(lesson_names().size(), 6U);
    for (const std::string_view name : lesson_names()) {
        const std::size_t questions = play(name, [&](Player& player, Session& session) {
            ASSERT_TRUE(player.predict(player.question()->answer, session));
            EXPECT_TRUE(player.verdict().right);
            EXPECT_EQ(player.verdict().note, "");
            EXPECT_NE(player.verdict().why, "") << player.stop().heading;
        });
        EXPECT_GE(questions, 4U) << name;
    }
}

TEST(Lessons, can_be_played_with_every_wrong_answer_and_explain_it) {
    for (const std::string_view name : lesson_names()) {
        for (std::size_t other = 0; other < max_choices; ++other) {
            play(name, [&](Player& player, Session& session) {
                const Question question = *player.question();
                EXPECT_GE(question.choices.size(), 2U) << name << ": " << player.stop().heading;
                std::size_t choice = other % question.choices.size();
                if (question.choices[choice] == question.answer)
                    choice = (choice + 1) % question.choices.size();
                ASSERT_TRUE(player.predict(question.choices[choice], session));
                EXPECT_FALSE(player.verdict().right);
                EXPECT_EQ(player.verdict().prediction, question.choices[choice]);
                EXPECT_NE(player.verdict().note, "") << name << ": " << player.stop().heading;
                EXPECT_NE(player.verdict().why, "") << name << ": " << player.stop().heading;
            });
        }
    }
}

TEST(Lessons, are_listed_with_what_they_are_about) {
    for (const std::string_view name : lesson_names()) {
        EXPECT_NE(lesson_of(name).title, "");
        EXPECT_NE(lesson_of(name).summary, "");
    }
}

}  // namespace
}  // namespace loopscope::lesson
