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

std::uint32_t current_number(loop::EventLoop& loop) { return loop.current() ? loop.current()->id.value : 0; }

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
    const context::Cell cell = loop.storages().read(id, loop.place());
    const EventIndex read =
        loop.sink().emit(Kind::get, current_number(loop), cell.writer.value, tagged(id.value, here.line));
    return {cell ? cell.value : loop.sink().intern(initial_), read};
}

void Variable::set(StringId value, Here here) const {
    loop::EventLoop& loop = running_loop();
    check_there_is_a_task(loop);
    const VariableId id = number(loop);
    const EventIndex writer =
        loop.sink().emit(Kind::set, current_number(loop), value.value, tagged(id.value, here.line));
    loop.storages().write(id, {value, writer}, loop.place());
}

void Variable::set(std::string_view value, Here here) const { set(running_loop().sink().intern(value), here); }

void print(std::string_view text, Here here) { print(running_loop().sink().intern(text), here); }

void print(StringId text, Here here) {
    loop::EventLoop& loop = running_loop();
    loop.sink().emit(Kind::print, current_number(loop), text.value, tagged(0, here.line));
}

void print(const Value& value, Here here) {
    loop::EventLoop& loop = running_loop();
    loop.sink().emit(Kind::print_value, current_number(loop), value.read.value, tagged(0, here.line));
}

}  // namespace loopscope::task
