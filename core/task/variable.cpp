// SPDX-License-Identifier: MIT
#include "core/task/variable.hpp"

#include <algorithm>
#include <vector>

#include "core/base/exceptions.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::tagged;

namespace {

/// What becomes of an object: its value, by who wrote it, and the storages in which it is found.
struct ObjectChange {
    EventIndex from;
    StringId to;
    context::Storages::Mask where = 0;
};

}  // namespace

inline context::AccessScope Variable::place_in(loop::EventLoop& loop) {
    const context::AccessScope scope = loop.scope();
    if (!scope.dicts && context::needs_task(loop.storages().selected())) [[unlikely]]
        throw ValueError("no task is running, so there is no task context");
    return scope;
}

Value Variable::get_outside(SourceLine here) const {
    return look_up_slow(loop::EventLoop::at_hand(), here);
}

// The rare cases are in another function, called at the end, so that few registers are saved here.
Value Variable::look_up(loop::EventLoop& loop, SourceLine here) const {
    const context::Storages& storages = loop.storages();
    if (storages.is_first(this) && loop.current() && loop.sink().has_room()) [[likely]] {
        const context::Cell cell = storages.read(VariableId{1}, loop.scope());
        if (cell) [[likely]]
            return say(loop, VariableId{1}, cell, here);
    }
    return look_up_slow(loop, here);
}

Value Variable::look_up_slow(loop::EventLoop& loop, SourceLine here) const {
    static_cast<void>(place_in(loop));  // if this throws, nothing has changed
    const VariableId id = number(loop);
    // Before the read: if another storage is selected at this very event, this read is made from it.
    loop.sink().make_room();
    context::Cell cell = loop.storages().read(id, place_in(loop));
    cell = now(loop, loop.storages().selected(), cell);
    if (!cell && !initial_) throw LookupError(std::string(name_));
    if (!cell) cell.value = initial_in(loop);
    return say(loop, id, cell, here);
}

Value Variable::get(std::string_view otherwise, SourceLine here) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    static_cast<void>(place_in(loop));
    const VariableId id = number(loop);
    loop.sink().make_room();
    if (loop.storages().read(id, place_in(loop))) return get(here);
    return {loop.sink().intern(otherwise), {}};
}

inline Value Variable::say(loop::EventLoop& loop, VariableId id, const context::Cell& cell,
                           SourceLine here) const {
    const std::uint32_t task = loop.scope().task.value;
    const context::Storages::Read read{
        this, loop.current(), cell.value, {Kind::get, task, cell.writer.value, tagged(id.value)}};
    loop.storages().remember(read);
    return say(loop, read, here);
}

VariableId Variable::declare(loop::EventLoop& loop) const {
    trace::Sink& sink = loop.sink();
    const VariableId id = loop.storages().add(this, refers_);
    // One after the other, so that texts have the same numbers whatever compiler orders arguments.
    const StringId name = sink.intern(name_);
    sink.emit(Kind::variable, id.value, name.value, initial_in(loop).value);
    return id;
}

StringId Variable::initial_in(loop::EventLoop& loop) const {
    return initial_ ? loop.sink().intern(*initial_) : StringId{};
}

inline context::Storages::Cells Variable::write(loop::EventLoop& loop, const context::AccessScope& scope,
                                                VariableId id, StringId value, SourceLine here) {
    const EventIndex writer =
        loop.sink().emit(Kind::set, scope.task.value, value.value, tagged(id.value, line_of(here)));
    // What is written in another context than its own, the task does not see afterwards.
    if (const context::ContextVars* const own = loop.own_vars()) [[unlikely]]
        loop.sink().emit(Kind::restore, static_cast<std::uint32_t>(trace::Storage::contextvar),
                         own->get(id).writer.value, trace::about_variable(id));
    return loop.storages().write(id, {value, writer}, scope);
}

inline Token::Token(const Variable& variable, loop::EventLoop& loop, const context::AccessScope& scope,
                    VariableId id, StringId value, SourceLine here)
    : variable_(&variable),
      context_(scope.vars->context()),
      storage_(loop.storages().selected()),
      chained_(storage_ == trace::Storage::context_chainmap ? loop.storages().read(id, scope)
                                                            : context::Cell{}),
      before_(Variable::write(loop, scope, id, value, here)) {}

std::optional<StringId> Token::old_value() const {
    const context::Cell cell = selected();
    if (!cell) return std::nullopt;
    return variable_->now(loop::EventLoop::at_hand(), storage_, cell).value;
}

Value Variable::get_in(const Ref<context::Context>& context) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::Cell& cell = context->get(number(loop));
    if (!cell) throw KeyError(std::string(name_));
    return {now(loop, trace::Storage::contextvar, cell).value, {}};
}

Value Variable::get_in(const Ref<context::Context>& context, std::string_view otherwise) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::Cell& cell = context->get(number(loop));
    if (!cell) return {loop.sink().intern(otherwise), {}};
    return {now(loop, trace::Storage::contextvar, cell).value, {}};
}

bool Variable::is_in(const Ref<context::Context>& context) const {
    return static_cast<bool>(context->get(number(loop::EventLoop::at_hand())));
}

Token Variable::set(StringId value, SourceLine here) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::AccessScope scope = place_in(loop);
    return {*this, loop, scope, number(loop), value, here};
}

