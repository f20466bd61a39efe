// SPDX-License-Identifier: MIT
// Boost.Asio in a recording of Loopscope's, through Asio's custom handler tracking, without a change to the program:
//
//     g++ -DBOOST_ASIO_CUSTOM_HANDLER_TRACKING='<loopscope/asio.hpp>' …
//
// All sources that use Asio have to be compiled with it. What is a task here: a line of operations on one object, such as a socket or a timer,
// each started by the handler of the one before; what a handler starts on other objects, each a task of its own; a coroutine of
// co_spawn, whatever it awaits; and what goes on through a strand. docs/cpp.md says more.
#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>

#include <cstdint>
#include <string_view>
#include <type_traits>

#include "track.hpp"

namespace boost::asio {
class execution_context;
}  // namespace boost::asio

namespace loopscope::recorder::asio {


/// What the template argument's name says of a handler, without RTTI: what stands for it in the name of this function.
template <class Operation>
constexpr std::string_view type_text() {
    return __PRETTY_FUNCTION__;
}

/// Returns whether an operation only takes turns for a strand, whose own handlers are told.
template <class Operation>
inline constexpr bool is_of_strand = type_text<Operation>().find("strand_executor_service::invoker") != std::string_view::npos;

/// Returns whether an operation's handler is a coroutine that co_spawn runs.
template <class Operation>
inline constexpr bool is_of_coroutine = type_text<Operation>().find("awaitable_handler<") != std::string_view::npos;

/// The end of a qualified name that stands before a place in a type's text: "session::read" before its lambda.
constexpr std::string_view name_before(std::string_view text, std::size_t end) {
    int depth = 0;
    std::size_t begin = end;
    while (begin > 0) {
        const char each = text[begin - 1];
        if (each == ')' || each == '>') ++depth;
        if (each == '(' || each == '<') --depth;
        if (depth < 0 || (depth == 0 && (each == ' ' || each == ','))) break;
        --begin;
    }
    const std::string_view name = text.substr(begin, end - begin);
    const std::size_t arguments = name.rfind('(');
    return arguments == std::string_view::npos || arguments == 0 ? name : name.substr(0, arguments);
}

/// Returns what a handler is called: the function that its lambda stands in; empty: it is not a lambda.
template <class Operation>
constexpr std::string_view name_of_handler() {
    constexpr std::string_view text = type_text<Operation>();
    for (const std::string_view lambda : {"::<lambda", "::(lambda", "::{lambda", "::(anonymous class"}) {
        const std::size_t at = text.find(lambda);
        if (at != std::string_view::npos) return name_before(text, at);
    }
    return {};
}

/// A line of operations that is a task, from its first operation to the handler that starts no other.
struct Line {
    Task task;
};

/// What an operation is about.
struct Operation {
    std::shared_ptr<Line> line;
    const void* object = nullptr;
    std::string_view handler = {};  ///< what its handler is called; empty: not known
    std::string_view owner = {};  ///< the class or namespace of the function in which its handler stands; empty: not known
    bool is_accept = false;
    bool is_spawn = false;   ///< it begins a coroutine
    bool is_queued = false;  ///< it only waits for its turn: post, dispatch, defer
    bool is_coroutine = false;
    bool is_strand = false;
};

/// The base that Asio gives what has a handler.
struct TrackedHandler {
    Operation loopscope_operation;

  protected:
    TrackedHandler() = default;
    ~TrackedHandler() = default;
};

/// A handler that runs on this thread.
struct Invocation {
    Invocation* outer = nullptr;
    Operation operation;
    Running running;
    bool goes_on = false;       // an operation that it started goes on with its task
    Waiting waiting;
};
inline thread_local Invocation* invocation = nullptr;

/// Where a user's own code says that it is, by BOOST_ASIO_HANDLER_LOCATION.
class Location {
  public:
    Location(const char* file, int line, const char* function) : outer_(innermost()) {
        if (file != nullptr) where_ = {file, function, static_cast<std::uint32_t>(line)};  // Asio may not know it
        innermost() = this;
    }
    Location(const Location&) = delete;
    Location& operator=(const Location&) = delete;
    ~Location() { innermost() = outer_; }

