#include "app/cli/child_process.hpp"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/os_error.hpp"

namespace loopscope::cli {
namespace {

/// The signals that end programs from outside.
constexpr std::array<int, 4> signals_handed_on = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
/// Those that streams.cpp has this process ignore.
constexpr std::array<int, 2> signals_ignored_here = {SIGPIPE, SIGXFSZ};
/// The exit code of a process that a signal ended, less the signal's number, as in shells.
constexpr int code_of_signals = 128;

std::atomic<pid_t> addressee = 0;  // of signals; 0: none
static_assert(std::atomic<pid_t>::is_always_lock_free, "handlers of signals may not lock");
std::array<struct sigaction, signals_handed_on.size()> actions_before;

/// Hands a signal on. What comes from the terminal's keys has gone to the whole group, so to the program too.
void hand_on(int number, siginfo_t* info, void* /*context*/) {
    const int errno_before = errno;
    const pid_t child = addressee;
    if (child > 0 && info->si_code <= 0) ::kill(child, number);
    errno = errno_before;
}

void begin_to_hand_on() {
    for (std::size_t at = 0; at < signals_handed_on.size(); ++at) {
        struct sigaction action = {};
        action.sa_sigaction = hand_on;
        action.sa_flags = SA_SIGINFO | SA_RESTART;
        ::sigaction(signals_handed_on[at], nullptr, &actions_before[at]);
        if (actions_before[at].sa_handler != SIG_IGN) ::sigaction(signals_handed_on[at], &action, nullptr);
    }
}

void end_to_hand_on() {
    addressee = 0;
    for (std::size_t at = 0; at < signals_handed_on.size(); ++at)
        ::sigaction(signals_handed_on[at], &actions_before[at], nullptr);
}

/// Starts a process. Returns its number, or 0 with errno.
pid_t spawn(const std::vector<std::string>& arguments) {
    std::vector<char*> words;
    words.reserve(arguments.size() + 1);
    for (const std::string& argument : arguments) words.push_back(const_cast<char*>(argument.c_str()));
    words.push_back(nullptr);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t restored;
    ::sigemptyset(&restored);
    for (const int number : signals_ignored_here) ::sigaddset(&restored, number);
    ::posix_spawnattr_setsigdefault(&attributes, &restored);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, words.front(), nullptr, &attributes, words.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    errno = failed;
    return failed == 0 ? child : 0;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments) {
    begin_to_hand_on();
    const pid_t child = spawn(arguments);
    if (child == 0) {
        const Error why = read_reason(errno);
        end_to_hand_on();
        return fail("cannot start " + arguments.front(), why);
    }
    addressee = child;
    return ChildProcess(child, static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      status_(other.status_),
      over_(other.over_) {}

ChildProcess::~ChildProcess() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (id_ != 0) end_to_hand_on();
}

bool ChildProcess::wait(int milliseconds) {
    if (over_) return true;
    pollfd ended = {descriptor_, POLLIN, 0};
    // Without a descriptor this only sleeps.
    ::poll(&ended, descriptor_ >= 0 ? 1 : 0, milliseconds);
    over_ = ::waitpid(id_, &status_, WNOHANG) == id_;
    if (over_) addressee = 0;  // its number may be another process's soon
    return over_;
}

std::optional<int> ChildProcess::signal() const {
    return WIFSIGNALED(status_) ? std::optional(WTERMSIG(status_)) : std::nullopt;
}

int ChildProcess::exit_code() const {
    return signal() ? code_of_signals + *signal() : WEXITSTATUS(status_);
}

}  // namespace loopscope::cli
