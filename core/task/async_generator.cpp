// SPDX-License-Identifier: MIT
#include "core/task/async_generator.hpp"

#include "core/task/gather.hpp"

namespace loopscope::task {

void GeneratorPromise::end_close(loop::EventLoop& loop, std::uint32_t began) {
    if (loop.asyncio().cancelled_aclose_frees_generator() || loop.iteration() == began) return;
    is_taken = loop.task_notes().was_thrown(loop.current()->id(), loop.iteration());
}

Coro<> shutdown_asyncgens() {
    loop::EventLoop& loop = loop::EventLoop::get_running();
    std::vector<Coro<>> closing;
    while (loop::LiveGenerator* const generator = loop.live_generators().take_first())
        closing.push_back(static_cast<GeneratorPromise*>(generator)->to_close());
    if (closing.empty()) co_return;
    loop.order_set(closing);
    const auto settled = co_await gather_settled(std::move(closing));
    for (const Settled<void>& each : settled) {
        if (each || !is_exception(each.error())) continue;
        loop.call_exception_handler({loop::Unhandled::Kind::generator, each.error(), {}, {}});
    }
}

}  // namespace loopscope::task
