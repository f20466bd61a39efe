// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/source_line.hpp"
#include "core/loop/event_loop_contexts.hpp"

namespace loopscope::task {

/// The result of a read: the text, and the `get` event, from which a print of the value tells who wrote it;
/// none, where nothing was there to be read.
struct Value {
    StringId text;
    EventIndex read;
};
/// Returns whether a value is this text.
bool operator==(const Value& value, std::string_view text);

class Variable;

/// A type of whole numbers: neither characters nor truth values.
template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, char> && !std::same_as<T, bool>;

/// The result of a write, for `Variable::reset`: what each storage had before the write, and the context in
/// which it was made (PEP 567).
class Token {
  public:
    Token(Token&&) = default;
    Token& operator=(Token&&) = default;

    /// Returns the variable that was written (Token.var).
    [[nodiscard]] const Variable& variable() const { return *variable_; }
    /// Returns what the selected storage had before the write (Token.old_value); nothing if the variable had
    /// no value there (Token.MISSING).
    [[nodiscard]] std::optional<StringId> old_value() const;

  private:
    friend class Variable;
    /// Writes a variable. (Here, so that what was before is noted where it stays.)
    Token(const Variable& variable, loop::EventLoop& loop, const context::AccessScope& scope, VariableId id,
          StringId value, SourceLine here);
    [[nodiscard]] context::Cell selected() const {
        return chained_ ? chained_ : before_.at(static_cast<std::size_t>(storage_));
    }

    const Variable* variable_;
    Ref<context::Context> context_;
    trace::Storage storage_;  // that was selected
    context::Cell chained_;   // what that had, if it is the ChainMap, whose layers above have values too
    context::Storages::Cells before_;
    bool used_ = false;
};

/// A variable that a program keeps in whatever storage is selected. Declared once and used by all of the
/// program's tasks, as a global, a ContextVar, or a key of aiotask_context would be. All functions use the
/// running loop, or, where a program starts, the one that will run it (EventLoop::Around); without one they
/// throw RuntimeError.
class Variable {
  public:
    /// What is changed in place is another object's value: the text before, and the text that it has then.
    using Change = std::function<StringId(StringId)>;

    /// `name` and `initial` are literals or outlive every use. `initial` is the value that a read returns
    /// before any write; without it such a read is an error.
    constexpr explicit Variable(std::string_view name, std::optional<std::string_view> initial = {})
        : name_(name), initial_(initial) {}
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

    /// Reads the variable from the selected storage. Throws LookupError if it has neither a value there nor a
    /// default, ValueError outside a task if that storage is one of aiotask_context's.
    [[nodiscard]] Value get(SourceLine here = SourceLine(__builtin_LINE())) const {
        loop::EventLoop* const running = loop::EventLoop::running();
        if (!running) [[unlikely]]
            return get_outside(here);
        loop::EventLoop& loop = *running;
        const context::Storages::Read& last = loop.storages().last_read();
        if (last.key == this && last.reader == loop.current() && loop.sink().has_room())
            return say(loop, last, here);
        return look_up(loop, here);
    }

    /// Reads the variable from the selected storage; where it has no value there, returns `otherwise`,
    /// whatever its default is, and the trace has no event of that (ContextVar.get(default)). Throws
    /// ValueError outside a task if that storage is one of aiotask_context's.
    [[nodiscard]] Value get(std::string_view otherwise, SourceLine here = SourceLine(__builtin_LINE())) const;

    /// Returns what a context has for the variable, which is no read in the trace (`context[symbol]`). Throws
    /// KeyError if it has nothing.
    [[nodiscard]] Value get_in(const Ref<context::Context>& context) const;
    /// Returns what a context has for the variable, or else `otherwise` (`context.get(symbol, otherwise)`).
    [[nodiscard]] Value get_in(const Ref<context::Context>& context, std::string_view otherwise) const;
    /// Returns whether a context has a value for the variable (`symbol in context`).
    [[nodiscard]] bool is_in(const Ref<context::Context>& context) const;

    /// Writes the variable to every storage. Throws ValueError outside a task if the selected storage is one
    /// of aiotask_context's.
    Token set(StringId value, SourceLine here = SourceLine(__builtin_LINE())) const;
    Token set(std::string_view value, SourceLine here = SourceLine(__builtin_LINE())) const;
    /// Writes a whole number, as text: VariableOf keeps it a number.
    template <WholeNumber Number>
    Token set(Number value, SourceLine here = SourceLine(__builtin_LINE())) const {
        return set(std::string_view(std::to_string(value)), here);
    }

    /// Gives each storage again what it had before the write that returned `token` (its default, if it was
    /// never set). In the trace this is a write of what the selected storage had, and a `restore` for each
    /// storage that had another value or none. Throws RuntimeError if the token was used before, ValueError
    /// if it belongs to another variable or was made in another context, whatever the storage.
    void reset(Token& token, SourceLine here = SourceLine(__builtin_LINE())) const;

