#include "core/format/recorder.hpp"

#include <chrono>
#include <fstream>
#include <set>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/temporary_name.hpp"
#include "core/format/reader.hpp"
#include "core/format/recording_file.hpp"
#include "core/format/saver.hpp"
#include "tests/core/format/growing_recording.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;

class RecorderTest : public RecordingsTest {};

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
    EXPECT_EQ(files(), std::set<std::string>{"t.loopscope"});
    ASSERT_TRUE(save(path, run.log(), info));
    EXPECT_EQ(recorded, text());
}

/// A trace of more events than are written between two calls of a progress function.
std::unique_ptr<trace::Log> long_log() {
    auto log = std::make_unique<trace::Log>();
    log->emit(trace::Kind::begin, 0, log->intern("long").value);
    for (std::uint32_t each = 1; each <= 1'200'000; ++each) log->emit(trace::Kind::iteration, each, 0);
    return log;
}

TEST_F(RecorderTest, says_how_far_it_is_with_a_long_file) {
    const auto log = long_log();
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder->record(*log));
    std::vector<double> told;
    ASSERT_TRUE(recorder->finish(*log, {}, [&](double done) {
        told.push_back(done);
        return true;
    }));
    EXPECT_GE(told.size(), 2U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_GT(told.front(), 0);
    EXPECT_LT(told.back(), 1);
}

TEST_F(RecorderTest, leaves_the_chunks_as_they_were_recorded_if_it_is_stopped_at_the_end) {
    const auto log = long_log();
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder->record(*log));
    const Info info{"long", {}, {}, {}, {}, "notes", {}};
    ASSERT_TRUE(recorder->finish(*log, info, [](double) { return false; }));
    EXPECT_EQ(files(), std::set<std::string>{"t.loopscope"}) << "nothing temporary";
    const auto loaded = load(path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->missing, "");
    EXPECT_EQ(loaded->log->size(), log->size());
    EXPECT_EQ(loaded->info.notes, "notes");
}

TEST_F(RecorderTest, leaves_the_old_file_until_the_new_one_is_whole) {
    std::ofstream(path) << "old";
    std::filesystem::permissions(path,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    const auto kept = std::filesystem::status(path).permissions();
    std::filesystem::create_symlink("t.loopscope", folder.path() / "link.loopscope");
    const auto run = scenario::run_program("indication", trace::Storage::global);
    auto recorder = Recorder::create(folder.path() / "link.loopscope", {});
    ASSERT_TRUE(recorder) << recorder.error().message;
    EXPECT_EQ(recorder->notice(), "");
    ASSERT_TRUE(recorder->flush(run.log()));
    EXPECT_EQ(text(), "old");
    EXPECT_EQ(std::filesystem::status(growing).permissions(), kept)
        << "nobody reads it who could not read the old one";
    ASSERT_TRUE(recorder->finish(run.log(), {}));
    EXPECT_TRUE(load(path));
    EXPECT_EQ(std::filesystem::status(path).permissions(), kept);
    EXPECT_TRUE(std::filesystem::is_symlink(folder.path() / "link.loopscope"));
    EXPECT_EQ(files(), (std::set<std::string>{"link.loopscope", "t.loopscope"}));
}

TEST_F(RecorderTest, of_nothing_leaves_nothing) {
    ASSERT_TRUE(Recorder::create(path, {}));
    EXPECT_EQ(files(), std::set<std::string>{});
    const auto ended_by_a_signal = Recorder::create(path, {});
    TemporaryName::remove_all();
    EXPECT_EQ(files(), std::set<std::string>{});
}

TEST_F(RecorderTest, of_something_stays_when_a_signal_ends_the_process) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder && recorder->flush(run.log()));
    TemporaryName::remove_all();
    EXPECT_EQ(load(growing)->log->size(), run.log().size());
}

