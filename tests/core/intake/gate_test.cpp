#include "core/intake/gate.hpp"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/worker.hpp"

namespace loopscope::intake {
namespace {

using namespace std::chrono_literals;

/// A spool of a program that does nothing, and both ends of its gate: this one's by `gate`, the program's by
/// `program`.
class ProgramGate : public testing::Test {
  protected:
    ProgramGate() {
        std::string name = testing::TempDir() + "gate.XXXXXX";
        ::close(::mkstemp(name.data()));
        path_ = name;
        Spool_head head = {};
        head.gate = 1;
        std::ofstream(path_, std::ios::binary).write(reinterpret_cast<const char*>(&head), sizeof head);
        gate.emplace(std::move(*Gate::open(path_)));
        const int descriptor = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
        program = static_cast<Spool_head*>(
            ::mmap(nullptr, sizeof head, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0));
        ::close(descriptor);
    }
    ~ProgramGate() override {
        ::munmap(program, sizeof(Spool_head));
        std::filesystem::remove(path_);
    }

    std::optional<Gate> gate;
    Spool_head* program = nullptr;

  private:
    std::filesystem::path path_;
};

TEST_F(ProgramGate, says_that_the_program_stands_once_it_has_no_permit_and_says_so) {
    EXPECT_FALSE(gate->is_paused());
    program->paused = 1;
    EXPECT_TRUE(gate->is_paused());
    gate->let_run(2);
    EXPECT_EQ(program->permits, 2);
    EXPECT_FALSE(gate->is_paused());
    program->paused = 0;
    program->permits = 0;
    EXPECT_FALSE(gate->is_paused());
}

TEST_F(ProgramGate, closes_whatever_the_program_was_let_to_run) {
    gate->let_run(1000);
    gate->set_open();
    gate->close();
    EXPECT_EQ(program->permits, 0);
    EXPECT_EQ(program->gate, 1);
}

TEST_F(ProgramGate, opens_and_wakes_whoever_stands) {
    program->paused = 1;
    gate->set_open();
    EXPECT_TRUE(gate->is_open());
    EXPECT_EQ(program->gate, 0);
    EXPECT_GT(program->permits, 0);
    EXPECT_FALSE(gate->is_paused());
}

TEST_F(ProgramGate, waits_until_the_program_stands) {
    EXPECT_FALSE(gate->wait(1ms));
    Worker worker;
    worker.start([this](const std::stop_token&) {
        std::atomic_ref(program->paused).store(1);
        ::syscall(SYS_futex, &program->paused, FUTEX_WAKE, 1, nullptr, nullptr, 0);
    });
    EXPECT_TRUE(gate->wait(1min));
    worker.finish();
}

TEST_F(ProgramGate, selects_by_variable) {
    gate->select(VariableId{3}, trace::Storage::contextvar);
    gate->select(VariableId{SPOOL_VARIABLES + 1}, trace::Storage::contextvar);
    EXPECT_EQ(program->selected[2], static_cast<int>(trace::Storage::contextvar) + 1);
    EXPECT_EQ(program->selected[1], 0);
    gate->select_later(trace::Storage::global);
    EXPECT_EQ(program->selected_later, static_cast<std::uint32_t>(trace::Storage::global) + 1);
}

TEST_F(ProgramGate, is_not_of_a_file_that_is_not_there) {
    const auto none = Gate::open(testing::TempDir() + "no.spool");
    ASSERT_FALSE(none);
    EXPECT_NE(none.error().message.find("cannot step the program"), std::string::npos);
}

}  // namespace
}  // namespace loopscope::intake
