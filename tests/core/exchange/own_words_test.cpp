#include "core/exchange/own_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/trace/kinds.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::exchange {
namespace {

using trace::Event;
using trace::Kind;
using trace::tagged;

/// Returns all events of a log in words.
std::string words_of(const trace::Log& log) {
    std::string text;
    append_in_words(text, log, {{{}, log.end_index(), Time(0)}});
    return text;
}

TEST(OwnWords, say_what_an_event_says) {
    trace::Log log;
    const std::uint32_t text = log.intern("it's\n\xff\u202e").value;
    log.emit(Kind::begin, 0, text);
    log.emit(Kind::variable, 1, text);
    log.set_time(Time(5));
    log.emit(Kind::set, 0, text, trace::about_variable(VariableId{1}, 24));
    log.set_time(Time(20'000'000));
    log.emit(Kind::storage, 0, 0, tagged(trace::Storage::thread_local_));
    EXPECT_EQ(words_of(log),
              "#0 begin 'it\\'s\\n\\xff\\u202e'\n"
              "variable 1 'it\\'s\\n\\xff\\u202e' ''\n"
              "+5 set 0 'it\\'s\\n\\xff\\u202e' 1 :24\n"
              "+19999995 clock 20000000\n"
              "storage 0 thread-local");
}

TEST(OwnWords, of_events_that_do_not_follow_begin_with_their_index) {
    trace::Log log;
    for (int each = 0; each < 5; ++each) log.emit(Kind::stop);
    std::string text;
    append_in_words(text, log, {{{1}, {2}, Time(0)}, {{3}, {5}, Time(0)}});
    EXPECT_EQ(text, "#1 stop\n#3 stop\nstop");
}

/// Returns values of a field that are worth a try.
std::vector<std::uint32_t> values(bool is_zero, bool is_string) {
    if (is_zero) return {0};
    return is_string ? std::vector<std::uint32_t>{0, 1, 2} : std::vector<std::uint32_t>{0, 1, 4'294'967'295U};
}

/// Returns contents of the field `b` of an event that are worth a try.
std::vector<std::uint32_t> tails(const trace::Rule& rule) {
    using trace::Tail;
    std::vector<std::uint32_t> all;
    const bool has_tag = rule.b == Tail::tag || rule.b == Tail::tag_line || rule.b == Tail::tag_number;
    const bool has_line = rule.b == Tail::tag_line || rule.b == Tail::tag_number || rule.b == Tail::line;
    if (has_tag || has_line) {
        for (std::uint32_t tag = 0; tag < (has_tag ? rule.tags : 1U); ++tag) {
            all.push_back(tag);
            if (has_line) all.push_back(tag | 16'777'215U << 8);
        }
        if (rule.ignorable_tags) all.push_back(200);
        return all;
    }
    if (rule.b == Tail::variable) return {1, 255 | 77U << 8, 256U << 8};
    return values(rule.b == Tail::zero, rule.b == Tail::string);
}

TEST(OwnWords, of_each_kind_are_read_as_what_was_written) {
    int compared = 0;
    for (int number = 0; number < trace::kind_numbers; ++number) {
        const auto kind = static_cast<Kind>(number);
        const trace::Rule& rule = trace::rules.at(static_cast<std::size_t>(number));
        if (!trace::is_known(kind) && number != 99 && number != 240) continue;
        const bool known = trace::is_known(kind);
        for (const std::uint32_t subject : values(known && rule.subject == trace::Field::zero, false)) {
            for (const std::uint32_t a :
                 values(known && rule.a == trace::Field::zero, rule.a == trace::Field::string)) {
                for (const std::uint32_t b : known ? tails(rule) : values(false, false)) {
                    trace::Log log;
                    StringTable strings;
                    for (const char* text : {"plain", "' \\ \n"}) {
                        (void)log.intern(text);
                        (void)strings.intern(text);
                    }
                    Event event;
                    event.head = static_cast<std::uint32_t>(number);
                    event.subject = subject;
                    event.a = a;
                    event.b = b;
                    if (kind == Kind::count && b > 1) continue;  // not a number
                    if (kind == Kind::clock && b > 1) continue;  // out of range
                    log.append(event);
                    const std::string line = words_of(log);
                    const auto read = read_words(line, strings);
                    ASSERT_TRUE(read) << line;
                    EXPECT_EQ(read->index, 0U);
                    EXPECT_EQ(read->event, event) << line;
                    ++compared;
                }
            }
        }
    }
    EXPECT_GT(compared, 500);
}

TEST(OwnWords, that_are_not_such_are_refused) {
    StringTable strings;
    for (const char* line : {"",
                             " ",
                             "#",
                             "#x stop",
                             "#1",
                             "#1 ",
                             "stop ",
                             "stop 1",
                             "begin",
                             "begin x",
                             "begin 'x",
                             "begin 'x'y",
                             "begin '\\q'",
                             "begin '\\x1'",
                             "begin '\\ud800'",
                             "step 1",
                             "step 1 firs",
                             "step 1 first :5",
                             "+-5 stop",
                             "+ stop",
                             "clock x",
                             "print 1 'c' 7",
                             "99999999999 1 1 1",
                             "20 1 1 1",
                             "spawn 1 'x' soon :99999999999",
                             "#4294967296 stop",
                             "later 1 1 1"})
        EXPECT_FALSE(read_words(line, strings)) << line;
    EXPECT_TRUE(read_words("print 1 'c' :7", strings));
}

}  // namespace
}  // namespace loopscope::exchange
