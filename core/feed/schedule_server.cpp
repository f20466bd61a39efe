// SPDX-License-Identifier: MIT
#include "core/feed/schedule_server.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fstream>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/base/number.hpp"
#include "core/base/os_error.hpp"
#include "core/base/process_handle.hpp"
#include "core/feed/spool_run.hpp"

namespace loopscope::feed {
namespace {

using Clock = std::chrono::steady_clock;

/// How often is looked at whether a stop was requested.
constexpr int slice = 50;  // milliseconds
/// How long a server that nobody asks any more may take to end.
constexpr auto patience_to_end = std::chrono::seconds(1);

tl::unexpected<Error> cancelled() {
    return fail("the exploration was stopped", Error::Code::cancelled);
}

std::vector<std::string_view> fields_of(std::string_view line) {
    std::vector<std::string_view> fields;
    for (;;) {
        const std::size_t tab = std::min(line.find('\t'), line.size());
        fields.push_back(line.substr(0, tab));
        if (tab == line.size()) return fields;
        line.remove_prefix(tab + 1);
    }
}

/// Returns the last line of a text file that is not empty.
std::string last_line_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string last;
    for (std::string line; std::getline(file, line);) {
        if (!line.empty()) last = line;
    }
    return last;
}

/// Waits until a descriptor has something, at most so many milliseconds. Returns whether it has.
bool is_readable(int descriptor, int milliseconds) {
    pollfd polled = {descriptor, POLLIN, 0};
    return ::poll(&polled, 1, milliseconds) > 0;
}

/// Returns the number of the process at the other end of a socket; 0 if that is not known.
pid_t peer_of(int connection) {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.pid : 0;
}

/// Returns a sentence of the server's without its full stop, as errors are.
std::string bare(std::string_view sentence) {
    return std::string(sentence.substr(0, sentence.find_last_not_of('.') + 1));
}

/// Returns a request as the server reads it.
std::string request_of(ScheduleServer::Way way, const explore::Order& order) {
    std::string line = way == ScheduleServer::Way::here ? "here\t" : "fork\t";
    line += explore::text_of(order.schedule);
    if (order.seed) line += fmt::format("\t{}", *order.seed);
    return line + '\n';
}

}  // namespace

Result<std::unique_ptr<ScheduleServer>> ScheduleServer::start(const ServerCommand& command, std::string name,
                                                              const Patience& patience,
                                                              const std::stop_token& stop) {
    LOOPSCOPE_TRY(folder, PrivateFolder::create());
    std::unique_ptr<ScheduleServer> server(new ScheduleServer(
        std::make_shared<const PrivateFolder>(std::move(folder)), std::move(name), patience));
    LOOPSCOPE_CHECK(server->listen());
    LOOPSCOPE_CHECK(server->start_process(command));
    LOOPSCOPE_TRY(connection, server->accept(stop));
    server->connection_ = connection;
    return server;
}

Result<std::unique_ptr<ScheduleServer>> ScheduleServer::copy(const std::stop_token& stop) {
    LOOPSCOPE_CHECK(send("copy\n"));
    LOOPSCOPE_TRY(line, receive({}, stop));
    std::unique_ptr<ScheduleServer> copied;
    if (line != "copied") {
        LOOPSCOPE_TRY(answer, answer_of(line));
        if (!answer.cannot.empty()) return copied;
        return fail(fmt::format("the Python that runs '{}' was to be copied, and was run", name_),
                    Error::Code::damaged);
    }
    LOOPSCOPE_TRY(connection, accept(stop));
    copied.reset(new ScheduleServer(folder_, name_, patience_));
    copied->connection_ = connection;
    if (const pid_t process = peer_of(connection); process > 0)
        copied->copied_process_ = open_process(process);
    return copied;
}

ScheduleServer::~ScheduleServer() {
    // One that waits for a request ends by itself, with its copies, whose time is counted as its own then.
    if (connection_ >= 0) ::close(connection_);
    if (process_ && connection_ >= 0 && !is_asked_) let_end();
    // Before its folder is removed: nothing comes in there any more then.
    if (process_) process_->kill();
    if (copied_process_ >= 0 && is_asked_) signal_process(copied_process_, SIGKILL);
    if (copied_process_ >= 0) ::close(copied_process_);
    if (listening_ >= 0) ::close(listening_);
}

