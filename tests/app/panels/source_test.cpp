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

}  // namespace
}  // namespace loopscope::panels
