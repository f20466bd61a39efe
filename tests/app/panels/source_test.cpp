#include "app/panels/source.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

using session::Session;
using testing::Contains;

/// The line of the print at the end of a run of the seed's program.
std::uint32_t line_of_last_print(Session& session) {
    run(session);
    return session.log()[session.index().prints().back().event].line();
}

TEST(Source, is_lit_in_the_same_place_in_either_language) {
    Session session = session::seed();
    const std::uint32_t line = line_of_last_print(session);
    EXPECT_EQ(source_line(session.about(), Language::native, line), "print(symbol.get());");
    EXPECT_EQ(source_line(session.about(), Language::python, line), "show(symbol.get())");
    EXPECT_EQ(line_number(session.about(), Language::native, line), line);
    EXPECT_NE(line_number(session.about(), Language::python, line), line);
}

TEST(Source, has_no_line_where_a_trace_names_none) {
    const Session session = session::seed();
    for (const Language language : {Language::native, Language::python}) {
        EXPECT_EQ(line_number(session.about(), language, 0), 0);
        EXPECT_EQ(source_line(session.about(), language, 0), "");
        EXPECT_EQ(source_line(session.about(), language, 99'999), "");
    }
}

TEST(Source, is_the_whole_file_of_each_language) {
    const Session session = session::seed();
    EXPECT_THAT(source_lines(session.about(), Language::native),
                Contains("Coro<> indication(Duration interval) {"));
    EXPECT_THAT(source_lines(session.about(), Language::python), Contains("async def indication(interval):"));
    EXPECT_EQ(source_file(session.about(), Language::native), "indication.cpp");
    EXPECT_EQ(source_file(session.about(), Language::python), "indication.py");
}

TEST(Source, changes_from_one_language_to_the_other_and_back) {
    EXPECT_EQ(other(Language::native), Language::python);
    EXPECT_EQ(other(Language::python), Language::native);
}

TEST(Source, has_the_line_that_why_speaks_of_and_not_the_one_of_the_suspension_behind_it) {
    Session session = session::finished_seed();
    const EventIndex print = session.index().prints().event(PrintIndex{9});
    const std::uint32_t line = session.log()[print].line();
    session.seek(print);
    EXPECT_EQ(told_line(session.facts()).line, line);
    const auto handle = session.index().handle_at(print);
    ASSERT_TRUE(handle);
    session.seek(session.index().last_event(*handle));
    ASSERT_EQ(session.log()[session.cursor()].kind(), trace::Kind::suspend);
    EXPECT_NE(session.log()[session.cursor()].line(), line);
    EXPECT_NE(explain::why(session.facts()).action.find("prints"), std::string::npos);
    EXPECT_EQ(told_line(session.facts()).line, line);
}

TEST(Source, has_a_line_for_all_that_why_says_of_a_line) {
    Session session = session::finished_seed();
    for (EventIndex event = session.first_event(); event <= session.head(); ++event) {
        session.seek(event);
        const EventIndex told = explain::told_event(session.facts());
        if (!told || session.log().line(told) == 0) continue;
        EXPECT_EQ(told_line(session.facts()).line, session.log().line(told)) << event.value;
    }
}

}  // namespace
}  // namespace loopscope::panels
