// SPDX-License-Identifier: MIT
#include "core/intake/gate.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/os_error.hpp"

#ifdef SYS_futex
#include <linux/futex.h>
#endif

namespace loopscope::intake {
namespace {

using Word = std::atomic_ref<std::uint32_t>;

#ifdef SYS_futex
/// Waits while a futex has a value, for at most `time`.
void wait_while(std::uint32_t& word, std::uint32_t value, std::chrono::nanoseconds time) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
    const timespec limit{static_cast<std::time_t>(seconds.count()),
                         static_cast<long>((time - seconds).count())};
    ::syscall(SYS_futex, &word, FUTEX_WAIT, value, &limit, nullptr, 0);
}

void wake_all(std::uint32_t& word) {
    constexpr int all = 1 << 30;
    ::syscall(SYS_futex, &word, FUTEX_WAKE, all, nullptr, nullptr, 0);
}
#else
void wait_while(std::uint32_t&, std::uint32_t, std::chrono::nanoseconds) {}
void wake_all(std::uint32_t&) {}
#endif

}  // namespace

Result<Gate> Gate::open(const std::filesystem::path& spool) {
    const int descriptor = ::open(spool.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    void* const page = descriptor < 0 ? MAP_FAILED
                                      : ::mmap(nullptr, sizeof(Spool_head), PROT_READ | PROT_WRITE,
                                               MAP_SHARED, descriptor, 0);
    const int error = errno;
    if (descriptor >= 0) ::close(descriptor);
    if (page == MAP_FAILED)
        return fail(fmt::format("cannot step the program through {}", spool.string()), read_reason(error));
    return Gate(static_cast<Spool_head*>(page));
}

Gate::Gate(Gate&& other) noexcept : head_(std::exchange(other.head_, nullptr)) {}

Gate::~Gate() {
    if (head_) ::munmap(head_, sizeof(Spool_head));
}

bool Gate::is_open() const {
    return Word(head_->gate).load(std::memory_order_acquire) == 0;
}

// The program says that it stands after it has found no permit, and that it does not before it takes one:
// so the permits are looked at first.
bool Gate::is_paused() const {
    return Word(head_->permits).load(std::memory_order_acquire) == 0 &&
           Word(head_->paused).load(std::memory_order_acquire) != 0 && !is_open();
}

std::uint64_t Gate::published() const {
    return std::atomic_ref(head_->published).load(std::memory_order_acquire);
}

void Gate::let_run(std::uint32_t handles) {
    Word(head_->permits).fetch_add(handles, std::memory_order_acq_rel);
    wake_all(head_->permits);
}

void Gate::close() {
    Word(head_->permits).store(0, std::memory_order_release);
    Word(head_->gate).store(1, std::memory_order_release);
}

void Gate::set_open() {
    Word(head_->gate).store(0, std::memory_order_release);
    let_run(1);  // whoever stands there looks again
}

bool Gate::wait(std::chrono::nanoseconds time) const {
    using Clock = std::chrono::steady_clock;
    const auto end = Clock::now() + time;
    while (!is_paused()) {
        const auto left = end - Clock::now();
        if (left <= left.zero() || is_open()) return false;
        // A permit that is not taken yet and a program that still says that it stands: it is about to wake.
        const bool wakes = Word(head_->paused).load(std::memory_order_acquire) != 0;
        constexpr std::chrono::nanoseconds moment = std::chrono::microseconds(20);
        wait_while(head_->paused, wakes ? 1 : 0,
                   wakes ? std::min<std::chrono::nanoseconds>(left, moment) : left);
    }
    return true;
}

void Gate::select(VariableId variable, trace::Storage storage) {
    if (!variable || variable.value > SPOOL_VARIABLES) return;
    std::atomic_ref(head_->selected[variable.value - 1])
        .store(static_cast<std::uint8_t>(static_cast<std::uint8_t>(storage) + 1), std::memory_order_release);
}

void Gate::select_later(trace::Storage storage) {
    Word(head_->selected_later).store(static_cast<std::uint32_t>(storage) + 1, std::memory_order_release);
}

}  // namespace loopscope::intake
