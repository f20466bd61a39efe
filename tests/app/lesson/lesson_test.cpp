#include "app/lesson/lesson.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::lesson {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

constexpr std::string_view front = R"(---
title: A title
summary: what it is about
program: indication
storage: thread-local
set: symbols=ab
---
)";

std::string with(std::string_view body) {
    return std::string(front) + std::string(body);
}

/// Why a text is no lesson.
std::string error_of(std::string_view text) {
    const auto lesson = parse("x.md", text);
    return lesson ? "it is one" : lesson.error().message;
}

TEST(Lesson, has_no_more_headings_than_fit_into_a_class) {
    std::string headings;
    for (int each = 0; each < 201; ++each)
        headings += "## " + std::to_string(each) + "\n- at: start\n- ask: next print\n";
    EXPECT_THAT(error_of(with(headings)),
                HasSubstr("this is heading 201, but only 200 are allowed; split it into several files"));
}

TEST(Lesson, has_what_its_front_matter_says_and_a_stop_for_each_heading) {
    const auto lesson =
        parse("x.md", with("Hello,\nworld.\n\n## One\n\n- at: before print 3\n- ask: next print\n\n"
                           "Some *text*.\n\n    code\n\n### Afterwards\n\nSo it is.\n\n"
                           "## Two\n- run: threads\n- set: symbols=xy\n- storage: global\n"
                           "## Three\n- at: time 0.25\n- storage: contextvar\n"));
    ASSERT_TRUE(lesson) << lesson.error().message;
    EXPECT_EQ(lesson->title, "A title");
    EXPECT_EQ(lesson->summary, "what it is about");
    ASSERT_EQ(lesson->stops.size(), 4U);
    EXPECT_EQ(lesson->stops[0].heading, "A title");
    EXPECT_EQ(lesson->stops[0].text, "Hello, world.");
    EXPECT_EQ(lesson->stops[0].run->program->name, "indication");
    EXPECT_EQ(lesson->stops[0].run->storage, trace::Storage::thread_local_);
    EXPECT_EQ(lesson->stops[0].run->arguments.text("symbols"), "ab");
    EXPECT_EQ(lesson->stops[1].point.kind, StopPoint::Kind::before_print);
    EXPECT_EQ(lesson->stops[1].point.count, 3U);
    EXPECT_EQ(lesson->stops[1].ask, Ask::next_print);
    EXPECT_EQ(lesson->stops[1].text, "Some *text*.\n\ncode");
    EXPECT_EQ(lesson->stops[1].afterwards, "So it is.");
    EXPECT_FALSE(lesson->stops[1].run);
    EXPECT_EQ(lesson->stops[2].run->program->name, "threads");
    EXPECT_EQ(lesson->stops[2].run->storage, trace::Storage::global);
    EXPECT_EQ(lesson->stops[2].run->arguments.text("symbols"), "xy");
    EXPECT_EQ(lesson->stops[3].point.time, seconds(0.25));
    EXPECT_EQ(lesson->stops[3].storage, trace::Storage::contextvar);
}

TEST(Lesson, that_a_windows_editor_wrote_is_the_same) {
    std::string text = with("## One\n- at: start\n- ask: whole output\n\nText.\n");
    std::string other;
    for (const char each : text) other += each == '\n' ? "\r\n" : std::string(1, each);
    const auto lesson = parse("x.md", other);
    ASSERT_TRUE(lesson) << lesson.error().message;
    EXPECT_EQ(lesson->stops.front().text, "Text.");
}

TEST(Lesson, says_which_line_is_wrong_and_what_to_write_instead) {
    struct Wrong {
        std::string text;
        std::string_view at;
        std::string_view instead;
    };
    const Wrong all[] = {
        {"title: x\n", "x.md:1: ", "begin the file with a line '---'"},
        {"---\ntitle: x\n", "x.md:2: ", "write '---'"},
        {"---\ntitle\n---\n", "x.md:2: ", "'key: value'"},
        {"---\ntitle: x\nsummary: y\n---\n", "x.md:1: ", "'program: indication'"},
        {"---\ntitle:\nsummary: y\nprogram: indication\n---\n", "x.md:2: ", "'title: One cell for all'"},
        {"---\ntitle: x\nsummary: y\nprogram: indication\ntitle: z\n---\n", "x.md:5: ", "already in line 2"},
        {"---\ntitle: x\nsummary: y\nprogram: nothing\n---\n", "x.md:4: ", "indication"},
        {"---\ntitle: x\nsummary: y\nprogram: indication\nstorage: heap\n---\n", "x.md:5: ", "contextvar"},
        {"---\ntitle: x\nsummary: y\nprogram: indication\nset: symbols\n---\n", "x.md:5: ", "NAME=VALUE"},
        {"---\ntitle: x\nsummary: y\nprogram: indication\nset: duration=long\n---\n", "x.md:5: ", "duration"},
        {"---\ntitle: x\nsummary: y\nprogram: indication\nauthor: me\n---\n", "x.md:5: ", "title, summary"},
        {with("Text.\n"), "x.md:1: ", "'- ask: next print'"},
        {with("# One\n"), "x.md:8: ", "'## A heading'"},
        {with("### Afterwards\n"), "x.md:8: ", "above it"},
        {with("## One\n- at: start\n## One\n"), "x.md:10: ", "in line 8"},
        {with("## One\n- ask: next print\n## Two\n- ask: next print\n"), "x.md:10: ", "'- at: '"},
        {with("## One\n- at: print three\n- ask: next print\n"), "x.md:9: ", "before print 3"},
        {with("## One\n- at: print 0\n- ask: next print\n"), "x.md:9: ", "before print 3"},
        {with("## One\n- at: time -1\n- ask: next print\n"), "x.md:9: ", "time 0.25"},
        {with("## One\n- at: time nan\n- ask: next print\n"), "x.md:9: ", "time 0.25"},
        {with("## One\n- at: start\n- ask: who\n"), "x.md:10: ", "who wrote it"},
        {with("## One\n- at: start\n- at: end\n- ask: next print\n"), "x.md:10: ", "write it once"},
        {with("## One\n- at: start\n- answer: c\n"), "x.md:10: ", "at, run, storage, set, ask"},
        {with("## One\n- at: start\n- set: symbols=x\n- ask: next print\n"), "x.md:10: ", "'- run: PROGRAM'"},
        {with("## One\n- at: start\n- an item\n- ask: next print\n"), "x.md:10: ", "put a sentence before"},
        {with("## One\n- at: start\n### Afterwards\nText.\n"), "x.md:8: ", "'- ask: …'"},
        {with("A bell: \a\n## One\n- ask: next print\n"), "x.md:8: ", "delete it"},
    };
    for (const Wrong& wrong : all) {
        EXPECT_THAT(error_of(wrong.text), StartsWith(wrong.at)) << wrong.text;
        EXPECT_THAT(error_of(wrong.text), HasSubstr(wrong.instead)) << wrong.text;
    }
    EXPECT_THAT(error_of(std::string(2U << 20, 'x')), HasSubstr("megabyte"));
}

TEST(Lesson, names_each_of_its_questions_as_they_are_written) {
    for (const Ask ask :
         {Ask::next_print, Ask::next_task, Ask::writer, Ask::leaks_next, Ask::leaks, Ask::output}) {
        const auto lesson =
            parse("x.md", with("## One\n- at: print 1\n- ask: " + std::string(name(ask)) + "\n"));
        ASSERT_TRUE(lesson) << lesson.error().message;
        EXPECT_EQ(lesson->stops.back().ask, ask);
    }
}

}  // namespace
}  // namespace loopscope::lesson
