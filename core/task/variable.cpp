#include "core/task/variable.hpp"

#include "core/task/exceptions.hpp"

namespace loopscope::task {

using trace::Kind;
using trace::Storage;
using trace::tagged;

namespace {

loop::EventLoop& running_loop() {
    assert(loop::EventLoop::running());
    return *loop::EventLoop::running();
}

std::uint32_t current_number(loop::EventLoop& loop) {
    return loop.current() ? loop.current()->id.value : 0;
}

void check_there_is_a_task(loop::EventLoop& loop) {
    const Storage storage = loop.storages().selected();
    const bool needs_task = storage == Storage::context_shared || storage == Storage::context_copy ||
                            storage == Storage::context_chainmap;
    if (needs_task && !loop.current()) throw ValueError("no task is running, so there is no task context");
}

}  // namespace

VariableId Variable::number(loop::EventLoop& loop) const {
    const std::size_t before = loop.storages().variables();
    const VariableId id = loop.storages().number(this);
    if (id.value > before) [[unlikely]] {
        trace::Sink& sink = loop.sink();
        sink.emit(Kind::variable, id.value, sink.intern(name_).value, sink.intern(initial_).value);
    }
    return id;
}

Value Variable::get(Here here) const {
    loop::EventLoop& loop = running_loop();
    check_there_is_a_task(loop);
    const VariableId id = number(loop);
    loop.sink().make_room();  // a storage that is selected at this very event answers this very read
    const context::Cell cell = loop.storages().read(id, loop.place());
    const EventIndex read =
        loop.sink().emit(Kind::get, current_number(loop), cell.writer.value, tagged(id.value, here.line));
    return {cell ? cell.value : loop.sink().intern(initial_), read};
}

Token Variable::set(StringId value, Here here) const {
    loop::EventLoop& loop = running_loop();
    check_there_is_a_task(loop);
    const context::Cell cell = loop.storages().read(number(loop), loop.place());
    write(loop, value, here);
    return {*this, loop.place().vars->context(), cell ? cell.value : loop.sink().intern(initial_)};
}

Token Variable::set(std::string_view value, Here here) const {
    return set(running_loop().sink().intern(value), here);
}

void Variable::reset(Token& token, Here here) const {
    loop::EventLoop& loop = running_loop();
    check_there_is_a_task(loop);
    if (token.used_) throw RuntimeError("the token has been used already");
    if (token.variable_ != this) throw ValueError("the token was made by another variable");
    if (token.context_ != loop.place().vars->context())
        throw ValueError("the token was made in another context");
    token.used_ = true;
    write(loop, token.before_, here);
}

void Variable::write(loop::EventLoop& loop, StringId value, Here here) const {
    const VariableId id = number(loop);
    const EventIndex writer =
        loop.sink().emit(Kind::set, current_number(loop), value.value, tagged(id.value, here.line));
    loop.storages().write(id, {value, writer}, loop.place());
}

Ref<context::Context> copy_context() {
    return running_loop().place().vars->copy().context();
}

void print(std::string_view text, Here here) {
    print(running_loop().sink().intern(text), here);
}

void print(StringId text, Here here) {
    loop::EventLoop& loop = running_loop();
    loop.sink().emit(Kind::print, current_number(loop), text.value, tagged(0, here.line));
}

void print(const Value& value, Here here) {
    loop::EventLoop& loop = running_loop();
    loop.sink().emit(Kind::print_value, current_number(loop), value.read.value, tagged(0, here.line));
}

}  // namespace loopscope::task
