#include <fstream>
#include <map>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/escape.hpp"
#include "core/exchange/activity.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/exchange/text_export.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/base/temporary_folder.hpp"
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
        EXPECT_LE(slice.begin, slice.end);
        EXPECT_GE(slice.begin, ends[slice.track]) << "slices of a track do not overlap: " << slice.name;
        ends[slice.track] = slice.end;
        names.push_back(slice.name);
        if (slice.arrives != 0) ++arrivals[slice.arrives];
        kept = std::max(kept, slice.instants.size());
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }
    void beginning(const Slice& slice) override {
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }
    void instant(Track, const Instant& instant) override {
        if (instant.print) printed += instant.name;
        if (instant.leaves != 0) ++departures[instant.leaves];
    }

    void begin_slice(Track track, Time, const std::string& name, std::string_view) override {
        EXPECT_TRUE(tracks.contains(track));
        ++open[track];
        names.push_back(name);
    }
    void end_slice(Track track, Time) override { --open[track]; }
    void count(const std::string& counter, Time, double value) override { counted[counter] = value; }

    std::map<Track, std::string> tracks;
    std::map<Track, int> open;  // slices of imported traces
    std::map<std::string, double> counted;
    std::map<Track, Time> ends;
    std::vector<std::string> names;
    std::map<Flow, int> arrivals;
    std::map<Flow, int> departures;
    std::string printed;
    std::size_t kept = 0;  // most instants that came with a slice
};

/// A trace with a job on a thread of its own in the middle of a step, and what an imported trace has.
void write_what_is_recorded_and_imported(trace::Log& log) {
    using trace::Kind;
    using trace::tagged;
    const auto text = [&](std::string_view words) { return log.intern(words).value; };
    log.emit(Kind::begin);
    log.emit(Kind::spawn, 1, text("worker"), tagged(trace::Start::soon));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1, 0, tagged(trace::Resume::first));
    log.emit(Kind::thread, 2, text("pool"));
    log.set_time(Time(1us));
    log.emit(Kind::job, 1, text("read_file"));
    log.emit(Kind::thread, 1);
    log.set_time(Time(2us));
    log.emit(Kind::finish, 1);
    log.emit(Kind::thread, 2, text("pool"));
    log.set_time(Time(3us));
    log.emit(Kind::job_end);
    log.emit(Kind::track, 1, text("renderer"));
    log.emit(Kind::slice, 1, text("paint"), text("gpu"));
    log.emit(Kind::slice, 1, text("layer"));
    log.emit(Kind::instant, 1, text("vsync"));
    log.emit(Kind::slice_end, 1);
    log.emit(Kind::slice_end, 1);
    log.emit(Kind::counter, 1, text("memory"));
    log.emit(Kind::count, 1, 0, 0x3fe00000);  // 0.5
}

TEST(Activity, shows_jobs_on_their_threads_and_imported_slices_on_their_tracks) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    ASSERT_TRUE(trace::check(log));
    Recording shown;
    visit(log, shown);
    EXPECT_EQ(shown.tracks.at(first_thread_track + 2), "pool");
    EXPECT_EQ(shown.tracks.at(first_imported_track + 1), "renderer");
    EXPECT_EQ(shown.ends.at(1), Time(2us)) << "the step, which went on while the job ran";
    EXPECT_EQ(shown.ends.at(first_thread_track + 2), Time(3us));
    EXPECT_THAT(shown.names, testing::IsSupersetOf({"finish", "read_file for worker", "paint", "layer"}));
    EXPECT_EQ(shown.open.at(first_imported_track + 1), 0);
    EXPECT_EQ(shown.counted.at("memory"), 0.5);
}

TEST(Export, writes_imported_slices_and_counters) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    const TemporaryFolder folder;
    const auto written = [&](const char* name, auto write) {
        EXPECT_TRUE(write(folder.path() / name, log));
        std::ostringstream all;
        all << std::ifstream(folder.path() / name).rdbuf();
        return all.str();
    };
    const std::string chrome = written("t.json", write_chrome);
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"B","name":"paint","cat":"gpu")"));
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"E",)"));
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"C","name":"memory","pid":1,"tid":0,"ts":3,"args":{"value":0.5})"));
    const std::string perfetto = written("t.pftrace", write_perfetto);
    for (const char* name : {"paint", "layer", "vsync", "memory", "read_file for worker"})
        EXPECT_THAT(perfetto, HasSubstr(name));
    EXPECT_THAT(written("t.txt", write_text), HasSubstr("slice         track 1 'paint'  'gpu'"));
    EXPECT_THAT(written("t.csv", write_csv), HasSubstr(",count,1,0,1071644672,0,counter 1 = 0.5\n"));
}

