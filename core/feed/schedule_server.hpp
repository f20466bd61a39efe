// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/child_process.hpp"
#include "core/base/private_folder.hpp"
#include "core/base/result.hpp"
#include "core/explore/runner.hpp"

namespace loopscope::feed {

/// How a server is started: the program that writes its spools into a folder, and its arguments. Fails if
/// what it needs cannot be written.
using ServerCommand = std::function<Result<std::vector<std::string>>(const std::filesystem::path& folder)>;

/// A process that runs a Python program once for each request, under the order that the request names
/// (recorder/python/schedule_server.py), and the socket at which it is asked. The destructor kills it with
/// all that it has started, and removes what it has written; what a copy has started is killed with what was
/// copied. Used from one thread.
class ScheduleServer {
  public:
    /// Where a run takes place.
    enum class Way : std::uint8_t {
        here,  ///< in the server's own interpreter, after the runs before it
        fork,  ///< in a copy of the interpreter
    };
    /// What a run left.
    struct Answer {
        /// Why the program cannot be run in this way, as a sentence; empty: it was run.
        std::string cannot;
        std::filesystem::path spool;  ///< with the records of this run alone
        std::uint64_t records = 0;
        int code = 0;             ///< its exit code: 128 + the number of the signal that ended it
        std::string failure;      ///< the exception that left the program and its place; empty: none did
        std::string unretrieved;  ///< the exceptions that nobody retrieved
    };
    /// How long is waited.
    struct Patience {
        std::chrono::milliseconds to_begin = std::chrono::seconds(60);  ///< for all that is imported
        std::chrono::milliseconds to_answer = std::chrono::seconds(10);
    };

    /// Starts a server for a program, and waits until it is ready. The name is for what is said. Fails if it
    /// cannot be started, ends, or gives no sign within its time; and with Error::Code::cancelled soon after
    /// a stop is requested.
    static Result<std::unique_ptr<ScheduleServer>> start(const ServerCommand& command, std::string name,
                                                         const Patience& patience,
                                                         const std::stop_token& stop);
    /// Returns a copy of the server, a process that has been forked from it, to be used beside it; none: it
    /// cannot be copied. Fails as `ask` does.
    Result<std::unique_ptr<ScheduleServer>> copy(const std::stop_token& stop);
    ScheduleServer(const ScheduleServer&) = delete;
    ScheduleServer& operator=(const ScheduleServer&) = delete;
    ~ScheduleServer();

    /// Has the program run once. Fails if it cannot be explored at all, if it gives no answer within its
    /// time, or, with Error::Code::io, if the server has ended; the server is gone then. Fails with
    /// Error::Code::cancelled soon after a stop is requested.
    Result<Answer> ask(Way way, const explore::Order& order, const std::stop_token& stop);

  private:
    using Folder = std::shared_ptr<const PrivateFolder>;

    ScheduleServer(Folder folder, std::string name, const Patience& patience)
        : folder_(std::move(folder)), name_(std::move(name)), patience_(patience) {}

    void let_end() const;
    Result<void> listen();
    Result<void> start_process(const ServerCommand& command);
    Result<int> accept(const std::stop_token& stop);
    Result<void> send(std::string_view line);
    Result<std::string> receive(const explore::Order& order, const std::stop_token& stop);
    [[nodiscard]] Error error_of_delay(const explore::Order& order) const;
    Result<Answer> answer_of(std::string_view line) const;
    [[nodiscard]] std::filesystem::path said() const { return folder_->path() / "said"; }
    [[nodiscard]] Error error_of_end() const;

    Folder folder_;  // of a copy too
    std::string name_;
    Patience patience_;
    std::optional<ChildProcess> process_;  // none: of a copy, a child of the process that was copied
    int copied_process_ = -1;              // of a copy: its pidfd
    int listening_ = -1;
    int connection_ = -1;
    std::string received_;   // and not taken yet
    bool is_asked_ = false;  // and has not answered
};

}  // namespace loopscope::feed
