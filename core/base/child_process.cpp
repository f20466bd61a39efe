// SPDX-License-Identifier: MIT
#include "core/base/child_process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/os_error.hpp"
#include "core/base/process_handle.hpp"

namespace loopscope {
namespace {

/// The signals that Loopscope ignores (app/cli/streams.cpp), and that other programs want.
constexpr std::array<int, 2> signals_ignored_here = {SIGPIPE, SIGXFSZ};
/// The exit code of a process that a signal ended, less the signal's number, as in shells.
constexpr int code_of_signals = 128;

/// The words of a command or of an environment, as the system wants them.
class Words {
  public:
    explicit Words(std::vector<std::string> words) : words_(std::move(words)) {
        pointers_.reserve(words_.size() + 1);
        for (std::string& word : words_) pointers_.push_back(word.data());
        pointers_.push_back(nullptr);
    }
    [[nodiscard]] char* const* data() const { return pointers_.data(); }

  private:
    std::vector<std::string> words_;
    std::vector<char*> pointers_;
};

/// Returns this process's environment with what the options add; for a program that is repeatable with the
/// seed of Python's hashes.
std::vector<std::string> environment_for(const ChildProcess::Options& options) {
    std::vector<std::string> words = options.environment;
    if (options.is_repeatable) words.emplace_back("PYTHONHASHSEED=0");
    const std::size_t said = words.size();
    for (char* const* each = environ; *each; ++each) {
        const std::string_view word = *each;
        const std::string_view name = word.substr(0, word.find('=') + 1);
        const auto has_name = [name](const std::string& other) { return other.starts_with(name); };
        if (std::none_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(said), has_name))
            words.emplace_back(word);
    }
    return words;
}

/// Has the programs that this thread starts while it lives be laid out in memory without randomisation, which
/// is a property of the thread that they inherit (personality(2)).
class WithoutRandomisation {
  public:
    explicit WithoutRandomisation(bool wanted) : before_(wanted ? ::personality(only_asks) : -1) {
        if (before_ != -1) ::personality(static_cast<unsigned>(before_) | ADDR_NO_RANDOMIZE);
    }
    WithoutRandomisation(const WithoutRandomisation&) = delete;
    WithoutRandomisation& operator=(const WithoutRandomisation&) = delete;
    ~WithoutRandomisation() {
        if (before_ != -1) ::personality(static_cast<unsigned>(before_));
    }

  private:
    static constexpr unsigned long only_asks = 0xffffffff;
    int before_;
};

/// What posix_spawn does to a new process before the program begins.
class Preparation {
  public:
    explicit Preparation(const ChildProcess::Options& options) {
        ::posix_spawnattr_init(&attributes);
        sigset_t restored;
        ::sigemptyset(&restored);
        for (const int number : signals_ignored_here) ::sigaddset(&restored, number);
        ::posix_spawnattr_setsigdefault(&attributes, &restored);
        ::posix_spawnattr_setflags(
            &attributes,
            static_cast<short>(POSIX_SPAWN_SETSIGDEF | (options.leads_group ? POSIX_SPAWN_SETPGROUP : 0)));
        ::posix_spawn_file_actions_init(&actions);
        if (options.input == ChildProcess::Input::none)
            ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        if (options.output.empty()) return;
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, options.output.c_str(),
                                           O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
        ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    }
    Preparation(const Preparation&) = delete;
    Preparation& operator=(const Preparation&) = delete;
    ~Preparation() {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }

    posix_spawnattr_t attributes{};
    posix_spawn_file_actions_t actions{};
};

/// Starts a process. Returns its number, or 0 with errno.
pid_t spawn(const std::vector<std::string>& arguments, const ChildProcess::Options& options) {
    const Words words(arguments);
    const Words environment(environment_for(options));
    const Preparation preparation(options);
    const WithoutRandomisation without(options.is_repeatable);
    pid_t child = 0;
    const int failed = ::posix_spawnp(&child, *words.data(), &preparation.actions, &preparation.attributes,
                                      words.data(), environment.data());
    errno = failed;
    return failed == 0 ? child : 0;
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& arguments, const Options& options) {
    const pid_t child = spawn(arguments, options);
    if (child == 0) return fail("cannot start " + arguments.front(), read_reason(errno));
    return ChildProcess(child, open_process(child), options.leads_group);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      leads_group_(other.leads_group_),
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
    // Before waiting: until then nobody else gets the number.
    if (leads_group_) ::kill(-id_, SIGKILL);
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
