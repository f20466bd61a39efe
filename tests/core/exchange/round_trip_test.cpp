#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/format/saver.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/core/exchange/exported_logs.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::exchange {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using trace::Kind;

/// Traces that are written and read again.
class RoundTrip : public testing::Test {
  protected:
    [[nodiscard]] std::string written(const trace::Log& log, const format::Info& info = {}) const {
        EXPECT_TRUE(write_chrome(path(), log, info));
        std::ostringstream all;
        all << std::ifstream(path(), std::ios::binary).rdbuf();
        return all.str();
    }
    [[nodiscard]] Imported read_again(const std::string& json) const {
        auto imported = read_trace(std::as_bytes(std::span(json)), "t.json");
        EXPECT_TRUE(imported) << (imported ? "" : imported.error().message);
        if (!imported) return {};
        const auto checked = trace::check(*imported->log);
        EXPECT_TRUE(checked) << (checked ? "" : checked.error().message);
        return std::move(*imported);
    }
    [[nodiscard]] fs::path path() const { return folder_.path() / "t.json"; }

    TemporaryFolder folder_;
};

void expect_same(const trace::Log& left, const trace::Log& right) {
    EXPECT_EQ(trace::events_of(left), trace::events_of(right));
    EXPECT_EQ(trace::strings_of(left), trace::strings_of(right));
}

TEST_F(RoundTrip, through_chrome_json_keeps_every_program_under_every_storage) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            const Imported again = read_again(written(run.log()));
            EXPECT_EQ(again.missing, "") << program->name;
            expect_same(*again.log, run.log());
        }
    }
}

TEST_F(RoundTrip, through_perfetto_keeps_every_program_under_every_storage) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            const format::Info info{
                std::string(program->name), {{"symbols", "ab"}}, "main.py", "print(1)\n", "", "a note", {}};
            ASSERT_TRUE(write_perfetto(path(), run.log(), info));
            const auto again = read_trace(path());
            ASSERT_TRUE(again) << again.error().message;
            EXPECT_EQ(again->missing, "") << program->name;
            EXPECT_EQ(again->info, info);
            expect_same(*again->log, run.log());
        }
    }
}

TEST_F(RoundTrip, through_perfetto_beside_another_program_shows_tracks_and_says_so) {
    const auto run = scenario::run_program("lost-wakeup", trace::Storage::contextvar);
    ASSERT_TRUE(write_perfetto(path(), run.log()));
    // A packet of sequence 2 with an instant at 5 ns.
    std::ofstream(path(), std::ios::binary | std::ios::app) << "\x0a\x08\x40\x05\x50\x02\x5a\x02\x48\x03";
    const auto again = read_trace(path());
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_THAT(again->missing, HasSubstr("there are events of other programs"));
    EXPECT_TRUE(trace::all_of_kind(*again->log, Kind::step).empty());
    EXPECT_FALSE(trace::all_of_kind(*again->log, Kind::slice).empty());
}

TEST_F(RoundTrip, keeps_notes_marks_parameters_and_sources) {
    const auto run = scenario::run_program("indication", trace::Storage::contextvar);
    const format::Info info{"indication", {{"symbols", "ab"}},       "main.py", "print(1)\n",   "Loopscope",
                            "a note",     {{EventIndex{3}, "here"}}, "",        {{2, "pass\n"}}};
    EXPECT_EQ(read_again(written(run.log(), info)).info, info);
}

TEST_F(RoundTrip, keeps_a_recorded_python_program_with_threads_and_jobs) {
    const auto recorded =
        read_trace(fs::path(LOOPSCOPE_TESTS_DIR) / "core/exchange/cases/recorded-threads.loopscope");
    ASSERT_TRUE(recorded) << recorded.error().message;
    ASSERT_FALSE(trace::all_of_kind(*recorded->log, Kind::job).empty());
    const Imported again = read_again(written(*recorded->log, recorded->info));
    EXPECT_EQ(again.missing, "");
    EXPECT_EQ(again.info, recorded->info);
    expect_same(*again.log, *recorded->log);
    ASSERT_TRUE(write_perfetto(path(), *recorded->log, recorded->info));
    const auto through_perfetto = read_trace(path());
    ASSERT_TRUE(through_perfetto) << through_perfetto.error().message;
    EXPECT_EQ(through_perfetto->info, recorded->info);
    expect_same(*through_perfetto->log, *recorded->log);
}

TEST_F(RoundTrip, keeps_a_loop_that_stands_beside_imported_tracks) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    const Imported again = read_again(written(log));
    EXPECT_EQ(again.missing, "");
    expect_same(*again.log, log);
}

/// Returns the lines of a text, each with its line feed.
std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(line + "\n");
    return lines;
}

