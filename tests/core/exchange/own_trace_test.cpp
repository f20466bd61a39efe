#include "core/exchange/own_trace.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/activity.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/exchange/exported_logs.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::exchange {
namespace {

using testing::HasSubstr;
using Arguments = std::vector<std::pair<std::string, std::string>>;

/// Gathers the arguments of all records that a trace is written as.
class Gathering final : public Visitor {
  public:
    explicit Gathering(const trace::Log& log, const format::Info& info = {})
        : log_(log), all(own_arguments(log, info)) {
        visit(log, *this);
    }
    void track(Track, const std::string&) override {}
    void slice(const Slice& slice) override {
        for (const Instant& each : slice.instants) take(each.events);
        take(slice.events);
    }
    void beginning(const Slice& slice) override { slice_(slice); }
    void instant(Track, const Instant& instant) override { take(instant.events); }

  private:
    void slice_(const Slice& slice) { this->slice(slice); }
    void take(const std::vector<EventRun>& events) {
        if (events.empty()) return;
        all.emplace_back(std::string(own_events_argument), "");
        append_in_words(all.back().second, log_, events);
    }
    const trace::Log& log_;

  public:
    Arguments all;
};

struct Restored {
    trace::Log log;
    format::Info info;
    std::string wrong;
};

std::unique_ptr<Restored> restored(const Arguments& arguments) {
    OwnTrace own;
    for (const auto& [name, text] : arguments) own.take(name, text);
    EXPECT_TRUE(own.is_own());
    auto result = std::make_unique<Restored>();
    result->wrong = own.restore(result->log, result->info);
    if (!result->wrong.empty()) {
        EXPECT_EQ(result->log.size(), 0U);
    } else {
        EXPECT_TRUE(trace::check(result->log));
    }
    return result;
}

TEST(OwnTrace, is_every_program_under_every_storage_as_it_was) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            Arguments arguments = Gathering(run.log()).all;
            std::shuffle(arguments.begin(), arguments.end(), std::mt19937(1));
            const auto again = restored(arguments);
            EXPECT_EQ(again->wrong, "");
            EXPECT_EQ(trace::events_of(again->log), trace::events_of(run.log())) << program->name;
            EXPECT_EQ(trace::strings_of(again->log), trace::strings_of(run.log())) << program->name;
        }
    }
}

TEST(OwnTrace, has_jobs_threads_and_tracks_too) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    const auto again = restored(Gathering(log).all);
    EXPECT_EQ(again->wrong, "");
    EXPECT_EQ(trace::text_of(again->log), trace::text_of(log));
}

TEST(OwnTrace, of_a_step_with_very_many_prints_is_whole) {
    trace::Log log;
    write_prints(log, "x", 10'000);
    EXPECT_EQ(trace::events_of(restored(Gathering(log).all)->log), trace::events_of(log));
    trace::Log long_texts;
    write_prints(long_texts, std::string(300'000, 'x'), 20);
    EXPECT_EQ(trace::events_of(restored(Gathering(long_texts).all)->log), trace::events_of(long_texts));
}

TEST(OwnTrace, knows_what_is_in_the_info) {
    const auto run = scenario::run_program("indication", trace::Storage::contextvar);
    const format::Info info{"indication",
                            {{"symbols", "ab"}, {"none", ""}},
                            "main.py",
                            "print(1)\nprint(2)\n",
                            "Loopscope",
                            "a note\nof two lines",
                            {{EventIndex{3}, "here"}, {EventIndex{3}, "again"}},
                            "",
                            {{2, "import asyncio\n"}}};
    const auto again = restored(Gathering(run.log(), info).all);
    EXPECT_EQ(again->wrong, "");
    EXPECT_EQ(again->info, info);
}

TEST(OwnTrace, that_is_not_whole_is_refused_with_a_reason) {
    const auto run = scenario::run_program("indication", trace::Storage::contextvar);
    const Arguments whole = Gathering(run.log()).all;
    const auto wrong_with = [&](auto change) {
        Arguments changed = whole;
        change(changed);
        return restored(changed)->wrong;
    };
    const auto last = [](Arguments& all) -> std::string& { return all.back().second; };
    EXPECT_THAT(wrong_with([](auto& all) { all.erase(all.begin() + 10); }), HasSubstr("is missing"));
    EXPECT_THAT(wrong_with([](auto& all) { all.push_back(all[10]); }), HasSubstr("is there twice"));
    EXPECT_THAT(wrong_with([](auto& all) { all.pop_back(); }), HasSubstr("events"));
    EXPECT_THAT(wrong_with([](auto& all) { all.erase(all.begin() + 1); }), HasSubstr("of 0 events"));
    EXPECT_THAT(wrong_with([&](auto& all) { last(all) += "\nsleep"; }),
                testing::StartsWith("'sleep' is no event"));
    EXPECT_THAT(wrong_with([](auto& all) { all[0].second = "Loopscope 2"; }),
                HasSubstr("'Loopscope 2', which this Loopscope does not know"));
    EXPECT_THAT(wrong_with([](auto& all) {
                    for (auto& [name, text] : all) {
                        if (const auto at = text.find("step 1 first"); at != std::string::npos)
                            text.replace(at, 12, "step 2 first");
                    }
                }),
                HasSubstr("the first ready handle is another one"));
    EXPECT_THAT(wrong_with([](auto& all) {
                    for (auto& [name, text] : all) {
                        if (const auto at = text.find("+1000"); at != std::string::npos)
                            text.replace(at, 5, "+9223372036854775807");
                    }
                }),
                HasSubstr("its times are out of range"));
}

TEST(OwnTrace, is_none_of_other_tools) {
    OwnTrace own;
    own.take("events", "#0 begin 'x'");
    own.take("format", "Other 1");
    EXPECT_FALSE(own.is_own());
}

}  // namespace
}  // namespace loopscope::exchange
