#include "app/session/comparison.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using testing::HasSubstr;
using trace::Storage;

/// A program's run under a storage, to its end.
std::unique_ptr<Rerun> rerun(std::string_view program, Storage storage,
                             const std::vector<scenario::Setting>& settings = {}) {
    auto run = std::make_unique<Rerun>(setup_of(program, storage, settings));
    run->finish();
    return run;
}

/// Every text that a trace prints, looked up event by event.
std::vector<std::string> texts_of(const trace::Log& log) {
    std::vector<std::string> texts;
    for (EventIndex at; at < log.end_index(); ++at) {
        const trace::Kind kind = log[at].kind();
        if (kind == trace::Kind::print || kind == trace::Kind::print_value)
            texts.emplace_back(log.printed_text(at));
    }
    return texts;
}

std::vector<PrintIndex> plain_differences(const std::vector<std::string>& one,
                                          const std::vector<std::string>& other) {
    std::vector<PrintIndex> prints;
    for (std::size_t index = 0; index < std::max(one.size(), other.size()); ++index) {
        if (index >= one.size() || index >= other.size() || one[index] != other[index])
            prints.push_back(PrintIndex::of(index));
    }
    return prints;
}

TEST(Comparison, finds_the_places_at_which_the_outputs_of_all_programs_differ_under_any_two_storages) {
    for (const scenario::Program* program : scenario::catalogue()) {
        std::vector<std::unique_ptr<Rerun>> runs;
        for (const Storage storage : trace::all_storages) runs.push_back(rerun(program->name, storage));
        for (const auto& one : runs) {
            for (const auto& other : runs) {
                const Comparison comparison(one->side(), other->side());
                EXPECT_EQ(comparison.differences(),
                          plain_differences(texts_of(one->log()), texts_of(other->log())))
                    << program->name;
            }
        }
    }
}

TEST(Comparison, finds_no_difference_between_a_storage_and_itself) {
    const auto run = rerun("indication", Storage::global);
    const Comparison comparison(run->side(), run->side());
    EXPECT_THAT(comparison.differences(), testing::IsEmpty());
    EXPECT_EQ(comparison.first_difference(), std::nullopt);
    EXPECT_EQ(comparison.next_difference({}), std::nullopt);
    EXPECT_EQ(first_difference_sentence(comparison, "global", "global"), "global and global print the same.");
}

TEST(Comparison, counts_what_a_longer_output_has_more_as_differences) {
    const auto one = rerun("indication", Storage::contextvar);
    const auto other = rerun("indication", Storage::contextvar, {{"duration", "0.5"}});
    const Comparison comparison(one->side(), other->side());
    ASSERT_LT(other->side().prints(), one->side().prints());
    EXPECT_EQ(comparison.length(), one->side().prints());
    EXPECT_EQ(comparison.first_difference(), other->index().prints().end_index());
    EXPECT_EQ(comparison.differences().size(), one->side().prints() - other->side().prints());
    EXPECT_THAT(first_difference_sentence(comparison, "a long run", "a short one"),
                HasSubstr("under a short one nothing is printed any more"));
}

TEST(Comparison, does_not_count_what_a_trace_that_goes_on_has_not_printed_yet) {
    const auto whole = rerun("indication", Storage::global);
    Rerun part(setup_of("indication", Storage::global));
    part.extend(100);
    ASSERT_FALSE(part.done());
    EXPECT_THAT(Comparison(whole->side(), part.side()).differences(), testing::IsEmpty());
    EXPECT_THAT(Comparison(part.side(), whole->side()).differences(), testing::IsEmpty());
}

TEST(Comparison, goes_from_one_difference_to_the_next_and_back) {
    const auto one = rerun("indication", Storage::global);
    const auto other = rerun("indication", Storage::contextvar);
    const Comparison comparison(one->side(), other->side());
    std::vector<PrintIndex> forward;
    EventIndex cursor;
    while (const auto next = comparison.next_difference(cursor)) {
        forward.push_back(*next);
        cursor = one->index().prints().event(*next);
    }
    EXPECT_EQ(forward, comparison.differences());
    std::vector<PrintIndex> back;
    cursor = one->log().end_index() - 1;
    while (const auto previous = comparison.previous_difference(cursor)) {
        back.push_back(*previous);
        cursor = one->index().prints().event(*previous);
    }
    std::ranges::reverse(back);
    EXPECT_EQ(back, comparison.differences());
}

TEST(Comparison, stands_on_the_print_of_the_same_number_on_both_sides) {
    const auto one = rerun("indication", Storage::global);
    const auto other = rerun("indication", Storage::context_chainmap);
    const Comparison comparison(one->side(), other->side());
    EXPECT_EQ(comparison.matching_event({}), std::nullopt);
    for (EventIndex cursor = one->index().prints().event({0}); cursor < one->log().end_index(); ++cursor) {
        const PrintIndex print = one->index().last_print(cursor).value();
        EXPECT_EQ(comparison.matching_event(cursor), other->index().prints().event(print));
    }
}

TEST(Comparison, says_in_a_sentence_who_printed_what_where_two_outputs_first_differ) {
    const auto one = rerun("indication", Storage::global);
    const auto other = rerun("indication", Storage::contextvar);
    EXPECT_EQ(first_difference_sentence(Comparison(one->side(), other->side()), "global", "contextvar"),
              "They first differ at print 1: under global indication(0) prints 'c', written by sleep(c); "
              "under contextvar indication(0) prints '0', written by sleep(0).");
}

TEST(Rerun, ends_at_its_limit_however_it_got_there) {
    const feed::Setup setup = setup_of("indication", Storage::global, {{"duration", "3600"}});
    Rerun at_once(setup, 5000);
    at_once.finish();
    Rerun in_steps(setup, 5000);
    while (in_steps.extend(7)) {
    }
    EXPECT_TRUE(at_once.cut());
    EXPECT_EQ(at_once.log().size(), in_steps.log().size());
    EXPECT_EQ(texts_of(at_once.log()), texts_of(in_steps.log()));
}

}  // namespace
}  // namespace loopscope::session
