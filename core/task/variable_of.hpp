// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <utility>

#include "core/task/text_of.hpp"
#include "core/task/variable.hpp"

namespace loopscope::task {

/// The values that a variable has had in one run, by their text: a storage keeps the text, as the trace does.
template <class T>
class KeptValues {
  public:
    /// Returns those of the variable with this identity, in the run of a loop.
    static KeptValues& of(loop::EventLoop& loop, const void* variable) {
        std::any& place = loop.storages().values(variable);
        if (!place.has_value()) place.emplace<KeptValues>();
        return *std::any_cast<KeptValues>(&place);
    }

    /// Keeps a value and returns its text. Throws ValueError if another value has the same text.
    StringId keep(trace::Sink& sink, const T& value) {
        const StringId text = sink.intern(text_of(value));
        const auto [kept, is_new] = values_.try_emplace(text.value, value);
        if constexpr (std::equality_comparable<T> && !std::floating_point<T>) {
            if (!is_new && !(kept->second == value))
                throw ValueError("two values that are not equal have the same text");
        }
        return text;
    }
    /// Returns the value that was kept under a text.
    [[nodiscard]] const T& operator[](StringId text) const { return values_.at(text.value); }
    [[nodiscard]] bool has(StringId text) const { return values_.contains(text.value); }

  private:
    std::map<std::uint32_t, T> values_;  // a map, for what was read is referred to
};

/// The result of a read of a VariableOf: the value, and what a print of it tells of who wrote it.
template <class T>
struct ValueOf : Value {
    T value;

    // NOLINTNEXTLINE(google-explicit-constructor): it is the value, wherever one is wanted
    operator const T&() const { return value; }
};

/// A variable of another type than text: a number, or a small struct with a function `to_text` beside it.
/// Kept, shown and handed on as a Variable is. `T` is copied when it is set and read.
template <class T>
class VariableOf {
  public:
    /// `name` is a literal or outlives every use. `initial` is the value that a read returns before any
    /// write; without it such a read throws LookupError.
    explicit VariableOf(std::string_view name) : variable_(name) {}
    VariableOf(std::string_view name, T initial)
        : initial_(std::move(initial)),
          initial_text_(text_of(*initial_)),
          variable_(name, std::string_view(initial_text_)) {}
    VariableOf(const VariableOf&) = delete;
    VariableOf& operator=(const VariableOf&) = delete;

    /// Reads the variable, as Variable::get does.
    [[nodiscard]] ValueOf<T> get(SourceLine here = SourceLine(__builtin_LINE())) const {
        return value_of(variable_.get(here));
    }
    /// Reads the variable; where it has no value, returns `otherwise`.
    [[nodiscard]] ValueOf<T> get(const T& otherwise, SourceLine here = SourceLine(__builtin_LINE())) const {
        return value_of(variable_.get(std::string_view(sink().strings()[keep(otherwise)]), here));
    }
    /// Returns what a context has for the variable, as Variable::get_in does.
    [[nodiscard]] ValueOf<T> get_in(const Ref<context::Context>& context) const {
        return value_of(variable_.get_in(context));
    }
    [[nodiscard]] bool is_in(const Ref<context::Context>& context) const { return variable_.is_in(context); }

    /// Writes the variable, as Variable::set does. Throws ValueError if it has had another value with the
    /// same text.
    Token set(const T& value, SourceLine here = SourceLine(__builtin_LINE())) const {
        return variable_.set(keep(value), here);
    }
    /// Gives each storage again what it had before a write, as Variable::reset does.
    void reset(Token& token, SourceLine here = SourceLine(__builtin_LINE())) const {
        variable_.reset(token, here);
    }
    /// Returns what Variable functions know it as, for Token::variable.
    [[nodiscard]] const Variable& variable() const { return variable_; }

  private:
    [[nodiscard]] static trace::Sink& sink() { return loop::EventLoop::at_hand().sink(); }
    [[nodiscard]] KeptValues<T>& kept() const {
        return KeptValues<T>::of(loop::EventLoop::at_hand(), &variable_);
    }
    [[nodiscard]] StringId keep(const T& value) const { return kept().keep(sink(), value); }
    [[nodiscard]] ValueOf<T> value_of(const Value& read) const {
        const KeptValues<T>& all = kept();
        return {read, all.has(read.text) ? all[read.text] : *initial_};
    }