/// Waits until the process has ended by itself; not for ever.
void ScheduleServer::let_end() const {
    const auto end = Clock::now() + patience_to_end;
    while (!process_->has_ended() && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

Result<void> ScheduleServer::listen() {
    const std::string path = folder_->path() / "schedules";
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(
            fmt::format("'{}' is too long a name for a socket; set XDG_RUNTIME_DIR or TMPDIR to a folder "
                        "with a shorter one",
                        path),
            Error::Code::invalid_argument);
    std::memcpy(address.sun_path, path.c_str(), path.size());
    listening_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listening_ < 0 || ::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
        ::listen(listening_, 1) != 0)
        return fail("cannot make a socket in " + folder_->path().string(),
                    write_reason(errno, folder_->path()));
    return {};
}

Result<void> ScheduleServer::start_process(const ServerCommand& command) {
    LOOPSCOPE_TRY(words, command(folder_->path()));
    const ChildProcess::Options options{
        .input = ChildProcess::Input::none, .is_repeatable = true, .leads_group = true, .output = said()};
    LOOPSCOPE_TRY(process, ChildProcess::start(words, options));
    process_.emplace(std::move(process));
    return {};
}

/// Waits until somebody connects to the socket. Returns the connection.
Result<int> ScheduleServer::accept(const std::stop_token& stop) {
    const auto end = Clock::now() + patience_.to_begin;
    while (!is_readable(listening_, slice)) {
        if (stop.stop_requested()) return cancelled();
        if (process_->has_ended()) return tl::unexpected(error_of_end());
        if (Clock::now() >= end)
            return fail(
                fmt::format("'{}' is not ready after {} s: explore a part of it that needs less to begin",
                            name_, std::chrono::duration<double>(patience_.to_begin).count()));
    }
    const int connection = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
    if (connection < 0)
        return fail(fmt::format("cannot talk to the Python that runs '{}'", name_), read_reason(errno));
    return connection;
}

/// Returns why the server has ended, as it has said itself, if it has.
Error ScheduleServer::error_of_end() const {
    constexpr std::string_view prefix = "loopscope: ";
    const std::string last = last_line_of(said());
    if (last.starts_with(prefix)) {
        return {bare(std::string_view(last).substr(prefix.size())), Error::Code::io};
    }
    return {fmt::format("the Python that runs '{}' has ended by itself{}{}", name_, last.empty() ? "" : ": ",
                        last),
            Error::Code::io};
}

Result<ScheduleServer::Answer> ScheduleServer::ask(Way way, const explore::Order& order,
                                                   const std::stop_token& stop) {
    LOOPSCOPE_CHECK(send(request_of(way, order)));
    LOOPSCOPE_TRY(line, receive(order, stop));
    return answer_of(line);
}

Result<void> ScheduleServer::send(std::string_view line) {
    is_asked_ = true;
    while (!line.empty()) {
        const auto sent = ::send(connection_, line.data(), line.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return tl::unexpected(error_of_end());
        line.remove_prefix(static_cast<std::size_t>(sent));
    }
    return {};
}

Result<std::string> ScheduleServer::receive(const explore::Order& order, const std::stop_token& stop) {
    const auto end = Clock::now() + patience_.to_answer;
    std::array<char, 4096> buffer{};
    for (;;) {
        if (const std::size_t newline = received_.find('\n'); newline != std::string::npos) {
            is_asked_ = false;
            std::string line = received_.substr(0, newline);
            received_.erase(0, newline + 1);
            return line;
        }
        if (stop.stop_requested()) return cancelled();
        if (!is_readable(connection_, slice)) {
            if (Clock::now() < end) continue;
            return tl::unexpected(error_of_delay(order));
        }
        const auto count = ::recv(connection_, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return tl::unexpected(error_of_end());
        received_.append(buffer.data(), static_cast<std::size_t>(count));
    }
}

/// Returns that a run has not ended, with the choices that it has made so far.
Error ScheduleServer::error_of_delay(const explore::Order& order) const {
    // A copy for one run writes where what was copied would.
    const auto spool = folder_->path() / fmt::format("{}.spool", peer_of(connection_));
    return with_schedule(
        {fmt::format(
             "'{}' has not ended after {} s, and was killed: explore a part of it that ends by itself", name_,
             std::chrono::duration<double>(patience_.to_answer).count()),
         Error::Code::other},
        order, choices_so_far(spool));
}

Result<ScheduleServer::Answer> ScheduleServer::answer_of(std::string_view line) const {
    const std::vector<std::string_view> fields = fields_of(line);
    Answer answer;
    if (fields[0] == "refused" && fields.size() == 2) return fail(bare(fields[1]), Error::Code::unsupported);
    if (fields[0] == "cannot" && fields.size() == 2) {
        answer.cannot = bare(fields[1]);
        return answer;
    }
    constexpr std::size_t parts = 6;
    if (fields[0] == "ran" && fields.size() == parts) {
        const auto records = number_of<std::uint64_t>(fields[2]);
        const auto code = number_of<int>(fields[3]);
        if (records && code)
            return Answer{{},    std::string(fields[1]), *records,
                          *code, std::string(fields[4]), std::string(fields[5])};
    }
    return fail(fmt::format("the Python that runs '{}' has answered what makes no sense: '{}'", name_, line),
                Error::Code::damaged);
}

}  // namespace loopscope::feed
