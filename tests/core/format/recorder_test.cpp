#include "core/format/recorder.hpp"

#include <csignal>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/format/reader.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;

/// Lets the log grow by a million yields of one task, or until `more` gives false.
template <class More>
void grow(trace::Log& log, More more) {
    if (log.size() == 0) {
        log.emit(trace::Kind::begin);
        log.emit(trace::Kind::spawn, 1);
    }
    static_cast<void>(more());
    for (std::uint32_t iteration = 1; iteration < 1'000'000; ++iteration) {
        log.emit(trace::Kind::iteration, iteration, 1);
        log.emit(trace::Kind::step, 1, 0,
                 trace::tagged(iteration == 1 ? trace::Resume::first : trace::Resume::value));
        log.emit(trace::Kind::suspend, 1, 0, trace::tagged(trace::Wait::yield));
        if (iteration % 1000 == 0 && !more()) return;
    }
}

class RecorderTest : public testing::Test {
  protected:
    [[nodiscard]] std::uintmax_t size() const {
        std::error_code error;
        const auto size = std::filesystem::file_size(path, error);
        return error ? 0 : size;
    }
    [[nodiscard]] std::string text() const {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    /// Runs a function in a process that may write so many bytes to a file; gives its exit code.
    template <class Function>
    static int limited(rlim_t bytes, Function function) {
        const pid_t child = ::fork();
        if (child == 0) {
            std::signal(SIGXFSZ, SIG_IGN);
            const rlimit limit{bytes, bytes};
            ::setrlimit(RLIMIT_FSIZE, &limit);
            ::_exit(function());
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "t.loopscope";
};

TEST_F(RecorderTest, writes_while_the_trace_grows_what_save_writes_at_once) {
    scenario::ProgramRun run("indication", trace::Storage::global);
    const Info info{"indication", {}, {}, {}, {}, "notes", {}};
    auto recorder = Recorder::create(path, info);
    ASSERT_TRUE(recorder) << recorder.error().message;
    for (std::size_t prints = 1; prints < 30; ++prints) {
        run.advance_to_prints(prints);
        ASSERT_TRUE(recorder->record(run.log()));
    }
    run.finish();
    ASSERT_TRUE(recorder->finish(run.log(), info));
    const std::string recorded = text();
    ASSERT_TRUE(save(path, run.log(), info));
    EXPECT_EQ(recorded, text());
}

TEST_F(RecorderTest, saves_part_by_part_what_there_was_at_the_beginning) {
    trace::Log log;
    grow(log, [&] { return log.size() < 300'000; });
    ASSERT_TRUE(save(path, log, {}));
    const std::string at_once = text();
    const std::uint32_t until = log.size();
    const Info info;
    auto saver = Saver::create(path, log, until, info);
    ASSERT_TRUE(saver);
    int parts = 0;
    grow(log, [&] {
        if (saver->written() == until) return false;
        EXPECT_TRUE(saver->write(1000));
        ++parts;
        return true;
    });
    EXPECT_GT(log.size(), until);
    EXPECT_GT(parts, 3);
    EXPECT_EQ(text(), at_once) << "nothing is replaced until all is written";
    ASSERT_TRUE(saver->commit());
    EXPECT_EQ(text(), at_once);
}

TEST_F(RecorderTest, saving_that_is_given_up_leaves_the_old_file_and_nothing_else) {
    std::ofstream(path) << "old";
    trace::Log log;
    grow(log, [&] { return log.size() < 300'000; });
    {
        const Info info;
        auto saver = Saver::create(path, log, log.size(), info);
        ASSERT_TRUE(saver);
        EXPECT_FALSE(saver->write(1000).value());
    }
    EXPECT_EQ(text(), "old");
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST_F(RecorderTest, loses_nothing_that_was_flushed) {
    scenario::ProgramRun run("indication", trace::Storage::global);
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder);
    for (std::size_t prints = 1; prints < 10; ++prints) {
        run.advance_to_prints(prints);
        ASSERT_TRUE(recorder->flush(run.log()));
        const auto loaded = load(path);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(run.log()));
        EXPECT_THAT(loaded->missing, HasSubstr("interrupted"));
    }
}

TEST_F(RecorderTest, that_is_killed_leaves_a_file_that_opens) {
    for (const std::uintmax_t enough : {500U, 5'000U, 20'000U}) {
        std::filesystem::remove(path);
        const pid_t child = ::fork();
        if (child == 0) {
            trace::Log log;
            auto recorder = Recorder::create(path, {});
            grow(log, [&] { return recorder->flush(log).has_value(); });
            ::pause();
        }
        while (size() < enough) ::usleep(100);
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto loaded = load(path);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_GE(loaded->log->size(), 2u);
        EXPECT_THAT(loaded->missing, HasSubstr("interrupted"));
    }
}

TEST_F(RecorderTest, that_meets_a_full_disk_says_so_and_leaves_a_file_that_opens) {
    const int code = limited(4'000, [&] {
        trace::Log log;
        auto recorder = Recorder::create(path, {});
        Result<void> flushed;
        grow(log, [&] { return (flushed = recorder->flush(log)).has_value(); });
        return flushed || flushed.error().message.find("File too large") == std::string::npos ? 1 : 0;
    });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(size(), 4'000u);
    const auto loaded = load(path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_GT(loaded->log->size(), 1'000u);
    EXPECT_NE(loaded->missing, "");
}

TEST_F(RecorderTest, saving_on_a_full_disk_leaves_the_old_file) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    ASSERT_TRUE(save(path, run.log(), {}));
    const std::string before = text();
    const int code = limited(200, [&] { return save(path, run.log(), {}) ? 1 : 0; });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(text(), before);
}

TEST_F(RecorderTest, saving_that_is_killed_leaves_the_old_file_or_the_new_one) {
    const auto small = scenario::run_program("indication", trace::Storage::global);
    const auto large = scenario::run_program("indication", trace::Storage::contextvar, {{"interval", "1ms"}});
    for (int round = 0; round < 20; ++round) {
        ASSERT_TRUE(save(path, small.log(), {}));
        const pid_t child = ::fork();
        if (child == 0) {
            for (;;) static_cast<void>(save(path, large.log(), {}));
        }
        ::usleep(static_cast<useconds_t>(500 * round));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const auto loaded = load(path);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->missing, "");
        EXPECT_TRUE(loaded->log->size() == small.log().size() || loaded->log->size() == large.log().size());
    }
}

TEST_F(RecorderTest, says_where_it_cannot_write) {
    const auto recorder = Recorder::create("/nowhere/t.loopscope", {});
    ASSERT_FALSE(recorder);
    EXPECT_EQ(recorder.error().message, "cannot write '/nowhere/t.loopscope': No such file or directory");
}

}  // namespace
}  // namespace loopscope::format