    /// Returns the outermost place in the program's own code; nothing where it says none.
    static Source here() {
        Source found;
        for (const Location* at = innermost(); at != nullptr; at = at->outer_)
            if (std::string_view(at->where_.file).find("/asio/") == std::string_view::npos) found = at->where_;
        return found;
    }
    /// Returns whether co_spawn begins a coroutine here.
    static bool is_in_co_spawn() {
        for (const Location* at = innermost(); at != nullptr; at = at->outer_)
            if (std::string_view(at->where_.file).find("co_spawn") != std::string_view::npos) return true;
        return false;
    }

  private:
    static Location*& innermost() {
        static thread_local Location* location = nullptr;
        return location;
    }

    Source where_;
    Location* outer_;
};

/// Returns whether an operation goes on with the task whose handler starts it.
inline bool goes_on(const Operation& operation) {
    if (invocation == nullptr || invocation->goes_on) return false;
    const Operation& before = invocation->operation;
    if (operation.is_spawn) return false;
    if (before.object == operation.object) return true;
    if (before.is_accept) return false;
    if (!operation.owner.empty() && operation.owner == before.owner) return true;
    if (before.is_coroutine) return operation.is_coroutine && !operation.is_queued;
    return operation.is_strand || before.is_strand || before.is_queued;
}

/// Returns what is at the other end of a socket, as "127.0.0.1:8000"; its number, if that has no such address.
inline std::string name_of_peer(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    char text[INET6_ADDRSTRLEN] = "";
    if (getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return std::to_string(socket);
    if (address.ss_family == AF_INET) {
        const auto& four = reinterpret_cast<const sockaddr_in&>(address);
        inet_ntop(AF_INET, &four.sin_addr, text, sizeof text);
        return std::string(text) + ":" + std::to_string(ntohs(four.sin_port));
    }
    if (address.ss_family != AF_INET6) return std::to_string(socket);
    const auto& six = reinterpret_cast<const sockaddr_in6&>(address);
    inet_ntop(AF_INET6, &six.sin6_addr, text, sizeof text);
    return "[" + std::string(text) + "]:" + std::to_string(ntohs(six.sin6_port));
}

/// Tells of a task that begins with an operation. What is begun for an accepted connection is nobody's child: all sessions would be of one chain
/// otherwise. `socket` is the operation's; -1: it has none.
inline void begin_line(Operation& operation, std::string_view name, const Waiting& waiting, int socket = -1) {
    operation.line = std::make_shared<Line>();
    Running running;
    const bool is_accepted = invocation != nullptr && invocation->operation.is_accept;
    Steps::begin(operation.line->task, running, name, is_accepted ? Steps::Parent::none : Steps::Parent::running);
    if (is_accepted && socket >= 0) {
        Process::Writing writing(Process::the());
        const std::uint32_t connection = writing.process().next_connection();
        writing.record(SPOOL_CONNECTION, connection, writing.text(name_of_peer(socket)));
        writing.record(SPOOL_SERVE, connection, writing.text(without_unnamed(name)));
    }
    Steps::suspend(running, waiting);
}

/// Tells that an operation starts.
template <class Tracked>
void creation(boost::asio::execution_context&, Tracked& tracked, const char* object_type, void* object, std::uintmax_t native,
              const char* name) {
    if (!Process::the().records() || is_of_strand<Tracked>) return;
    const std::string_view type(object_type), operation_name(name);
    Operation& operation = tracked.loopscope_operation;
    operation.object = object;
    operation.is_strand = type.starts_with("strand");
    operation.is_queued = operation_name == "post" || operation_name == "dispatch" || operation_name == "defer" || operation_name == "execute";
    operation.is_accept = operation_name == "async_accept";
    operation.is_spawn = Location::is_in_co_spawn();
    operation.is_coroutine = operation.is_spawn || is_of_coroutine<Tracked>;
    constexpr std::string_view handler = name_of_handler<Tracked>();
    operation.handler = handler;
    operation.owner = handler.substr(0, handler.rfind("::") == std::string_view::npos ? 0 : handler.rfind("::"));
    const bool is_io = type == "socket" || type == "descriptor";
    const std::uint32_t wait = is_io ? wait_socket : wait_future;
    const Waiting waiting{.kind = wait, .object = type, .where = Location::here()};
    if (goes_on(operation)) {
        operation.line = invocation->operation.line;
        invocation->goes_on = true;
        invocation->waiting = waiting;
        invocation->waiting.object = object_type;
        return;
    }
    if (operation.is_spawn) return begin_line(operation, "co_spawn", waiting);
    if (!handler.empty()) begin_line(operation, handler, waiting, is_io ? static_cast<int>(native) : -1);
    else begin_line(operation, std::string(type) + "." + name, waiting, is_io ? static_cast<int>(native) : -1);
}

/// A handler from where Asio takes it up to where it has run.
class Completion {
  public:
    explicit Completion(const TrackedHandler& handler) { invocation_.operation = handler.loopscope_operation; }
    Completion(const Completion&) = delete;
    Completion& operator=(const Completion&) = delete;
    ~Completion() {
        // On its way out of the handler, where nobody may ask an exception what it is.
        if (is_running_) end({SPOOL_RAN_EXCEPTION, "an exception", {}});
    }

    /// The handler begins. Where another thread has not come to the end of the handler that started the operation, they cannot be of one task.
    template <class... Results>
    void invocation_begin(const Results&...) {
        if (!invocation_.operation.line) return;
        is_running_ = true;
        if (Steps::overtakes(invocation_.operation.line->task)) {
            const std::string_view name = invocation_.operation.handler;
            begin_line(invocation_.operation, name.empty() ? "handler" : name, {.kind = wait_future, .object = "its turn"});
        }
        Steps::resume(invocation_.operation.line->task, invocation_.running);
        invocation_.outer = invocation;
        invocation = &invocation_;
    }

    void invocation_end() {
        if (is_running_) end({});
    }

  private:
    void end(const Ended& ended) {
        is_running_ = false;
        invocation = invocation_.outer;
        if (invocation_.goes_on && ended.how == SPOOL_RAN_RESULT) Steps::suspend(invocation_.running, invocation_.waiting);
        else Steps::finish(invocation_.running, ended);
    }

    Invocation invocation_;
    bool is_running_ = false;
};

}  // namespace loopscope::recorder::asio

#define BOOST_ASIO_INHERIT_TRACKED_HANDLER : public loopscope::recorder::asio::TrackedHandler
#define BOOST_ASIO_ALSO_INHERIT_TRACKED_HANDLER , public loopscope::recorder::asio::TrackedHandler
#define BOOST_ASIO_HANDLER_TRACKING_INIT (void)0
#define BOOST_ASIO_HANDLER_LOCATION(args) loopscope::recorder::asio::Location loopscope_location args
#define BOOST_ASIO_HANDLER_CREATION(args) loopscope::recorder::asio::creation args
#define BOOST_ASIO_HANDLER_COMPLETION(args) loopscope::recorder::asio::Completion loopscope_completion args
#define BOOST_ASIO_HANDLER_INVOCATION_BEGIN(args) loopscope_completion.invocation_begin args
#define BOOST_ASIO_HANDLER_INVOCATION_END loopscope_completion.invocation_end()
#define BOOST_ASIO_HANDLER_OPERATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_REGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_DEREGISTRATION(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_READ_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_WRITE_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_ERROR_EVENT 0
#define BOOST_ASIO_HANDLER_REACTOR_EVENTS(args) (void)0
#define BOOST_ASIO_HANDLER_REACTOR_OPERATION(args) (void)0
