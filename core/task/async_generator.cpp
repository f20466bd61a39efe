// SPDX-License-Identifier: MIT
#include "core/task/async_generator.hpp"

#include "core/task/gather.hpp"

namespace loopscope::task {

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
