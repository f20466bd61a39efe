#include "core/base/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/os_error.hpp"

namespace loopscope {
namespace {

/// The signals that Loopscope ignores (app/cli/streams.cpp), and that other programs want.
constexpr std::array<int, 2> signals_ignored_here = {SIGPIPE, SIGXFSZ};
/// The exit code of a process that a signal ended, less the signal's number, as in shells.
constexpr int code_of_signals = 128;

/// Starts a process. Returns its number, or 0 with errno.
pid_t spawn(const std::vector<std::string>& arguments, ChildProcess::Input input) {
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
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    if (input == ChildProcess::Input::none)
        ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, words.front(), &actions, &attributes, words.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
    errno = failed;
    return failed == 0 ? child : 0;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments, Input input) {
    const pid_t child = spawn(arguments, input);
    if (child == 0) return fail("cannot start " + arguments.front(), read_reason(errno));
    return ChildProcess(child, static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      status_(other.status_),
      over_(other.over_) {}

ChildProcess::~ChildProcess() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

bool ChildProcess::wait(int milliseconds) {
    if (over_) return true;
    pollfd ended = {descriptor_, POLLIN, 0};
    // Without a descriptor this only sleeps.
    ::poll(&ended, descriptor_ >= 0 ? 1 : 0, milliseconds);
    over_ = ::waitpid(id_, &status_, WNOHANG) == id_;
    return over_;
}

bool ChildProcess::has_ended() const {
    pollfd ended = {descriptor_, POLLIN, 0};
    return over_ || (descriptor_ >= 0 && ::poll(&ended, 1, 0) > 0);
}

void ChildProcess::kill() {
    if (over_) return;
    ::kill(id_, SIGKILL);
    while (::waitpid(id_, &status_, 0) < 0 && errno == EINTR) continue;
    over_ = true;
}

std::optional<int> ChildProcess::signal() const {
    return WIFSIGNALED(status_) ? std::optional(WTERMSIG(status_)) : std::nullopt;
}

int ChildProcess::exit_code() const {
    return signal() ? code_of_signals + *signal() : WEXITSTATUS(status_);
}

}  // namespace loopscope
