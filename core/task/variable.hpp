#pragma once

#include <string_view>

#include "core/base/here.hpp"
#include "core/loop/event_loop.hpp"

namespace loopscope::task {

/// What a read gave: the text, and the `get` event, through which a print of it knows who wrote it.
struct Value {
    StringId text;
    EventIndex read;
};

class Variable;

/// What a write gave, for `Variable::reset`: what was there before it, and the context that it was made in
/// (PEP 567).
class Token {
  public:
    Token(Token&&) = default;
    Token& operator=(Token&&) = default;

  private:
    friend class Variable;
    Token(const Variable& variable, Ref<context::Context> context, StringId before)
        : variable_(&variable), context_(std::move(context)), before_(before) {}

    const Variable* variable_;
    Ref<context::Context> context_;
    StringId before_;
    bool used_ = false;
};

/// A variable that a program keeps in whatever storage is selected. Declared once, used by all of the
/// program's tasks, as a global, a ContextVar, or a key of aiotask_context would be.
class Variable {
  public:
    /// `name` and `initial` are literals or outlive every use. `initial` is what a read gives before any
    /// write.
    constexpr explicit Variable(std::string_view name, std::string_view initial = {})
        : name_(name), initial_(initial) {}
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

    /// Reads it from the selected storage. Throws ValueError outside of a task if that is one of
    /// aiotask_context's.
    [[nodiscard]] Value get(Here here = Here(__builtin_LINE())) const {
        loop::EventLoop& loop = *loop::EventLoop::running();
        const context::Storages::Read& last = loop.storages().last_read();
        if (last.key == this && last.reader == loop.current() && loop.sink().has_room())
            return say(loop, last, here);
        return look_up(loop, here);
    }

    /// Writes it to every storage. Throws as get() does.
    Token set(StringId value, Here here = Here(__builtin_LINE())) const;
    Token set(std::string_view value, Here here = Here(__builtin_LINE())) const;

    /// Writes to every storage what the selected one gave before the write that the token is of (its default,
    /// if it was never set). To a trace it is a write like any other. Throws RuntimeError if the token was
    /// used before, ValueError if it is of another variable or was made in another context, whatever the
    /// storage.
    void reset(Token& token, Here here = Here(__builtin_LINE())) const;

  private:
    /// Where it is read and written now. Throws ValueError if the selected storage needs a task.
    static context::Place place_in(loop::EventLoop& loop);
    /// Reads it where it is kept.
    Value look_up(loop::EventLoop& loop, Here here) const;
    /// The same for any variable, set or not, in a task or not.
    [[gnu::noinline]] Value look_up_anyhow(loop::EventLoop& loop, Here here) const;
    /// Remembers what a read of a cell gave, and writes the event of it. REQUIRES: there is room for it.
    Value say(loop::EventLoop& loop, VariableId id, const context::Cell& cell, Here here) const;
    /// Writes the event of a read. REQUIRES: there is room for it.
    static Value say(loop::EventLoop& loop, const context::Storages::Read& read, Here here) {
        return {read.value, loop.sink().put(read.event.in_line(line_of(here)))};
    }
    /// Its number in the program that runs; declares it on first use.
    [[nodiscard]] VariableId number(loop::EventLoop& loop) const {
        const VariableId id = loop.storages().find(this);
        if (!id) [[unlikely]]
            return declare(loop);
        return id;
    }
    VariableId declare(loop::EventLoop& loop) const;
    [[nodiscard]] StringId initial_in(loop::EventLoop& loop) const;
    void write(loop::EventLoop& loop, const context::Place& place, VariableId id, StringId value,
               Here here) const;

    std::string_view name_;
    std::string_view initial_;
};

/// A copy of the current context (`contextvars.copy_context`), for what takes one. REQUIRES: a loop is
/// running.
Ref<context::Context> copy_context();

/// Prints text, without a newline.
void print(std::string_view text, Here here = Here(__builtin_LINE()));
void print(StringId text, Here here = Here(__builtin_LINE()));
/// Prints a value that was read.
void print(const Value& value, Here here = Here(__builtin_LINE()));

}  // namespace loopscope::task
