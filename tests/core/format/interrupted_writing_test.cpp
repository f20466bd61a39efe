// Processes that are killed as they write, and disks that are full: what is left.

#include <atomic>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <new>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/format/reader.hpp"
#include "core/format/recorder.hpp"
#include "core/format/saver.hpp"
#include "tests/core/format/growing_recording.hpp"
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

class InterruptedWritingTest : public RecordingsTest {
  protected:
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
};

TEST_F(InterruptedWritingTest, of_a_recorder_that_is_killed_at_any_moment_has_lost_4096_events_at_most) {
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

TEST_F(InterruptedWritingTest, of_a_recorder_that_meets_a_full_disk_says_so_and_leaves_a_file_that_opens) {
    const int code = limited(4'000, [&] {
        trace::Log log;
        auto recorder = Recorder::create(path, {});
        Result<void> flushed;
        grow(log, [&] { return (flushed = recorder->flush(log)).has_value(); });
        const std::string where = "what was recorded until then is in " + growing.string();
        const bool told = !flushed && flushed.error().code == Error::Code::too_large &&
                          flushed.error().message.ends_with(where);
        return told ? 0 : 1;
    });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(files(), std::set<std::string>{"t.recording.loopscope"});
    EXPECT_EQ(std::filesystem::file_size(growing), 4'000u);
    const auto loaded = load(growing);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_GT(loaded->log->size(), 1'000u);
    EXPECT_NE(loaded->missing, "");
}

TEST_F(InterruptedWritingTest, saving_on_a_full_disk_leaves_the_old_file) {
    const auto run = scenario::run_program("indication", trace::Storage::global);
    ASSERT_TRUE(save(path, run.log(), {}));
    const std::string before = text();
    const int code = limited(200, [&] { return save(path, run.log(), {}) ? 1 : 0; });
    EXPECT_EQ(code, 0);
    EXPECT_EQ(text(), before);
}

TEST_F(InterruptedWritingTest, saving_that_is_killed_leaves_the_old_file_or_the_new_one) {
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

}  // namespace
}  // namespace loopscope::format
