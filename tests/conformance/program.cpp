#include "tests/conformance/program.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>
#include <simdjson.h>

namespace loopscope::conformance {
namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

/// An operation's name and its arguments: w: a word, n: a number, m: another one, f: true or false, s: a list
/// of words, b: a body, c: children.
struct Form {
    std::string_view name;
    std::string_view arguments;
};
constexpr Form forms[] = {
    {"print", "w"},
    {"show", ""},
    {"set", "w"},
    {"sleep", "n"},
    {"spawn", "ww"},
    {"cancel", "w"},
    {"await", "w"},
    {"gather", "sf"},
    {"wait_for", "wn"},
    {"shield", "w"},
    {"timeout", "nb"},
    {"try", "bbb"},
    {"raise", "w"},
    {"loop", "nb"},
    {"lock", "wb"},
    {"semaphore", "wb"},
    {"event_wait", "w"},
    {"event_set", "w"},
    {"event_clear", "w"},
    {"put", "ww"},
    {"get", "w"},
    {"task_group", "cb"},
    {"call_soon", "w"},
    {"call_later", "nw"},
    {"wait", "swn"},
    {"as_completed", "sn"},
    {"barrier", "w"},
    {"barrier_abort", "w"},
    {"barrier_reset", "w"},
    {"bounded", "w"},
    {"bounded_release", "w"},
    {"put_least", "wn"},
    {"get_least", "w"},
    {"put_last", "wn"},
    {"get_last", "w"},
    {"cancel_with", "ww"},
    {"rename", "w"},
    {"spawn_unnamed", "ww"},
    {"all_tasks", ""},
    {"lock_acquire", "w"},
    {"lock_release", "w"},
    {"semaphore_release", "w"},
    {"keep_context", "w"},
    {"copy_context", "w"},
    {"spawn_in", "www"},
    {"set_in", "ww"},
    {"show_in", "w"},
    {"look_in", "w"},
    {"token_set", "ww"},
    {"token_reset", "w"},
    {"callback_add", "ww"},
    {"callback_remove", "ww"},
    {"generator", "wb"},
    {"generator_next", "w"},
    {"generator_send", "ww"},
    {"generator_throw", "w"},
    {"generator_close", "w"},
    {"generator_drop", "w"},
    {"results", "sn"},
    {"uncancel", ""},
    {"reschedule", "nbmb"},
    {"condition", "wb"},
    {"condition_wait", "w"},
    {"condition_notify", "wn"},
    {"shutdown", "wf"},
    {"to_thread", "b"},
    {"in_executor", "wwb"},
    {"job_await", "w"},
    {"job_wait_for", "wn"},
    {"job_gather", "sf"},
    {"job_cancel", "w"},
    {"executor_shutdown", "w"},
    {"shutdown_default_executor", ""},
    {"block", "n"},
    {"call_threadsafe", "w"},
};
static_assert(std::size(forms) == kind_count);

/// When a wait is over.
constexpr std::string_view whens[] = {"FIRST_COMPLETED", "FIRST_EXCEPTION", "ALL_COMPLETED"};

constexpr std::int64_t max_number = 1'000'000'000'000'000;

/// Thrown while reading, caught in read_program: a document may be wrong at any depth.
struct Mistake {
    std::string sentence;
};

template <class T>
T as(element value, std::string_view what) {
    T result;
    if (value.get(result) != simdjson::SUCCESS)
        throw Mistake{fmt::format("{} is wrong: {}", what, simdjson::minify(value))};
    return result;
}

std::string word(element value) {
    return std::string(as<std::string_view>(value, "a word"));
}

std::int64_t number(element value, std::int64_t smallest = -max_number) {
    const auto result = as<std::int64_t>(value, "a number");
    if (result < smallest || result > max_number) {
        throw Mistake{fmt::format("the number {} is not in {} … {}", result, smallest, max_number)};
    }
    return result;
}

element member(const object& document, std::string_view key) {
    element value;
    if (document.at_key(key).get(value) != simdjson::SUCCESS)
        throw Mistake{fmt::format("'{}' is missing", key)};
    return value;
}

/// Returns what the document says of a setting that it need not have.
bool flag(const object& document, std::string_view key) {
    element value;
    return document.at_key(key).get(value) == simdjson::SUCCESS && as<bool>(value, "a truth value");
}

std::vector<Start> starts(element value) {
    std::vector<Start> result;
    for (const element each : as<array>(value, "a list of [coroutine, task name]")) {
        const auto pair = as<array>(each, "a [coroutine, task name]");
        if (pair.size() != 2)
            throw Mistake{fmt::format("a [coroutine, task name] is wrong: {}", simdjson::minify(each))};
        result.emplace_back(word(pair.at(0)), word(pair.at(1)));
    }
    return result;
}

Body body(element value);

void add_argument(Operation& operation, char form, element value) {
    switch (form) {
        case 'w': operation.words.push_back(word(value)); break;
        case 'n': operation.number = number(value); break;
        case 'm': operation.other_number = number(value); break;
        case 'f': operation.flag = as<bool>(value, "a truth value"); break;
        case 's':
            for (const element each : as<array>(value, "a list of names"))
                operation.words.push_back(word(each));
            break;
        case 'b': operation.bodies.push_back(body(value)); break;
        case 'c': operation.children = starts(value); break;
        default: break;
    }
}

Operation operation(element value) {
    const auto parts = as<array>(value, "an operation");
    if (parts.size() == 0) throw Mistake{"an operation is empty"};
    const std::string name = word(parts.at(0));
    const auto* const form = std::ranges::find(forms, name, &Form::name);
    if (form == std::end(forms)) throw Mistake{fmt::format("there is no operation '{}'", name)};
    if (parts.size() != form->arguments.size() + 1) {
        throw Mistake{fmt::format("'{}' takes {} arguments: {}", name, form->arguments.size(),
                                  simdjson::minify(value))};
    }
    Operation result;
    result.kind = static_cast<Operation::Kind>(form - forms);
    for (std::size_t at = 0; at < form->arguments.size(); ++at)
        add_argument(result, form->arguments[at], parts.at(at + 1));
    if (result.kind == Operation::Kind::raise && result.name() != "ValueError" &&
        result.name() != "RuntimeError") {
        throw Mistake{
            fmt::format("'{}' cannot be raised: only ValueError and RuntimeError can", result.name())};
    }
    if (result.kind == Operation::Kind::wait &&
        std::ranges::find(whens, result.words.back()) == std::end(whens)) {
        throw Mistake{
            fmt::format("'{}' is no way to wait: only {} are", result.words.back(), fmt::join(whens, ", "))};
    }
    return result;
}

Body body(element value) {
    Body result;
    for (const element each : as<array>(value, "a list of operations")) result.push_back(operation(each));
    return result;
}

void check_coroutine(const Program& program, const std::string& name) {
    if (!program.coroutines.contains(name)) throw Mistake{fmt::format("there is no coroutine '{}'", name)};
}

/// Checks that a job has nothing in it but what a thread can do.
void check_job(const Body& job) {
    using enum Operation::Kind;
    constexpr Operation::Kind possible[] = {print, show, set, block, raise, call_threadsafe};
    for (const Operation& operation : job) {
        if (std::ranges::find(possible, operation.kind) == std::end(possible)) {
            throw Mistake{
                fmt::format("a thread cannot do '{}'", forms[static_cast<std::size_t>(operation.kind)].name)};
        }
    }
}

void check_coroutines(const Program& program, const Body& body) {
    for (const Operation& operation : body) {
        using enum Operation::Kind;
        if (operation.kind == to_thread || operation.kind == in_executor) check_job(operation.bodies[0]);
        if (operation.kind == spawn || operation.kind == spawn_unnamed || operation.kind == spawn_in)
            check_coroutine(program, operation.name());
        for (const Start& child : operation.children) check_coroutine(program, child.first);
        for (const Body& inner : operation.bodies) check_coroutines(program, inner);
    }
}

trace::Storage storage(element value) {
    const Result<trace::Storage> result = trace::parse_storage(word(value));
    if (!result) throw Mistake{result.error().message};
    return *result;
}

Program program_of(const object& document) {
    Program program;
    program.step_cost = Duration(number(member(document, "step_cost"), 0));
    program.storage = storage(member(document, "storage"));
    program.initial = word(member(document, "default"));
    program.permits = number(member(document, "permits"), 0);
    program.queue_size = number(member(document, "queue_size"));
    program.eager = flag(document, "eager");
    program.closes = flag(document, "closes");
    if (element parties; document.at_key("parties").get(parties) == simdjson::SUCCESS)
        program.parties = number(parties, 1);
    program.roots = starts(member(document, "roots"));
    for (const auto& [key, value] : as<object>(member(document, "coroutines"), "'coroutines'")) {
        program.coroutines[std::string(key)] = body(value);
    }
    for (const Start& root : program.roots) check_coroutine(program, root.first);
    for (const auto& [name, coroutine] : program.coroutines) check_coroutines(program, coroutine);
    return program;
}

}  // namespace

Result<Program> read_program(const std::string& path) {
    simdjson::dom::parser parser;
    element document;
    if (const simdjson::error_code error = parser.load(path).get(document)) {
        return fail(fmt::format("{} cannot be read as JSON: {}", path, simdjson::error_message(error)));
    }
    try {
        return program_of(as<object>(document, "the document"));
    } catch (const Mistake& mistake) {
        return fail(fmt::format("{} is no conformance program: {}.", path, mistake.sentence));
    }
}

}  // namespace loopscope::conformance