TEST_F(RecorderTest, lets_nobody_else_record_the_same_file) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder);
    for (const auto* const way : {"t.loopscope", "./t.loopscope", "here/t.loopscope"}) {
        std::error_code exists;
        std::filesystem::create_directory_symlink(folder.path(), folder.path() / "here", exists);
        const auto other = Recorder::create(folder.path() / "here" / way, {});
        ASSERT_FALSE(other) << way;
        EXPECT_THAT(other.error().message, HasSubstr("another Loopscope is recording it"));
    }
    EXPECT_TRUE(Recorder::create(folder.path() / "other.loopscope", {}));
    ASSERT_TRUE(recorder->finish(run.log(), {}));
    EXPECT_TRUE(load(path));
    EXPECT_TRUE(Recorder::create(path, {})) << "it is over, so the next one may begin";
}

TEST_F(RecorderTest, keeps_what_an_interrupted_one_left) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    for (const auto* const kept : {"t.interrupted.loopscope", "t.interrupted-2.loopscope"}) {
        {
            auto interrupted = Recorder::create(path, {});
            ASSERT_TRUE(interrupted && interrupted->flush(run.log()));
        }
        EXPECT_TRUE(load(growing));
        const auto next = Recorder::create(path, {});
        ASSERT_TRUE(next) << next.error().message;
        EXPECT_THAT(next->notice(), HasSubstr("was interrupted; what it had is now called"));
        EXPECT_THAT(next->notice(), HasSubstr(kept));
        EXPECT_EQ(load(folder.path() / kept)->log->size(), run.log().size());
    }
    std::ofstream(growing) << "something else that has this name";
    ASSERT_TRUE(Recorder::create(path, {}));
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "t.interrupted-3.loopscope"), 33u);
}

TEST_F(RecorderTest, that_cannot_write_it_again_keeps_it_as_it_was_recorded) {
    trace::Log log;
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder);
    grow(log, [&] { return recorder->record(log) && log.size() < 20'000; });
    rlimit before{};
    ::getrlimit(RLIMIT_NOFILE, &before);
    const rlimit none{0, before.rlim_max};  // no other file can be opened, as if there were no room for it
    ::setrlimit(RLIMIT_NOFILE, &none);
    const auto finished = recorder->finish(log, {});
    ::setrlimit(RLIMIT_NOFILE, &before);
    ASSERT_TRUE(finished) << finished.error().message;
    EXPECT_EQ(files(), std::set<std::string>{"t.loopscope"});
    const auto loaded = load(path);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->missing, "");
    EXPECT_EQ(loaded->log->size(), log.size());
}

TEST_F(RecorderTest, writes_to_a_pipe_as_it_goes) {
    ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
    const int reader = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    const auto run = scenario::run_program("indication", trace::Storage::global);
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder) << recorder.error().message;
    ASSERT_TRUE(recorder->record(run.log()));
    ASSERT_TRUE(recorder->finish(run.log(), {}));
    std::vector<std::byte> bytes(1 << 16);
    const auto size = ::read(reader, bytes.data(), bytes.size());
    ::close(reader);
    ASSERT_GT(size, 0);
    const auto loaded = load(std::span(bytes).first(static_cast<std::size_t>(size)), "pipe");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(run.log()));
    EXPECT_EQ(loaded->missing, "");
    EXPECT_EQ(files(), std::set<std::string>{"t.loopscope"});
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
        const auto loaded = load(growing);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(run.log()));
        EXPECT_THAT(loaded->missing, HasSubstr("interrupted"));
    }
}

TEST_F(RecorderTest, writes_what_has_waited_even_if_little_comes) {
    trace::Log log;
    auto recorder = Recorder::create(path, {});
    ASSERT_TRUE(recorder);
    grow(
        log, [&] { return log.size() < 10; }, 1);
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!load(growing)) {
        ASSERT_LT(std::chrono::steady_clock::now(), deadline);
        ASSERT_TRUE(recorder->record(log));
    }
    EXPECT_EQ(load(growing)->log->size(), log.size());
}

TEST_F(RecorderTest, says_where_it_cannot_write) {
    const auto recorder = Recorder::create("/nowhere/t.loopscope", {});
    ASSERT_FALSE(recorder);
    EXPECT_EQ(recorder.error().message,
              "cannot write /nowhere/t.loopscope: the folder /nowhere does not exist; create it or choose "
              "another one");
}

}  // namespace
}  // namespace loopscope::format