  private:
    friend class Token;
    template <class T>
    friend class VariableOf;

    /// Tells the variables that refer to objects from all others.
    struct Referring {};
    /// Makes a variable without a default whose values are objects, which may be changed in place.
    constexpr Variable(std::string_view name, Referring) : name_(name), refers_(true) {}
    /// Changes the object that the variable refers to. Each storage's own one, where they refer to several:
    /// as it would be if that storage had always been selected. `change` is called for the selected one
    /// first; what it throws then has changed nothing.
    void change(const Change& change, SourceLine here) const;
    /// Returns what a cell has now, in a storage.
    [[nodiscard]] context::Cell now(loop::EventLoop& loop, trace::Storage storage,
                                    const context::Cell& cell) const {
        return refers_ ? loop.storages().now(storage, cell) : cell;
    }
    /// Returns the scope in which variables are read and written now. Throws ValueError if the selected
    /// storage needs a task.
    static context::AccessScope place_in(loop::EventLoop& loop);
    /// Reads the variable while no loop runs.
    [[gnu::noinline]] Value get_outside(SourceLine here) const;
    /// Reads the variable from its storage.
    Value look_up(loop::EventLoop& loop, SourceLine here) const;
    /// Reads the variable from its storage, whether it is set or not, in a task or not.
    [[gnu::noinline]] Value look_up_slow(loop::EventLoop& loop, SourceLine here) const;
    /// Remembers the result of a read, and writes its event. REQUIRES: the sink has room for it.
    Value say(loop::EventLoop& loop, VariableId id, const context::Cell& cell, SourceLine here) const;
    /// Writes the event of a read. REQUIRES: the sink has room for it.
    static Value say(loop::EventLoop& loop, const context::Storages::Read& read, SourceLine here) {
        return {read.value, loop.sink().put(read.event.in_line(line_of(here)))};
    }
    /// Returns the variable's number in the running program; declares it on first use.
    [[nodiscard]] VariableId number(loop::EventLoop& loop) const {
        const VariableId id = loop.storages().find(this);
        if (!id) [[unlikely]]
            return declare(loop);
        return id;
    }
    VariableId declare(loop::EventLoop& loop) const;
    [[nodiscard]] StringId initial_in(loop::EventLoop& loop) const;
    friend void clear_task_context(SourceLine here);
    void clear(loop::EventLoop& loop, const context::AccessScope& scope, SourceLine here) const;
    static context::Storages::Cells write(loop::EventLoop& loop, const context::AccessScope& scope,
                                          VariableId id, StringId value, SourceLine here);
    /// Gives each storage that had another value than `written`, or none, that again.
    void put_back(loop::EventLoop& loop, const context::AccessScope& scope, VariableId id,
                  const context::Storages::Cells& before, StringId written) const;
    /// Gives a storage a cell again, and writes that to the trace.
    static void put_back(loop::EventLoop& loop, const context::AccessScope& scope, VariableId id,
                         trace::Storage storage, const context::Cell& cell);

    std::string_view name_;
    std::optional<std::string_view> initial_;
    bool refers_ = false;  // to objects, which may be changed in place
};

/// Sets a variable for as long as the object lives (`with symbol.set("a"):`, from Python 3.14 on), and then
/// resets it. At its end nothing is thrown: where the reset is refused, as in another context or after the
/// loop's end, the variable keeps its value.
class SetWithin {
  public:
    SetWithin(const Variable& variable, std::string_view value,
              SourceLine here = SourceLine(__builtin_LINE()))
        : token_(variable.set(value, here)), here_(here) {}
    SetWithin(const SetWithin&) = delete;
    SetWithin& operator=(const SetWithin&) = delete;
    ~SetWithin();

    [[nodiscard]] const Token& token() const { return token_; }

  private:
    Token token_;
    SourceLine here_;
};

/// Returns a copy of the current context (`contextvars.copy_context`).
Ref<context::Context> copy_context();

/// Calls a function in a context and returns its result (Context.run). Throws RuntimeError if that context is
/// entered already.
template <class Function>
decltype(auto) run_in(const Ref<context::Context>& context, Function function) {
    const loop::EventLoop::Within within(loop::EventLoop::at_hand(), context);
    return function();
}

/// Takes all variables out of the running task's context, in all forms in which a task carries one: those of
/// aiotask_context, and the arguments that it hands on (`aiotask_context.clear`). In the trace each of them
/// is written first. Throws ValueError outside a task.
void clear_task_context(SourceLine here = SourceLine(__builtin_LINE()));

/// Prints text, without a newline.
void print(std::string_view text, SourceLine here = SourceLine(__builtin_LINE()));
void print(StringId text, SourceLine here = SourceLine(__builtin_LINE()));
/// Prints a value that was read.
void print(const Value& value, SourceLine here = SourceLine(__builtin_LINE()));

}  // namespace loopscope::task