TEST_F(RoundTrip, in_which_records_were_taken_out_shows_tracks_and_says_so) {
    const auto run = scenario::run_program("lost-wakeup", trace::Storage::contextvar);
    std::vector<std::string> lines = lines_of(written(run.log()));
    const auto step = std::ranges::find_if(
        lines, [](const std::string& line) { return line.find("\"cat\":\"step\"") != line.npos; });
    ASSERT_NE(step, lines.end());
    lines.erase(step);
    std::string json;
    for (const std::string& line : lines) json += line;
    const Imported again = read_again(json);
    EXPECT_THAT(
        again.missing,
        HasSubstr("'t.json' was written by Loopscope, but is shown as any other trace: event 3 is missing"));
    EXPECT_TRUE(trace::all_of_kind(*again.log, Kind::step).empty());
    EXPECT_FALSE(trace::all_of_kind(*again.log, Kind::slice).empty());
}

TEST_F(RoundTrip, beside_records_of_another_process_shows_tracks_and_says_so) {
    const auto run = scenario::run_program("lost-wakeup", trace::Storage::contextvar);
    std::string json = written(run.log());
    json.replace(json.rfind("\n]"), 1,
                 ",\n{\"ph\":\"X\",\"pid\":7,\"tid\":7,\"ts\":1,\"dur\":2,\"name\":\"other\"}\n");
    const Imported again = read_again(json);
    EXPECT_THAT(again.missing, HasSubstr("there are records of another process"));
    EXPECT_TRUE(trace::all_of_kind(*again.log, Kind::step).empty());
}

TEST_F(RoundTrip, of_an_earlier_export_is_a_loop_again) {
    const auto read = read_trace(fs::path(LOOPSCOPE_TESTS_DIR) / "core/exchange/cases/own-export.json");
    ASSERT_TRUE(read) << read.error().message;
    const trace::Log& log = *read->log;
    EXPECT_TRUE(trace::check(log));
    EXPECT_EQ(trace::all_of_kind(log, Kind::spawn).size(), 8U);
    EXPECT_EQ(trace::all_of_kind(log, Kind::step).size(), 52U);
    EXPECT_EQ(trace::output_of(log), std::string(40, 'c'));
    const auto original = scenario::run_program("indication", trace::Storage::global);
    for (const Kind kind : {Kind::step, Kind::suspend, Kind::finish, Kind::wake, Kind::timer, Kind::timer_due,
                            Kind::callback, Kind::spawn, Kind::storage, Kind::end})
        EXPECT_EQ(trace::all_of_kind(log, kind).size(), trace::all_of_kind(original.log(), kind).size())
            << trace::name(kind);
    EXPECT_THAT(read->missing, HasSubstr("an earlier Loopscope wrote it"));
}

TEST_F(RoundTrip, of_a_part_of_an_earlier_export_is_a_trace_whatever_is_missing) {
    std::ifstream in(fs::path(LOOPSCOPE_TESTS_DIR) / "core/exchange/cases/own-export.json");
    std::ostringstream all;
    all << in.rdbuf();
    const std::vector<std::string> lines = lines_of(all.str());
    for (std::size_t without = 2; without + 1 < lines.size(); without += 7) {
        std::string json;
        for (std::size_t each = 0; each < lines.size(); ++each) {
            if (each != without) json += lines[each];
        }
        EXPECT_GT(read_again(json).log->size(), 100U) << without;
    }
}

/// Returns all foreign traces that stand beside the tests.
std::vector<fs::path> foreign_traces() {
    std::vector<fs::path> paths;
    for (const auto& entry : fs::directory_iterator(fs::path(LOOPSCOPE_TESTS_DIR) / "core/exchange/cases")) {
        if (entry.path().extension() == ".json" && entry.path().stem() != "own-export")
            paths.push_back(entry.path());
    }
    std::ranges::sort(paths);
    return paths;
}

TEST_F(RoundTrip, of_other_tools_traces_changes_nothing) {
    std::size_t compared = 0;
    for (const fs::path& foreign : foreign_traces()) {
        auto first = read_trace(foreign);
        if (!first) continue;  // it is no trace
        const Imported again = read_again(written(*first->log));
        ++compared;
        EXPECT_EQ(lines_of(trace::text_of(*again.log)).size(), lines_of(trace::text_of(*first->log)).size())
            << foreign;
        std::vector<std::string> left = lines_of(trace::text_of(*first->log));
        std::vector<std::string> right = lines_of(trace::text_of(*again.log));
        left.erase(left.begin());
        right.erase(right.begin());
        EXPECT_EQ(left, right) << foreign;
        if (again.missing.find("without an end") == std::string::npos) {
            EXPECT_EQ(again.missing, "") << foreign;
        }
    }
    EXPECT_GE(compared, 13U);
}

}  // namespace
}  // namespace loopscope::exchange
