#include "core/feed/exporting.hpp"

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/text_export.hpp"
#include "core/feed/program_feed.hpp"
#include "tests/support/feeds.hpp"

namespace loopscope::feed {
namespace {

namespace fs = std::filesystem;

class ExportingTest : public testing::Test {
  protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    /// A branch of a program that has run so many handles.
    static std::shared_ptr<Branch> branch_after(std::uint32_t handles) {
        const auto setup = setup_of("indication", trace::Storage::global);
        auto branch = std::make_shared<Branch>(std::make_shared<ProgramFeed>(setup));
        Budget budget;
        budget.handles = handles;
        branch->feed->poll(budget);
        branch->update();
        return branch;
    }
    [[nodiscard]] fs::path file(const char* name) const { return folder_ / name; }
    static std::string text_of(const fs::path& path) {
        std::ostringstream text;
        text << std::ifstream(path, std::ios::binary).rdbuf();
        return text.str();
    }
    static Exporting::Write as_csv(const fs::path& path) {
        return [path](const trace::Log* log, const Progress& progress) {
            return exchange::write_csv(path, *log, progress);
        };
    }

    fs::path folder_ =
        fs::temp_directory_path() / ("loopscope-exporting-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(ExportingTest, writes_what_the_command_line_writes) {
    const auto branch = branch_after(UINT32_MAX);
    ASSERT_TRUE(branch->feed->over());
    ASSERT_TRUE(exchange::write_csv(file("expected.csv"), branch->feed->log()));
    Exporting exporting(file("t.csv"), branch, as_csv(file("t.csv")));
    ASSERT_EQ(complete(exporting), Status::ended);
    EXPECT_EQ(text_of(file("t.csv")), text_of(file("expected.csv")));
}

TEST_F(ExportingTest, writes_a_run_as_it_was_while_that_goes_on) {
    const auto branch = branch_after(40);
    ASSERT_FALSE(branch->feed->over());
    ASSERT_TRUE(exchange::write_csv(file("expected.csv"), branch->feed->log()));
    Exporting exporting(file("t.csv"), branch, as_csv(file("t.csv")));
    branch->feed->poll({});
    ASSERT_EQ(complete(exporting), Status::ended);
    EXPECT_EQ(text_of(file("t.csv")), text_of(file("expected.csv")));
}

TEST_F(ExportingTest, leaves_the_file_as_it_was_if_it_is_cancelled) {
    for (const std::uint32_t handles : {40U, UINT32_MAX}) {
        std::ofstream(file("t.csv")) << "of mine";
        Exporting exporting(file("t.csv"), branch_after(handles), as_csv(file("t.csv")));
        exporting.cancel();
        // A thread may have been quicker.
        if (complete(exporting) == Status::ended) continue;
        EXPECT_EQ(exporting.error().code, Error::Code::cancelled);
        EXPECT_EQ(text_of(file("t.csv")), "of mine");
    }
}

TEST_F(ExportingTest, says_why_a_file_could_not_be_written) {
    const fs::path nowhere = file("no such folder") / "t.csv";
    Exporting exporting(nowhere, branch_after(40), as_csv(nowhere));
    ASSERT_EQ(complete(exporting), Status::failed);
    EXPECT_NE(exporting.error().message.find(nowhere.string()), std::string::npos);
}

TEST_F(ExportingTest, is_told_and_can_be_stopped_in_every_format) {
    const auto branch = branch_after(UINT32_MAX);
    const trace::Log& log = branch->feed->log();
    using Write = Result<void> (*)(const fs::path&, const trace::Log&, const Progress&);
    const Write writers[] = {
        [](const fs::path& path, const trace::Log& its, const Progress& progress) {
            return exchange::write_chrome(path, its, {}, progress);
        },
        [](const fs::path& path, const trace::Log& its, const Progress& progress) {
            return exchange::write_perfetto(path, its, {}, progress);
        },
        exchange::write_csv,
        exchange::write_text,
    };
    for (const Write write : writers) {
        int told = 0;
        EXPECT_TRUE(write(file("whole"), log, [&](double done) {
            ++told;
            return done >= 0 && done <= 1;
        }));
        EXPECT_GT(told, 0);
        const auto stopped = write(file("stopped"), log, [](double) { return false; });
        ASSERT_FALSE(stopped);
        EXPECT_EQ(stopped.error().code, Error::Code::cancelled);
        EXPECT_FALSE(fs::exists(file("stopped")));
    }
}

}  // namespace
}  // namespace loopscope::feed
