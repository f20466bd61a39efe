// SPDX-License-Identifier: MIT
#include "app/cli/signal_handover.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>

namespace loopscope::cli {
namespace {

/// The signals that end programs from outside.
constexpr std::array<int, 4> signals_handed_on = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

std::atomic<pid_t> addressee = 0;  // 0: none
std::atomic<unsigned> signals_came = 0;
static_assert(std::atomic<pid_t>::is_always_lock_free && std::atomic<unsigned>::is_always_lock_free,
              "handlers of signals may not lock");
std::array<struct sigaction, signals_handed_on.size()> actions_before;

/// Hands a signal on. What comes from the terminal's keys has gone to the whole group, so to the program too.
void hand_on(int number, siginfo_t* info, void* /*context*/) {
    const int errno_before = errno;
    ++signals_came;
    const pid_t child = addressee;
    if (child > 0 && info->si_code <= 0) ::kill(child, number);
    errno = errno_before;
}

}  // namespace

SignalHandover::SignalHandover() {
    signals_came = 0;
    for (std::size_t at = 0; at < signals_handed_on.size(); ++at) {
        struct sigaction action = {};
        action.sa_sigaction = hand_on;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        ::sigaction(signals_handed_on[at], nullptr, &actions_before[at]);
        if (actions_before[at].sa_handler != SIG_IGN) ::sigaction(signals_handed_on[at], &action, nullptr);
    }
}

SignalHandover::~SignalHandover() {
    addressee = 0;
    for (std::size_t at = 0; at < signals_handed_on.size(); ++at)
        ::sigaction(signals_handed_on[at], &actions_before[at], nullptr);
}

void SignalHandover::set_addressee(pid_t process) {
    addressee = process;
}

unsigned SignalHandover::times() {
    return signals_came;
}

}  // namespace loopscope::cli
