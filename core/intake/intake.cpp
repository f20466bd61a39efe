// SPDX-License-Identifier: MIT
#include "core/intake/intake.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "core/trace/limits.hpp"

namespace loopscope::intake {

using trace::Kind;

namespace {

/// The names of kinds of records, each at its number.
constexpr std::array<std::string_view, SPOOL_OBJECT_NAME + 1> record_names = {
    "",           "clock",         "string",     "thread",    "file",  "loop",        "iteration",
    "due",        "run",           "ran",        "ready",     "wake",  "io",          "timer",
    "deadline",   "handle_cancel", "task",       "task_name", "wait",  "task_cancel", "stop",
    "variable",   "storage",       "set",        "get",       "found", "default",     "reset",
    "output",     "job",           "job_end",    "message",   "exit",  "stopped",     "put",
    "take",       "task_done",     "connection", "serve",     "copy",  "descriptor",  "choice",
    "object_name"};

/// The number of the freedom that orders a ready queue: loop::Freedom::ready.
constexpr std::uint32_t freedom_of_ready_queue = 2;

/// How deep steps that are woken before they end may stand inside each other: deeper than eager tasks do.
constexpr int max_releases = 32;

std::uint32_t kind_of(const Spool_record& record) {
    return record.head & 0xffU;
}

}  // namespace

Result<void> Intake::push(std::span<const Spool_record> records) {
    for (const Spool_record& record : records) {
        if (!out_.refusal().empty()) return tl::unexpected(refused());
        if (out_.is_full())
            return fail(fmt::format("the recording ends here: {}", out_.why_full()), Error::Code::too_large);
        ++taken_;
        if (texts_.wants_bytes()) {
            texts_.take(record, out_);
            continue;
        }
        kind_ = kind_of(record);
        if (!take(record)) return tl::unexpected(refused());
    }
    return {};
}

Error Intake::refused() const {
    const std::string_view name = kind_ < record_names.size() ? record_names[kind_] : "";
    return {fmt::format("record {} ({}) of the recording is wrong: {}", taken_,
                        name.empty() ? std::to_string(kind_) : std::string(name), out_.refusal()),
            Error::Code::damaged};
}

bool Intake::take(const Spool_record& record) {
    const std::uint32_t kind = kind_of(record);
    if (timer_ && kind != SPOOL_DEADLINE && kind != SPOOL_CLOCK)
        return out_.refuse("a timer's deadline was to come");
    if (kind == SPOOL_CHOICE) return choice(record);
    if (kind != SPOOL_OUTPUT && kind != SPOOL_STRING && kind != SPOOL_CLOCK && !variables_.flush())
        return false;
    if (kind != SPOOL_CLOCK && !is_over_) out_.set_time(Time(clock_ + (record.head >> 8)));
    // What a program does after its end, as in other threads, is not told.
    if (is_over_ && kind != SPOOL_STRING && kind != SPOOL_MESSAGE) return true;
    return lanes_.thread().holds && hold(record) ? true : take_context(record);
}

/// Counts a choice, of which no event comes: a trace is what happened.
bool Intake::choice(const Spool_record& record) {
    if (record.a < 2 || record.b >= record.a)
        return out_.refuse(fmt::format("it takes alternative {} of {}", record.b, record.a));
    if (is_over_) return true;
    choices_.push_back({record.subject, record.a, record.b});
    if (record.subject == freedom_of_ready_queue) runs_.choose_next(record.b);
    return true;
}

/// Keeps a record for the end of the step in which it was written, if it has to wait for that. Returns
/// whether it was kept.
///
/// A task may be woken within the step that will make it wait: CPython cancels what a task waits for, if the
/// task was to be cancelled, before the step is over (task_step_impl of Modules/_asynciomodule.c). In a trace
/// a task waits before it is woken.
bool Intake::hold(const Spool_record& record) {
    Thread& thread = lanes_.thread();
    switch (kind_of(record)) {
        case SPOOL_CLOCK:
        case SPOOL_STRING:
        case SPOOL_THREAD:
        case SPOOL_FILE: return false;
        case SPOOL_WAIT:
            if (thread.held_runs == 0) return false;
            break;
        case SPOOL_RUN: ++thread.held_runs; break;
        case SPOOL_RAN:
            if (thread.held_runs-- == 0) return false;
            break;
        default: break;
    }
    thread.held.push_back({record, files_.file()});
    return true;
}

/// Takes the records that were held, in order. Among them may be steps for which others were held in turn.
bool Intake::release() {
    if (++releases_ > max_releases) return out_.refuse("tasks are woken within their own steps too deep");
    Thread& thread = lanes_.thread();
    thread.holds = false;
    thread.held_runs = 0;
    const std::vector<HeldRecord> held = std::exchange(thread.held, {});
    const std::uint32_t file = files_.file();
    for (const HeldRecord& each : held) {
        if (each.file != 0 && !files_.go_on(each.file, {})) return false;
        if (!take(each.record)) return false;
    }
    --releases_;
    return file == 0 || files_.go_on(file, {});
}

/// Takes a record that says what later ones are about.
bool Intake::take_context(const Spool_record& record) {
    StringId text;
    switch (kind_of(record)) {
        case SPOOL_CLOCK: {
            const std::uint64_t time = std::uint64_t{record.b} << 32 | record.a;
            if (time > static_cast<std::uint64_t>(trace::max_time.count()))
                return out_.refuse("it sets a time that is out of range");
            clock_ = static_cast<std::int64_t>(time);
            return true;
        }
        case SPOOL_STRING: return texts_.begin(record, out_);
        case SPOOL_THREAD: return texts_.find(record.a, text, out_) && lanes_.go_on(record.subject, text);
        case SPOOL_FILE: return texts_.find(record.a, text, out_) && files_.go_on(record.subject, text);
        case SPOOL_LOOP: return loop(record);
        default: return take_run(record);
    }
}

bool Intake::loop(const Spool_record& record) {
    constexpr std::uint32_t closed = 1;
    StringId class_name;
    return texts_.find(record.a, class_name, out_) && lanes_.name_loop(record.subject) &&
           (record.b != closed || runs_.close_loop());
}

/// Takes a record about handles.
bool Intake::take_run(const Spool_record& record) {
    StringId name;
    switch (kind_of(record)) {
        case SPOOL_ITERATION: return runs_.iteration(record);
        case SPOOL_DUE: runs_.due(record); return true;
        case SPOOL_RUN: saw_a_loop_ = true; return runs_.run(record);
        case SPOOL_RAN: return ran(record);
        case SPOOL_READY:
        case SPOOL_IO: return texts_.find(record.subject, name, out_) && runs_.ready(record, name);
        case SPOOL_WAKE:
            if (!runs_.is_of_running_step(record)) return runs_.wake(record);
            lanes_.thread().holds = true;
            lanes_.thread().held.push_back({record, files_.file()});
            return true;
        case SPOOL_TIMER: timer_ = record; return true;
        case SPOOL_DEADLINE: {
            if (!timer_) return out_.refuse("it is of no timer");
            const Spool_record timer = *std::exchange(timer_, std::nullopt);
            return texts_.find(timer.subject, name, out_) && runs_.timer(timer, name, record);
        }
        case SPOOL_HANDLE_CANCEL: return runs_.cancel_handle(record);
        case SPOOL_DESCRIPTOR: runs_.descriptor(record); return true;
        case SPOOL_COPY:
            return texts_.find(record.a, name, out_) && files_.prepare(record.b) &&
                   runs_.copy(name, record.b);
        default: return take_task(record);
    }
}

bool Intake::ran(const Spool_record& record) {
    StringId exception;
    const std::uint32_t line = record.b >> 8;
    if (!texts_.find(record.a, exception, out_) || !files_.prepare(record.subject != 0 ? line : 0) ||
        !runs_.ran(record, exception, line))
        return false;
    return !lanes_.thread().holds || release();
}

/// Takes a record about tasks and jobs.
bool Intake::take_task(const Spool_record& record) {
    StringId name;
    const std::uint32_t line = record.b >> 8;
    switch (kind_of(record)) {
        case SPOOL_TASK:
            return texts_.find(record.a, name, out_) && files_.prepare(line) &&
                   runs_.task(record, name, line);
        case SPOOL_TASK_NAME: return texts_.find(record.a, name, out_) && runs_.name_task(record, name);
        case SPOOL_WAIT: return runs_.wait(record);
        case SPOOL_OBJECT_NAME: return texts_.find(record.a, name, out_) && runs_.name_object(record, name);
        case SPOOL_TASK_CANCEL: return files_.prepare(line) && runs_.cancel_task(record, line);
        case SPOOL_STOP: return lanes_.name_loop(record.subject) && runs_.stop();
        case SPOOL_JOB: return texts_.find(record.a, name, out_) && runs_.job(record, name);
        case SPOOL_JOB_END: return texts_.find(record.a, name, out_) && runs_.job_end(record, name);
        default: return take_value(record);
    }
}

/// Takes a record about variables and output.
bool Intake::take_value(const Spool_record& record) {
    StringId text;
    const auto with_text = [&] { return texts_.find(record.a, text, out_); };
    switch (kind_of(record)) {
        case SPOOL_VARIABLE: return with_text() && variables_.variable(record, text);
        case SPOOL_STORAGE: return variables_.storage(record);
        case SPOOL_SET: return with_text() && variables_.set(record, text);
        case SPOOL_GET: return variables_.get(record);
        case SPOOL_FOUND: return with_text() && variables_.found(record, text);
        case SPOOL_DEFAULT: return with_text() && variables_.initial(record, text);
        case SPOOL_RESET: return variables_.reset(record);
        case SPOOL_OUTPUT: return with_text() && variables_.output(record, text);
        default: return take_cause(record);
    }
}

/// Takes a record about what tasks work for.
bool Intake::take_cause(const Spool_record& record) {
    StringId text;
    const auto with_text = [&] { return texts_.find(record.a, text, out_); };
    switch (kind_of(record)) {
        case SPOOL_PUT: return causes_.queue(Kind::put, record);
        case SPOOL_TAKE: return causes_.queue(Kind::take, record);
        case SPOOL_TASK_DONE: return causes_.queue(Kind::task_done, record);
        case SPOOL_CONNECTION: return with_text() && causes_.connection(record, text);
        case SPOOL_SERVE: return with_text() && causes_.serve(record, text);
        default: return take_end(record);
    }
}

/// Takes a record about exceptions and ends.
bool Intake::take_end(const Spool_record& record) {
    StringId text;
    const auto with_text = [&] { return texts_.find(record.a, text, out_); };
    switch (kind_of(record)) {
        case SPOOL_MESSAGE: return message(record);
        case SPOOL_EXIT:
            is_over_ = true;
            return with_text() &&
                   runs_.end(record.subject, text, static_cast<trace::Ending>(record.b & 0xffU));
        case SPOOL_STOPPED:
            if (!with_text()) return false;
            is_over_ = true;
            stopped_ = out_.log().strings()[text];
            return true;
        default: return out_.refuse("it is of a kind that this Loopscope does not know");
    }
}

bool Intake::message(const Spool_record& record) {
    StringId text;
    if (!texts_.find(record.a, text, out_)) return false;
    const EventIndex failure = runs_.last_failure();
    // Another thread may have named an exception since, or the program's end was not told.
    if (!failure || failure == told_) return true;
    told_ = failure;
    return out_.write(Kind::message, 0, text.value, failure.value);
}

void Intake::finish(std::optional<int> signal) {
    if (is_over_ || !out_.refusal().empty()) return;
    is_over_ = true;
    if (variables_.flush() && signal)
        static_cast<void>(runs_.end(static_cast<std::uint32_t>(*signal), {}, trace::Ending::signalled));
}

}  // namespace loopscope::intake