    std::optional<T> initial_;
    std::string initial_text_;
    Variable variable_;  // after its default's text
};

/// A list, as a type of variables: VariableOf<List<std::string>>.
template <class T>
struct List {};

/// The list that a variable refers to. To be used where it is read, `notes.get().append("a")`: what is kept
/// of it can be looked at, as it was then, but not changed.
template <class T>
class ListInPlace : public Value {
  public:
    /// Refers to what a read of `variable` has found.
    template <class Of>
    ListInPlace(const Value& value, const std::vector<T>& items, const Of& variable, SourceLine here)
        : Value(value),
          items_(items),
          change_([&variable, here](const auto& change) { variable.change(change, here); }) {}

    [[nodiscard]] std::size_t size() const { return items_.size(); }
    [[nodiscard]] bool empty() const { return items_.empty(); }
    /// Returns an item. Throws IndexError where there is none.
    [[nodiscard]] const T& operator[](std::size_t index) const { return at(index); }
    /// Returns the last item (`notes.get()[-1]`). Throws IndexError if there is none.
    [[nodiscard]] const T& back() const { return at(items_.size() - 1); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }
    [[nodiscard]] const std::vector<T>& items() const { return items_; }

    /// Appends an item, for all who refer to the list.
    void append(T item) && {
        change_([&](std::vector<T>& items) { items.push_back(item); });
    }
    /// Takes the last item out, for all who refer to the list, and returns it. Throws IndexError if there is
    /// none.
    T pop() && {
        T last = back();
        change_([](std::vector<T>& items) {
            if (items.empty()) throw IndexError("pop from empty list");
            items.pop_back();
        });
        return last;
    }
    /// Takes all items out, for all who refer to the list.
    void clear() && {
        change_([](std::vector<T>& items) { items.clear(); });
    }

  private:
    [[nodiscard]] const T& at(std::size_t index) const {
        if (index >= items_.size()) throw IndexError("list index out of range");
        return items_[index];
    }

    const std::vector<T>& items_;
    std::function<void(const std::function<void(std::vector<T>&)>&)> change_;
};

/// A variable that refers to a list, which is changed in place. A context that is copied goes on to refer to
/// the same list; aiotask_context.copying_task_factory, which makes deep copies, has the new task refer to a
/// list of its own.
template <class T>
class VariableOf<List<T>> {
  public:
    /// `name` is a literal or outlives every use. A read before any write throws LookupError.
    explicit VariableOf(std::string_view name) : variable_(name, Variable::Referring{}) {}
    VariableOf(const VariableOf&) = delete;
    VariableOf& operator=(const VariableOf&) = delete;

    /// Returns the list that the variable refers to.
    [[nodiscard]] ListInPlace<T> get(SourceLine here = SourceLine(__builtin_LINE())) const {
        const Value read = variable_.get(here);
        return {read, kept()[read.text], *this, here};
    }
    /// Has the variable refer to a new list.
    Token set(const std::vector<T>& items, SourceLine here = SourceLine(__builtin_LINE())) const {
        return variable_.set(keep(items), here);
    }
    /// Has the variable refer to the list again to which it did before a write, as that is now.
    void reset(Token& token, SourceLine here = SourceLine(__builtin_LINE())) const {
        variable_.reset(token, here);
    }
    [[nodiscard]] bool is_in(const Ref<context::Context>& context) const { return variable_.is_in(context); }
    [[nodiscard]] const Variable& variable() const { return variable_; }

  private:
    friend class ListInPlace<T>;

    void change(const std::function<void(std::vector<T>&)>& change, SourceLine here) const {
        const auto change_text = [&](StringId text) {
            std::vector<T> items = kept()[text];
            change(items);
            return keep(items);
        };
        variable_.change(change_text, here);
    }
    [[nodiscard]] KeptValues<std::vector<T>>& kept() const {
        return KeptValues<std::vector<T>>::of(loop::EventLoop::at_hand(), &variable_);
    }
    [[nodiscard]] StringId keep(const std::vector<T>& items) const {
        return kept().keep(loop::EventLoop::at_hand().sink(), items);
    }

    Variable variable_;
};

}  // namespace loopscope::task
