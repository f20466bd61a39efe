#include "core/exchange/activity.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/exchange/exported_logs.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::exchange {
namespace {

using testing::Contains;
using testing::HasSubstr;
using namespace std::chrono_literals;

/// Everything that a visitor is shown.
class Recording final : public Visitor {
  public:
    void track(Track track, const std::string& name) override { tracks[track] = name; }
    void slice(const Slice& slice) override {
        EXPECT_TRUE(tracks.contains(slice.track));
        EXPECT_LT(slice.begin, slice.end);
        EXPECT_GE(slice.begin, ends[slice.track]) << "slices of a track do not overlap: " << slice.name;
        take(slice.events);
        ends[slice.track] = slice.end;
        names.push_back(slice.name);
        if (slice.arrives != 0) ++arrivals[slice.arrives];
        kept = std::max(kept, slice.instants.size());
        for (const Instant& each : slice.instants) {
            EXPECT_GE(each.time, slice.begin);
            EXPECT_LE(each.time, slice.end);
            instant(slice.track, each);
        }
    }
    void beginning(const Slice& slice) override {
        take(slice.events);
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }
    void instant(Track, const Instant& instant) override {
        if (instant.kind == Instant::Kind::print) printed += instant.name;
        if (instant.leaves != 0) ++departures[instant.leaves];
        take(instant.events);
    }
    void take(const std::vector<EventRun>& runs) {
        const std::size_t before = events.size();
        for (const EventRun& run : runs) {
            for (EventIndex at = run.first; at < run.end; ++at) events.push_back(at.value);
        }
        together = std::max(together, events.size() - before);
    }

    std::map<Track, std::string> tracks;
    std::map<Track, Time> ends;
    std::vector<std::string> names;
    std::map<Flow, int> arrivals;
    std::map<Flow, int> departures;
    std::string printed;
    std::vector<std::uint32_t> events;  // that belong to something
    std::size_t together = 0;           // most events that came with a slice or an instant
    std::size_t kept = 0;               // most instants that came with a slice
};

/// Returns the numbers of all events of a log.
std::vector<std::uint32_t> all_events(const trace::Log& log) {
    std::vector<std::uint32_t> all(log.size());
    std::iota(all.begin(), all.end(), 0U);
    return all;
}

TEST(Activity, shows_jobs_on_their_threads) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    ASSERT_TRUE(trace::check(log));
    Recording shown;
    visit(log, shown);
    EXPECT_EQ(shown.tracks.at(first_thread_track + 2), "pool");
    EXPECT_EQ(shown.ends.at(1), Time(2us)) << "the step, which went on while the job ran";
    EXPECT_EQ(shown.ends.at(first_thread_track + 2), Time(3us));
    EXPECT_THAT(shown.names, testing::IsSupersetOf({"finish", "read_file for worker"}));
}

TEST(Activity, shows_every_program_with_slices_that_do_not_overlap_and_flows_that_arrive) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const char* cost : {"1us", "0", "0.3"}) {
            const auto run =
                scenario::run_program(program->name, trace::Storage::contextvar, {{"step-cost", cost}});
            Recording shown;
            visit(run.log(), shown);
            std::size_t threads = 0;
            for (const auto& [track, name] : shown.tracks) threads += track > first_thread_track ? 1 : 0;
            EXPECT_EQ(threads, program->name == "threads" ? 2U : 1U);
            EXPECT_EQ(shown.tracks.size(),
                      trace::all_of_kind(run.log(), trace::Kind::spawn).size() + threads);
            EXPECT_EQ(shown.printed, run.output());
            EXPECT_FALSE(shown.arrivals.empty());
            for (const auto& [flow, count] : shown.arrivals) {
                EXPECT_EQ(count, 1);
                EXPECT_EQ(shown.departures[flow], 1);
            }
            std::ranges::sort(shown.events);
            EXPECT_EQ(shown.events, all_events(run.log())) << "each event belongs to one record";
        }
    }
}

TEST(Activity, names_a_step_by_what_it_does) {
    const auto run = scenario::run_program("indication", trace::Storage::contextvar);
    Recording shown;
    visit(run.log(), shown);
    EXPECT_THAT(shown.names, Contains("print c"));
    EXPECT_THAT(shown.names, Contains(HasSubstr("set ")));
    EXPECT_THAT(shown.names, Contains("sleep"));
    EXPECT_THAT(shown.names, Contains("ready"));
}

TEST(Activity, tells_the_instants_of_a_long_step_before_its_end_is_known) {
    trace::Log log;
    write_prints(log, "x", 10'000);
    ASSERT_TRUE(trace::check(log));
    Recording shown;
    visit(log, shown);
    EXPECT_EQ(shown.printed, std::string(10'000, 'x'));
    EXPECT_LT(shown.kept, 5'000U);
    EXPECT_THAT(shown.names, testing::ElementsAre(testing::StartsWith("print x, print x")));
}

TEST(Activity, names_a_step_by_the_beginning_of_a_long_text) {
    trace::Log log;
    write_prints(log, std::string(100'000, 'x'), 2);
    Recording shown;
    visit(log, shown);
    ASSERT_EQ(shown.names.size(), 1U);
    EXPECT_LT(shown.names.front().size(), 300U);
    EXPECT_EQ(shown.printed.size(), 200'000U);
}

TEST(Activity, gives_few_events_to_one_slice) {
    trace::Log log;
    write_prints(log, "x", 10'000);
    Recording shown;
    visit(log, shown);
    std::ranges::sort(shown.events);
    EXPECT_EQ(shown.events, all_events(log));
    EXPECT_LE(shown.together, 2048U);
}

}  // namespace
}  // namespace loopscope::exchange