TEST(Activity, shows_every_program_with_slices_that_do_not_overlap_and_flows_that_arrive) {
    for (const scenario::Program* program : scenario::catalogue()) {
        const auto run = scenario::run_program(program->name, trace::Storage::contextvar);
        Recording shown;
        visit(run.log(), shown);
        EXPECT_EQ(shown.tracks.size(), trace::all_of_kind(run.log(), trace::Kind::spawn).size() + 1);
        EXPECT_EQ(shown.printed, run.output());
        EXPECT_FALSE(shown.arrivals.empty());
        for (const auto& [flow, count] : shown.arrivals) {
            EXPECT_EQ(count, 1);
            EXPECT_EQ(shown.departures[flow], 1);
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

class ExportTest : public testing::Test {
  protected:
    [[nodiscard]] std::string written(Result<void> (*write)(const std::filesystem::path&,
                                                            const trace::Log&)) const {
        const auto path = folder.path() / "t";
        const auto done = write(path, run.log());
        EXPECT_TRUE(done) << done.error().message;
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    TemporaryFolder folder;
    scenario::ProgramRun run = scenario::run_program("indication", trace::Storage::contextvar);
};

TEST_F(ExportTest, as_text_is_a_line_for_each_event) {
    const std::string text = written(write_text);
    EXPECT_EQ(static_cast<std::uint32_t>(std::ranges::count(text, '\n')), run.log().size());
    EXPECT_THAT(text, HasSubstr(trace::line_of(run.log(), {10}) + "\n"));
}

TEST_F(ExportTest, as_csv_is_a_row_for_each_event_and_a_head) {
    const std::string text = written(write_csv);
    EXPECT_EQ(static_cast<std::uint32_t>(std::ranges::count(text, '\n')), run.log().size() + 1);
    EXPECT_THAT(text,
                testing::StartsWith("event,nanoseconds,kind,subject,a,b,line,text\n0,0,begin,0,1,0,0,"));
}

/// Reads the fields of a protobuf message: numbers, and texts of those that have a length.
struct Fields {
    explicit Fields(std::string_view bytes) {
        while (!bytes.empty()) {
            const std::uint64_t tag = varint(bytes);
            const auto field = static_cast<int>(tag >> 3);
            if ((tag & 7) == 0) {
                numbers[field] = varint(bytes);
            } else {
                const std::size_t size = (tag & 7) == 1 ? 8 : static_cast<std::size_t>(varint(bytes));
                EXPECT_TRUE((tag & 7) == 1 || (tag & 7) == 2);
                texts.emplace(field, bytes.substr(0, size));
                bytes.remove_prefix(size);
            }
        }
    }
    static std::uint64_t varint(std::string_view& bytes) {
        std::uint64_t value = 0;
        for (unsigned shift = 0;; shift += 7) {
            const auto byte = static_cast<unsigned char>(bytes.front());
            bytes.remove_prefix(1);
            value |= std::uint64_t{byte & 0x7fU} << shift;
            if (byte < 0x80) return value;
        }
    }
    [[nodiscard]] std::string_view text(int field) const { return texts.find(field)->second; }

    std::map<int, std::uint64_t> numbers;
    std::multimap<int, std::string_view> texts;
};

TEST_F(ExportTest, as_perfetto_has_a_track_for_each_task_and_slices_that_begin_and_end_in_order) {
    const std::string bytes = written(write_perfetto);
    const Fields file(bytes);
    std::map<std::uint64_t, std::string> tracks;
    std::map<std::uint64_t, std::string> names;
    std::map<std::uint64_t, int> open;
    std::map<std::uint64_t, std::uint64_t> last;
    std::size_t slices = 0;
    bool prints_c = false;
    for (const auto& [field, text] : file.texts) {
        ASSERT_EQ(field, 1);
        const Fields packet(text);
        if (packet.texts.contains(60)) {
            const Fields track(packet.text(60));
            if (track.texts.contains(2)) tracks[track.numbers.at(1)] = track.text(2);
        }
        if (packet.texts.contains(12)) {
            const Fields interned(packet.text(12));
            for (auto [at, end] = interned.texts.equal_range(2); at != end; ++at) {
                const Fields entry(at->second);
                names[entry.numbers.at(1)] = entry.text(2);
            }
        }
        if (!packet.texts.contains(11)) continue;
        const Fields event(packet.text(11));
        const std::uint64_t track = event.numbers.at(11);
        ASSERT_TRUE(tracks.contains(track));
        EXPECT_GE(packet.numbers.at(8), last[track]) << "in order on each track";
        last[track] = packet.numbers.at(8);
        const std::uint64_t type = event.numbers.at(9);
        if (type == 1) {
            EXPECT_EQ(open[track]++, 0);
            ++slices;
        }
        if (type == 2) {
            EXPECT_EQ(open[track]--, 1);
        }
        if (type != 2) prints_c = prints_c || names.at(event.numbers.at(10)) == "print c";
    }
    EXPECT_EQ(tracks.size(), trace::all_of_kind(run.log(), trace::Kind::spawn).size() + 1);
    EXPECT_GT(slices, 100u);
    EXPECT_TRUE(prints_c);
}

/// A trace whose every text is such as only a stranger would write.
void fill_with(trace::Log& log, std::string_view text) {
    const std::uint32_t string = log.intern(text).value;
    log.emit(trace::Kind::begin, 0, string);
    log.emit(trace::Kind::storage, 0, 0, trace::tagged(trace::Storage::global));
    log.emit(trace::Kind::spawn, log.next_task().value, string);
    log.emit(trace::Kind::name, 1, string, trace::tagged(trace::Named::task));
    log.emit(trace::Kind::iteration, 1, 1);
    log.emit(trace::Kind::step, 1);
    log.emit(trace::Kind::print, 1, string);
    log.emit(trace::Kind::finish, 1, string, trace::tagged(trace::Outcome::exception));
    log.emit(trace::Kind::end, 0, string, trace::tagged(trace::Ending::exception));
}

TEST(Export, of_what_a_stranger_has_written_forges_no_line_and_reaches_no_terminal) {
    const TemporaryFolder folder;
    for (const std::string_view text : {"a\n     7  0.000000000  end           ok", "a\r\x1b[2J\x7f",
                                        "\u009b2J\u202e\u2028", "\xff\x9b\xed\xa0\x80", "a','b\"c"}) {
        trace::Log log;
        fill_with(log, text);
        ASSERT_TRUE(trace::check(log)) << trace::check(log).error().message;
        for (const auto& [write, heads] : {std::pair(&write_text, 0U), std::pair(&write_csv, 1U)}) {
            const auto path = folder.path() / "t";
            ASSERT_TRUE(write(path, log));
            std::ifstream in(path, std::ios::binary);
            const std::string written{std::istreambuf_iterator<char>(in), {}};
            EXPECT_EQ(static_cast<std::uint32_t>(std::ranges::count(written, '\n')), log.size() + heads);
            EXPECT_EQ(terminal_text(written), written) << "all that is left to escape is escaped already";
        }
        ASSERT_TRUE(write_chrome(folder.path() / "t.json", log));
        std::ifstream in(folder.path() / "t.json", std::ios::binary);
        const std::string json{std::istreambuf_iterator<char>(in), {}};
        EXPECT_EQ(terminal_text(json), json);
        EXPECT_TRUE(read_trace(folder.path() / "t.json")) << "it is JSON";
    }
}

/// Writes a trace in which one step prints a text so many times.
void write_prints(trace::Log& log, std::string_view text, int count) {
    log.emit(trace::Kind::begin);
    const std::uint32_t string = log.intern(text).value;
    log.emit(trace::Kind::spawn, 1, 0, trace::tagged(trace::Start::eager));
    log.emit(trace::Kind::step, 1);
    for (int each = 0; each < count; ++each) log.emit(trace::Kind::print, 1, string);
    log.emit(trace::Kind::finish, 1);
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

TEST(Export, of_a_long_text_that_is_printed_again_and_again_is_refused_and_leaves_no_file) {
    const TemporaryFolder folder;
    trace::Log log;
    write_prints(log, std::string(1'000'000, 'x'), 1000);
    for (auto* const write : {write_text, write_csv, write_chrome}) {
        const auto path = folder.path() / "t";
        const auto written = write(path, log);
        ASSERT_FALSE(written);
        EXPECT_THAT(written.error().message, HasSubstr("would have more than 20 MB"));
        EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    }
}

}  // namespace
}  // namespace loopscope::exchange
