// A program of one's own on the loop: two requests whose handlers share a global. It writes their trace to
// the file that it is given, and says why the first print shows what it shows. docs/library.md has this text.

#include <iostream>

#include <loopscope/core/explain/why.hpp>
#include <loopscope/core/format/saver.hpp>
#include <loopscope/core/task/sleep.hpp>
#include <loopscope/core/task/task.hpp>
#include <loopscope/core/task/variable.hpp>

using namespace loopscope;

const task::Variable user("user", "nobody");

task::Coro<> handler(std::string_view name) {
    user.set(name);
    co_await task::sleep(std::chrono::milliseconds(10));  // another request comes in between
    task::print(user.get());
}

int main(int argc, char** argv) {
    trace::Log log;
    log.emit(trace::Kind::begin, 0, log.intern("two requests").value);
    context::Storages storages;  // global, until another one is selected
    loop::EventLoop loop(log, storages);
    const auto ann = task::create_task(loop, handler("ann"));
    const auto bob = task::create_task(loop, handler("bob"));
    loop.run();

    trace::Index index;
    index.update(log);
    const EventIndex print = index.prints()[PrintIndex{0}].event;
    trace::State state;
    while (state.size() <= print.value) state.apply(log[{state.size()}]);
    std::cout << explain::why({log, index, state, print}).text() << '\n';

    const auto saved = format::save(argc > 1 ? argv[1] : "requests.loopscope", log, {});
    if (!saved) std::cerr << saved.error().message << '\n';
    return saved ? 0 : 1;
}