Token Variable::set(std::string_view value, SourceLine here) const {
    return set(loop::EventLoop::at_hand().sink().intern(value), here);
}

void Variable::reset(Token& token, SourceLine here) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::AccessScope scope = place_in(loop);
    if (token.used_) throw RuntimeError("the token has been used already");
    if (token.variable_ != this) throw ValueError("the token was made by another variable");
    if (token.context_ != scope.vars->context()) throw ValueError("the token was made in another context");
    token.used_ = true;
    const VariableId id = number(loop);
    const context::Cell before = now(loop, token.storage_, token.selected());
    const StringId value = before ? before.value : initial_in(loop);
    write(loop, scope, id, value, here);
    put_back(loop, scope, id, token.before_, value);
}

void Variable::put_back(loop::EventLoop& loop, const context::AccessScope& scope, VariableId id,
                        const context::Storages::Cells& before, StringId written) const {
    for (const trace::Storage storage : trace::all_storages) {
        if (!scope.dicts && context::is_carried(storage)) continue;
        const context::Cell cell = before.at(static_cast<std::size_t>(storage));
        if (cell && cell.value == written && !refers_) continue;
        put_back(loop, scope, id, storage, cell);
    }
}

void Variable::put_back(loop::EventLoop& loop, const context::AccessScope& scope, VariableId id,
                        trace::Storage storage, const context::Cell& cell) {
    loop.storages().put_back(id, storage, cell, scope);
    loop.sink().emit(Kind::restore, static_cast<std::uint32_t>(storage), cell.writer.value,
                     trace::about_variable(id));
}

/// Takes the variable out of what the running task carries, and leaves all other storages as they are.
void Variable::clear(loop::EventLoop& loop, const context::AccessScope& scope, SourceLine here) const {
    const VariableId id = number(loop);
    context::Storages::Cells after = loop.storages().cells(id, scope);
    bool any = false;
    for (const trace::Storage storage : trace::all_storages) {
        if (!context::is_carried(storage)) continue;
        context::Cell& cell = after.at(static_cast<std::size_t>(storage));
        any = any || cell;
        cell = {};
    }
    if (!any) return;
    const context::Cell selected = after.at(static_cast<std::size_t>(loop.storages().selected()));
    const context::Cell left = now(loop, loop.storages().selected(), selected);
    write(loop, scope, id, left ? left.value : initial_in(loop), here);
    for (const trace::Storage storage : trace::all_storages)
        put_back(loop, scope, id, storage, after.at(static_cast<std::size_t>(storage)));
}

void clear_task_context(SourceLine here) {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::AccessScope scope = loop.scope();
    if (!scope.dicts) throw ValueError("no task is running, so there is no task context");
    for (std::uint32_t number = 1; number <= loop.storages().variables(); ++number)
        static_cast<const Variable*>(loop.storages().key(VariableId{number}))->clear(loop, scope, here);
}

void Variable::change(const Change& change, SourceLine here) const {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    const context::AccessScope scope = place_in(loop);
    const VariableId id = number(loop);
    context::Storages& storages = loop.storages();
    const context::Cell selected = storages.now(storages.selected(), id, scope);
    if (!selected) throw LookupError(std::string(name_));
    std::vector<ObjectChange> changes = {{selected.writer, change(selected.value)}};
    for (const trace::Storage storage : trace::all_storages) {
        const context::Cell cell = storages.now(storage, id, scope);
        if (!cell) continue;
        auto its = std::ranges::find(changes, cell.writer, &ObjectChange::from);
        try {
            if (its == changes.end()) its = changes.insert(its, {cell.writer, change(cell.value)});
            its->where |= context::Storages::mask(storage);
        } catch (const Exception&) {
            continue;  // a program that had this storage selected would not have come so far
        }
    }
    // The selected one's last, as the last that the trace tells of the task.
    std::ranges::reverse(changes);
    for (const auto& [from, value, where] : changes) {
        const EventIndex writer =
            loop.sink().emit(Kind::change, scope.task.value, value.value, tagged(id.value, line_of(here)));
        loop.sink().emit(Kind::changed, where, from.value, trace::about_variable(id));
        storages.change(id, from, {value, writer}, scope, where);
    }
}

SetWithin::~SetWithin() {
    try {
        token_.variable().reset(token_, here_);
    } catch (const Exception&) {
        return;  // a destructor throws nothing
    }
}

Ref<context::Context> copy_context() {
    return loop::EventLoop::at_hand().scope().vars->copy().context();
}

bool operator==(const Value& value, std::string_view text) {
    return loop::EventLoop::at_hand().sink().strings()[value.text] == text;
}

void print(std::string_view text, SourceLine here) {
    print(loop::EventLoop::at_hand().sink().intern(text), here);
}

void print(StringId text, SourceLine here) {
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    loop.sink().emit(Kind::print, loop.scope().task.value, text.value, tagged(0, line_of(here)));
}

void print(const Value& value, SourceLine here) {
    if (!value.read) return print(value.text, here);
    loop::EventLoop& loop = loop::EventLoop::at_hand();
    loop.sink().emit(Kind::print_value, loop.scope().task.value, value.read.value, tagged(0, line_of(here)));
}

}  // namespace loopscope::task
