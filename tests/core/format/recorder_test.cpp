#include "core/format/recorder.hpp"

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/temporary_name.hpp"
#include "core/format/reader.hpp"
#include "core/format/recording_file.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;

/// A number that a child process has in common with its parent.
class SharedNumber {
  public:
    SharedNumber()
        : memory_(
              ::mmap(nullptr, sizeof *number_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)),
          number_(new (memory_) std::atomic<std::uint32_t>(0)) {}
    SharedNumber(const SharedNumber&) = delete;
    SharedNumber& operator=(const SharedNumber&) = delete;
    ~SharedNumber() { ::munmap(memory_, sizeof *number_); }

    void set(std::uint32_t number) { *number_ = number; }
    [[nodiscard]] std::uint32_t get() const { return *number_; }

  private:
    void* memory_;
    std::atomic<std::uint32_t>* number_;
};

/// A process that does something until it is killed.
class Child {
  public:
    template <class Function>
    explicit Child(Function function) : id_(::fork()) {
        if (id_ != 0) return;
        function();
        for (;;) ::pause();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child() { kill(); }

    /// Waits until something is true. Gives false if the child has ended instead.
    template <class Condition>
    [[nodiscard]] bool wait_until(Condition condition) {
        while (!condition()) {
            if (::waitpid(id_, nullptr, WNOHANG) == id_) return id_ = 0, false;
            ::sched_yield();
        }
        return true;
    }
    void kill() {
        if (id_ <= 0) return;
        ::kill(id_, SIGKILL);
        ::waitpid(id_, nullptr, 0);
        id_ = 0;
    }

  private:
    pid_t id_;
};

/// Lets the log grow by a million yields of one task, or until `more`, which is asked every thousand of them
/// or as said, gives false.
template <class More>
void grow(trace::Log& log, More more, std::uint32_t distance = 1000) {
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
        if (iteration % distance == 0 && !more()) return;
    }
}

class RecorderTest : public testing::Test {
  protected:
    [[nodiscard]] std::set<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            names.insert(entry.path().filename().string());
        return names;
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
    std::filesystem::path growing = folder.path() / "t.recording.loopscope";
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
    EXPECT_EQ(files(), std::set<std::string>{"t.loopscope"});
    ASSERT_TRUE(save(path, run.log(), info));
    EXPECT_EQ(recorded, text());
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

TEST_F(RecorderTest, that_is_killed_at_any_moment_has_lost_4096_events_at_most) {
    int opened = 0;
    for (std::uint32_t round = 0; round < 60; ++round) {
        std::filesystem::remove(growing);
        SharedNumber emitted;
        Child child([&] {
            trace::Log log;
            auto recorder = Recorder::create(path, {});
            const auto goes_on = [&] { return emitted.set(log.size()), recorder->record(log).has_value(); };
            grow(log, goes_on, 1 + round % 7 * 50);
        });
        const std::uint32_t enough = round * round * 50;
        ASSERT_TRUE(child.wait_until([&] { return emitted.get() >= enough && !files().empty(); }));
        child.kill();
        const auto loaded = load(growing);
        const std::uint32_t left = loaded ? loaded->log->size() : 0;
        EXPECT_GE(left + 4096, emitted.get()) << "round " << round;
        EXPECT_FALSE(std::filesystem::exists(path));
        if (!loaded) continue;
        ++opened;
        EXPECT_THAT(loaded->missing, HasSubstr("interrupted"));
    }
    EXPECT_GT(opened, 30);
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

TEST_F(RecorderTest, that_meets_a_full_disk_says_so_and_leaves_a_file_that_opens) {
    const int code = limited(4'000, [&] {
        trace::Log log;
        auto recorder = Recorder::create(path, {});
        Result<void> flushed;
        grow(log, [&] { return (flushed = recorder->flush(log)).has_value(); });
        const std::string where = "what was recorded until then is in " + growing.string();
        return flushed ||
                       flushed.error().message.find("larger than this system allows") == std::string::npos ||
                       !flushed.error().message.ends_with(where)
                   ? 1
                   : 0;
    });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(files(), std::set<std::string>{"t.recording.loopscope"});
    EXPECT_EQ(std::filesystem::file_size(growing), 4'000u);
    const auto loaded = load(growing);
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
    for (std::uint32_t round = 0; round < 20; ++round) {
        ASSERT_TRUE(save(path, small.log(), {}));
        SharedNumber saved;
        Child child([&] {
            for (std::uint32_t times = 1;; ++times) {
                static_cast<void>(save(path, large.log(), {}));
                saved.set(times);
            }
        });
        ASSERT_TRUE(child.wait_until([&] { return saved.get() >= round % 4; }));
        child.kill();
        const auto loaded = load(path);
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->missing, "");
        EXPECT_TRUE(loaded->log->size() == small.log().size() || loaded->log->size() == large.log().size());
    }
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
