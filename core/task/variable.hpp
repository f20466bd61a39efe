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

/// A variable that a program keeps in whatever storage is selected. Declared once, used by all of the program's tasks, as a global, a
/// ContextVar, or a key of aiotask_context would be.
class Variable {
  public:
    /// `name` and `initial` are literals or outlive every use. `initial` is what a read gives before any write.
    constexpr explicit Variable(std::string_view name, std::string_view initial = {}) : name_(name), initial_(initial) {}
    Variable(const Variable&) = delete;
    Variable& operator=(const Variable&) = delete;

    /// Reads it from the selected storage. Throws ValueError outside of a task if that is one of aiotask_context's.
    [[nodiscard]] Value get(Here here = __builtin_LINE()) const;

    /// Writes it to every storage.
    void set(StringId value, Here here = __builtin_LINE()) const;
    void set(std::string_view value, Here here = __builtin_LINE()) const;

  private:
    [[nodiscard]] VariableId number(loop::EventLoop& loop) const;

    std::string_view name_;
    std::string_view initial_;
};

/// Prints text, without a newline.
void print(std::string_view text, Here here = __builtin_LINE());
void print(StringId text, Here here = __builtin_LINE());
/// Prints a value that was read.
void print(const Value& value, Here here = __builtin_LINE());

}  // namespace loopscope::task
