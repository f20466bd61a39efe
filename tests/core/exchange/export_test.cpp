#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/base/escape.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/exchange/text_export.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/core/exchange/exported_logs.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::exchange {
namespace {

using testing::HasSubstr;

std::string content_of(const std::filesystem::path& path) {
    std::ostringstream all;
    all << std::ifstream(path, std::ios::binary).rdbuf();
    return all.str();
}

TEST(Export, writes_imported_slices_and_counters) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    const TemporaryFolder folder;
    const auto path = folder.path() / "t";
    ASSERT_TRUE(write_chrome(path, log));
    const std::string chrome = content_of(path);
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"B","name":"paint","cat":"gpu")"));
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"E",)"));
    EXPECT_THAT(chrome, HasSubstr(R"("ph":"C","name":"memory","ts":3,"args":{"value":0.5})"));
    ASSERT_TRUE(write_perfetto(path, log));
    const std::string perfetto = content_of(path);
    for (const char* name : {"paint", "layer", "vsync", "memory", "read_file for worker"})
        EXPECT_THAT(perfetto, HasSubstr(name));
}

TEST(Export, as_text_and_csv_names_tracks_slices_flows_and_counters) {
    trace::Log log;
    write_what_is_recorded_and_imported(log);
    const TemporaryFolder folder;
    const auto path = folder.path() / "t";
    ASSERT_TRUE(write_text(path, log));
    const std::string text = content_of(path);
    EXPECT_THAT(text, HasSubstr("  0.000003000  slice         track 1 'renderer'  'paint'  'gpu'\n"));
    EXPECT_THAT(text, HasSubstr("  0.000003000  flow          track 1 'renderer'  'paint'  flow 1 start\n"));
    EXPECT_THAT(text, HasSubstr("  0.000003000  instant       track 1 'renderer'  'vsync'\n"));
    EXPECT_THAT(text, HasSubstr("  0.000003000  slice_end     track 1 'renderer'  'layer'\n"));
    EXPECT_THAT(text, HasSubstr("  0.000003000  count         counter 1 'memory' = 0.5\n"));
    ASSERT_TRUE(write_csv(path, log));
    const std::string csv = content_of(path);
    EXPECT_THAT(csv,
                testing::ContainsRegex(",3000,slice,1,[0-9]+,[0-9]+,0,track 1 'renderer'  'paint'  'gpu'\n"));
    EXPECT_THAT(csv, HasSubstr(",3000,count,1,0,1071644672,0,counter 1 'memory' = 0.5\n"));
    EXPECT_EQ(std::ranges::count(csv, '\n'), log.size() + 1);
}

TEST(Export, of_names_with_line_breaks_quotes_and_escapes_is_a_line_for_each_event) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "t";
    for (const std::string_view name : {"a\nb", "\x1b[31mred", "it's \"quoted\", a\\b", " blank ", "\r"}) {
        trace::Log log;
        const std::uint32_t string = log.intern(name).value;
        log.emit(trace::Kind::begin);
        log.emit(trace::Kind::track, 1, string);
        log.emit(trace::Kind::slice, 1, string, string);
        log.emit(trace::Kind::slice_end, 1);
        ASSERT_TRUE(trace::check(log));
        ASSERT_TRUE(write_text(path, log));
        const std::string text = content_of(path);
        EXPECT_EQ(std::ranges::count(text, '\n'), 4) << name;
        EXPECT_EQ(terminal_text(text), text) << name;
        EXPECT_THAT(text, HasSubstr(fmt::format("track 1 {0}  {0}  {0}\n", quoted_field(name))));
        ASSERT_TRUE(write_csv(path, log));
        EXPECT_EQ(std::ranges::count(content_of(path), '\n'), 5) << name;
    }
}

// The writers, with nothing but a log.
Result<void> text_alone(const std::filesystem::path& path, const trace::Log& log) {
    return write_text(path, log);
}
Result<void> csv_alone(const std::filesystem::path& path, const trace::Log& log) {
    return write_csv(path, log);
}
Result<void> chrome_alone(const std::filesystem::path& path, const trace::Log& log) {
    return write_chrome(path, log);
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
    const std::string text = written(text_alone);
    EXPECT_EQ(static_cast<std::uint32_t>(std::ranges::count(text, '\n')), run.log().size());
    EXPECT_THAT(text, HasSubstr(trace::line_of(run.log(), {10}) + "\n"));
}

TEST_F(ExportTest, as_csv_is_a_row_for_each_event_and_a_head) {
    const std::string text = written(csv_alone);
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
    const std::string bytes =
        written([](const auto& path, const auto& log) { return write_perfetto(path, log); });
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
            if (track.texts.contains(2)) {
                tracks[track.numbers.at(1)] = track.text(2);
                EXPECT_EQ(track.numbers.at(15), 2U) << "those of one name are not merged";
            } else if (track.texts.contains(4)) {
                const Fields thread(track.text(4));
                tracks[track.numbers.at(1)] = thread.text(5);
                EXPECT_EQ(thread.numbers.at(1), 1U);
                EXPECT_NE(thread.numbers.at(2), 0U) << "to Perfetto that is no thread";
            } else {
                tracks[track.numbers.at(1)] = Fields(track.text(3)).text(6);
            }
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
    EXPECT_EQ(tracks.size(), trace::all_of_kind(run.log(), trace::Kind::spawn).size() + 2)
        << "the process, the loop and the tasks";
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
        for (const auto& [write, heads] : {std::pair(&text_alone, 0U), std::pair(&csv_alone, 1U)}) {
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

TEST(Export, of_a_long_text_that_is_printed_again_and_again_is_refused_and_leaves_no_file) {
    const TemporaryFolder folder;
    trace::Log log;
    write_prints(log, std::string(1'000'000, 'x'), 1000);
    for (auto* const write : {text_alone, csv_alone, chrome_alone}) {
        const auto path = folder.path() / "t";
        const auto written = write(path, log);
        ASSERT_FALSE(written);
        EXPECT_THAT(written.error().message, HasSubstr("would have more than 20 MB"));
        EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
    }
}

}  // namespace
}  // namespace loopscope::exchange
