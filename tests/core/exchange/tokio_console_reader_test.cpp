#include "core/exchange/tokio_console_reader.hpp"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/read_trace.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

Result<Imported> read_console(std::string_view lines) {
    return read_trace(std::as_bytes(std::span(lines)), "t.log");
}

std::string line_of(std::string_view what, int id, int microseconds, std::string_view more = {}) {
    return fmt::format(
        R"({{"{}":{{"id":{}{},"at":{{"secs_since_epoch":1796016780,"nanos_since_epoch":{}}}}}}})"
        "\n",
        what, id, more, microseconds * 1000);
}

std::string spawned(int id, int microseconds, std::string_view name, int number) {
    return fmt::format(
        R"({{"Spawn":{{"id":{},"at":{{"secs_since_epoch":1796016780,"nanos_since_epoch":{}}},"fields":[{{"name":"kind","value":"task"}},)"
        R"({{"name":"task.name","value":"{}"}},{{"name":"task.id","value":{}}}]}}}})"
        "\n",
        id, microseconds * 1000, name, number);
}

const std::string console_version = "{\"v\":1}\n";

TEST(TokioConsoleReader, shows_the_life_of_a_task_with_its_polls_and_wakes) {
    const auto read = read_console(
        console_version + spawned(3, 10, "worker", 2) + line_of("Enter", 3, 12) + line_of("Exit", 3, 15) +
        line_of("Waker", 3, 18, R"(,"op":{"Wake":{"self_wake":true}})") + line_of("Enter", 3, 20) +
        line_of("Exit", 3, 22) + line_of("Close", 3, 23));
    ASSERT_TRUE(read) << read.error().message;
    const ToldTracks told(*read->log);
    EXPECT_THAT(told.tracks, ElementsAre("worker resource 2"));
    EXPECT_THAT(told.lines,
                ElementsAre("worker: worker 0..13 {kind=task,task.name=worker,task.id=2}",
                            "worker: > poll 2..5", "worker: wake! 8 {by=itself}", "worker: > poll 10..12"));
    EXPECT_EQ(read->missing, "");
    EXPECT_EQ(read->records, 7U);
}

TEST(TokioConsoleReader, counts_what_has_no_name_or_no_meaning) {
    const auto read = read_console(console_version + line_of("Enter", 1, 1) + spawned(3, 10, "", 2) +
                                   line_of("Exit", 3, 11) + line_of("Waker", 3, 12, R"(,"op":"Clone")") +
                                   line_of("Odd", 3, 13) + "{\"Enter\":{\"id\":3}}\nhello\n\n" +
                                   line_of("Enter", 3, 14) + "{\"Exit\":{\"id\":3,\"at");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ToldTracks(*read->log).lines,
                ElementsAre("task: task 0... {kind=task,task.id=2}", "task: > poll 4..."));
    EXPECT_THAT(
        read->missing,
        AllOf(HasSubstr("1 record of resources and operations that the recording does not name"),
              HasSubstr("1 record of polls that have not begun"),
              HasSubstr("1 record of wakers that are copied or dropped"),
              HasSubstr("1 record of an unknown kind"), HasSubstr("2 records without an id or a time"),
              HasSubstr("the file ends inside of a line")));
}

TEST(TokioConsoleReader, ends_a_poll_with_its_task_and_lets_an_id_be_used_again) {
    const auto read =
        read_console(console_version + spawned(3, 10, "a", 2) + line_of("Enter", 3, 12) +
                     line_of("Close", 3, 15) + spawned(3, 20, "b", 5) + line_of("Close", 3, 22));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ToldTracks(*read->log).lines,
                ElementsAre(HasSubstr("a: a 0..5"), "a: > poll 2..5", HasSubstr("b: b 10..12")));
}

TEST(TokioConsoleReader, reads_what_console_subscriber_wrote) {
    const auto read =
        read_trace(std::filesystem::path(LOOPSCOPE_TESTS_DIR "/core/exchange/cases/tokio-console.log"));
    ASSERT_TRUE(read) << read.error().message;
    const ToldTracks told(*read->log);
    EXPECT_THAT(told.tracks, ElementsAre("worker-0 resource 2", "worker-1 resource 3", "worker-2 resource 4",
                                         "task resource 5"));
    const auto polls = std::ranges::count_if(
        told.lines, [](const std::string& line) { return line.find("> poll") != std::string::npos; });
    EXPECT_EQ(polls, 22);
}

TEST(TokioConsoleReader, says_that_there_is_no_task) {
    const auto read = read_console(console_version + line_of("Enter", 1, 1));
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message,
                HasSubstr("'t.log' is a recording for tokio's console in which no task is spawned"));
}

TEST(TokioConsoleReader, takes_bad_bytes_and_escapes_as_they_stand) {
    const auto read =
        read_console(console_version + spawned(3, 10, "w\xff\ttab\\x", 2) + line_of("Close", 3, 23));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ToldTracks(*read->log).tracks, ElementsAre("w\uFFFD\ttab\\x resource 2"));
    EXPECT_EQ(read->missing, "");
}

TEST(TokioConsoleReader, tells_all_of_a_field_that_is_an_object) {
    std::string spawn = spawned(3, 10, "w", 2);
    spawn.replace(spawn.find("]"), 0, R"(,{"name":"size","value":{"bytes":[1, 2]}})");
    const auto read = read_console(console_version + spawn);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ToldTracks(*read->log).lines, ElementsAre(HasSubstr(R"(size={"bytes":[1, 2]})")));
}

TEST(TokioConsoleReader, passes_over_lines_that_are_too_long_wherever_they_are_cut) {
    const std::string longest(TokioConsoleReader::max_line + 1, 'x');
    const std::string whole = console_version + spawned(3, 10, "w", 2);
    const std::string rest = line_of("Odd", 3, 13);
    for (const std::string& bytes : {whole + longest + "\n" + rest, whole + longest}) {
        for (const std::size_t piece : {bytes.size(), std::size_t{1} << 16}) {
            TokioConsoleReader reader({"t.log", "t.log", 0}, {});
            for (std::size_t at = 0; at < bytes.size(); at += piece)
                ASSERT_TRUE(reader.push(std::as_bytes(std::span(std::string_view(bytes).substr(at, piece)))));
            const auto read = reader.finish();
            ASSERT_TRUE(read) << read.error().message;
            const auto is_long = testing::Field(&Omission::what, HasSubstr("too long"));
            EXPECT_THAT(read->omissions,
                        testing::Contains(AllOf(is_long, testing::Field(&Omission::first, whole.size()))));
            if (!bytes.ends_with(rest)) continue;
            const auto is_odd = testing::Field(&Omission::what, HasSubstr("unknown kind"));
            EXPECT_THAT(read->omissions,
                        testing::Contains(
                            AllOf(is_odd, testing::Field(&Omission::first, bytes.size() - rest.size()))));
        }
    }
}

}  // namespace
}  // namespace loopscope::exchange
