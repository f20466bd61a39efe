// Files that earlier builds wrote: tests/core/format/files.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/text_export.hpp"
#include "core/format/reader.hpp"

namespace loopscope::format {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path earlier_files = LOOPSCOPE_TESTS_DIR "/core/format/files";

/// All that there are, of all versions.
std::vector<fs::path> all_earlier_files() {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(earlier_files)) {
        if (entry.path().extension() == ".loopscope") files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

std::string text_in(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// A trace as the golden texts have it.
std::string as_csv(const trace::Log& log) {
    const fs::path path = fs::path(testing::TempDir()) / "earlier_files_test.csv";
    EXPECT_TRUE(exchange::write_csv(path, log));
    const std::string text = text_in(path);
    fs::remove(path);
    return text;
}

Info info_of(const char* name) {
    const auto loaded = load(earlier_files / "v1" / name);
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().message);
    return loaded ? loaded->info : Info{};
}

TEST(EarlierFiles, have_the_events_that_were_written) {
    int compared = 0;
    for (const fs::path& path : all_earlier_files()) {
        const auto loaded = load(path);
        ASSERT_TRUE(loaded) << path << loaded.error().message;
        fs::path golden = path;
        golden.replace_extension(".csv");
        if (!fs::exists(golden)) continue;
        EXPECT_EQ(loaded->missing, "") << path;
        EXPECT_EQ(as_csv(*loaded->log), text_in(golden)) << path;
        ++compared;
    }
    EXPECT_GE(compared, 17);
}

TEST(EarlierFiles, that_were_cut_off_have_what_stands_before_the_cut) {
    const auto loaded = load(earlier_files / "v1" / "cut.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->log->size(), 131'072U);
    EXPECT_THAT(loaded->missing, HasSubstr("without an end"));
    EXPECT_EQ(loaded->info.program, "indication");
}

TEST(EarlierFiles, say_with_what_the_program_was_run) {
    const Info switched = info_of("switched.loopscope");
    EXPECT_EQ(switched.program, "indication");
    EXPECT_THAT(switched.parameters,
                testing::Contains(std::pair<std::string, std::string>("symbols", "xyz")));
    EXPECT_THAT(switched.source, HasSubstr("symbol.set(own_symbol)"));
    EXPECT_THAT(switched.origin, HasSubstr("Loopscope"));
    EXPECT_EQ(switched.schedule, "");
    EXPECT_EQ(info_of("scheduled.loopscope").schedule, "ties,ready,3=1");
    EXPECT_EQ(info_of("from_chrome.loopscope").source, "");
}

TEST(EarlierFiles, have_the_notes_and_marks_that_were_written) {
    EXPECT_EQ(info_of("switched.loopscope").notes, "x, y and z: from 0.45 s on each has its own");
    const Info marked = info_of("marked.loopscope");
    EXPECT_EQ(marked.notes, "Look at the second mark");
    ASSERT_EQ(marked.marks.size(), 2U);
    EXPECT_EQ(marked.marks[0].text, "first");
    EXPECT_EQ(marked.marks[1].text, "second");
    EXPECT_LT(marked.marks[0].event, marked.marks[1].event);
}

}  // namespace
}  // namespace loopscope::format
