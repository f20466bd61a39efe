// SPDX-License-Identifier: MIT
#include "app/platform/interrupt.hpp"

#include <array>
#include <atomic>

#include <unistd.h>

#include "core/base/temporary_name.hpp"

namespace loopscope::platform {
namespace {

constexpr std::array<int, 3> signals = {SIGINT, SIGTERM, SIGHUP};
/// The exit code of a process that a signal ended, less the signal's number, as in shells.
constexpr int signal_code = 128;

std::atomic<bool> waits = false;  // an Interrupt exists, whose owner calls asked()
std::atomic<int> noted = 0;       // the first signal; 0: none
static_assert(std::atomic<int>::is_always_lock_free, "handlers of signals may not lock");

void on_signal(int number) {
    int none = 0;
    const bool first = noted.compare_exchange_strong(none, number);
    if (first && waits) return;
    TemporaryName::remove_all();
    if (first) ::_exit(signal_code + number);
    std::signal(number, SIG_DFL);
    std::raise(number);
}

}  // namespace

void Interrupt::install() {
    for (const int number : signals) {
        struct sigaction before = {};
        ::sigaction(number, nullptr, &before);
        if (number == SIGHUP && before.sa_handler == SIG_IGN) continue;
        struct sigaction action = {};
        action.sa_handler = on_signal;
        action.sa_flags = SA_RESTART;
        ::sigaction(number, &action, nullptr);
    }
}

Interrupt::Interrupt() {
    waits = true;
}

Interrupt::~Interrupt() {
    waits = false;
}

bool Interrupt::asked() {
    return noted != 0;
}

int Interrupt::exit_code() {
    return noted == 0 ? 0 : signal_code + noted;
}

}  // namespace loopscope::platform
