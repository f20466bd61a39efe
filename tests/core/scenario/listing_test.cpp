#include "core/scenario/listing.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/kinds.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

TEST(Listing, hides_markers_and_keeps_the_lines) {
    const Listing listing("int a;  // [set]\n\nb();     // [get]\n// why\n");
    EXPECT_EQ(listing.text(), "int a;\n\nb();\n// why\n");
    EXPECT_THAT(listing.lines(), ElementsAre("int a;", "", "b();", "// why"));
    EXPECT_EQ(listing.label(1), "set");
    EXPECT_EQ(listing.label(2), "");
    EXPECT_EQ(listing.line_of("get"), 3);
}

TEST(Listing, reads_the_markers_of_python) {
    const Listing listing("a = 1  # [set]\n# why\n");
    EXPECT_EQ(listing.text(), "a = 1\n# why\n");
    EXPECT_EQ(listing.line_of("set"), 1);
}

TEST(Listing, leaves_other_brackets_alone) {
    const Listing listing("a = [1]\nb = [ [2] ]\nint c [3]\nd[4]  // of [5] items\n");
    EXPECT_THAT(listing.lines(), ElementsAre("a = [1]", "b = [ [2] ]", "int c [3]", "d[4]  // of [5] items"));
    for (std::uint32_t line = 1; line <= 4; ++line) EXPECT_EQ(listing.label(line), "") << line;
}

TEST(Listing, knows_nothing_of_lines_and_labels_that_are_not_there) {
    const Listing listing("a;  // [set]");
    EXPECT_EQ(listing.label(0), "");
    EXPECT_EQ(listing.label(2), "");
    EXPECT_EQ(listing.line_of("get"), 0);
    EXPECT_EQ(listing.line_of(""), 0);
    EXPECT_THAT(Listing("").lines(), ElementsAre());
}

TEST(Listings, lead_from_a_native_line_to_its_twin) {
    const Listings listings{Listing("a;  // [a]\nb;\nc;  // [c]\n"), Listing("c  # [c]\na  # [a]\n")};
    EXPECT_EQ(listings.twin_line(1), 2);
    EXPECT_EQ(listings.twin_line(2), 0);
    EXPECT_EQ(listings.twin_line(3), 1);
    EXPECT_EQ(listings.twin_line(99), 0);
}

TEST(Listings, of_all_programs_show_no_markers) {
    for (const Program* program : catalogue()) {
        EXPECT_THAT(std::string(source_of(*program)), Not(HasSubstr("// ["))) << program->name;
        EXPECT_THAT(std::string(twin_of(*program)), Not(HasSubstr("# ["))) << program->name;
        EXPECT_THAT(std::string(twin_of(*program)), HasSubstr("run(")) << program->name;
    }
}

TEST(Listings, of_all_programs_have_each_label_of_the_twin_once_and_in_both) {
    for (const Program* program : catalogue()) {
        const auto& [native, twin] = listings_of(*program);
        std::set<std::string_view> labels;
        for (std::uint32_t line = 1; line <= twin.lines().size(); ++line) {
            const std::string_view label = twin.label(line);
            if (label.empty()) continue;
            EXPECT_TRUE(labels.insert(label).second) << program->name << ": " << label;
            EXPECT_NE(native.line_of(label), 0) << program->name << ": " << label;
        }
    }
}

/// The line of source that an event names; 0: none.
std::uint32_t line_of(const trace::Event& event) {
    return trace::says_line(event.kind()) ? event.line() : 0;
}

/// The native lines that a run names.
std::set<std::uint32_t> lines_of(const ProgramRun& run) {
    std::set<std::uint32_t> lines;
    for (const trace::Event& event : trace::events_of(run.log())) {
        if (const std::uint32_t line = line_of(event)) lines.insert(line);
    }
    return lines;
}

TEST(Listings, have_a_line_of_python_for_each_line_that_a_run_names) {
    for (const Program* program : catalogue()) {
        std::set<std::uint32_t> named;
        for (const trace::Storage storage : trace::all_storages) {
            named.merge(lines_of(run_program(program->name, storage)));
            named.merge(lines_of(run_program(program->name, storage, {{"step-cost", "0"}})));
        }
        const Listings& listings = listings_of(*program);
        EXPECT_GE(named.size(), 3) << program->name;
        for (const std::uint32_t line : named) {
            ASSERT_LE(line, listings.native.lines().size()) << program->name;
            EXPECT_NE(listings.twin_line(line), 0)
                << program->name << ", line " << line << ": " << listings.native.lines()[line - 1];
        }
    }
}

}  // namespace
}  // namespace loopscope::scenario
