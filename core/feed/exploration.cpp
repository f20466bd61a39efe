#include "core/feed/exploration.hpp"

#include <fmt/format.h>

#include "core/base/pool.hpp"
#include "core/base/unexpected.hpp"

namespace loopscope::feed {
namespace {

/// Gives back what the pool keeps for this thread, however its job ends.
struct PoolLeft {
    PoolLeft() = default;
    PoolLeft(const PoolLeft&) = delete;
    PoolLeft& operator=(const PoolLeft&) = delete;
    ~PoolLeft() { pool_leave(); }
};

}  // namespace

Exploration::Exploration(explore::Subject subject, const explore::Options& options)
    : subject_(std::move(subject)), options_(options) {
    worker_.start([this](const std::stop_token& stop) {
        const PoolLeft left;
        report_ = explore::explore(subject_, options_, stop, &done_);
    });
}

Result<const explore::Report*> Exploration::report() const {
    if (worker_.error()) return tl::unexpected(unexpected_error(worker_.error()));
    return &report_;
}

std::string freedoms_text(const loop::Freedoms& freedoms) {
    std::string text;
    if (freedoms.ties)
        text +=
            "Free: the order of timers with equal deadlines. asyncio could do that: its heap keeps no order "
            "among equals.\n";
    if (freedoms.jitter > Duration::zero()) {
        text += fmt::format(
            "Free: each iteration may begin {0} s or {1} s late. asyncio could do that: a step, or the rest "
            "of "
            "the machine, takes longer.\n",
            std::chrono::duration<double>(freedoms.jitter).count() / loop::jitter_parts,
            std::chrono::duration<double>(freedoms.jitter).count());
    }
    if (freedoms.ready)
        text +=
            "Free: the order of the ready queue. asyncio could not do that: it is first in, first out; "
            "other schedulers can.\n";
    return text;
}

std::string schedule_phrase(const explore::Schedule& schedule) {
    return explore::deviations(schedule.choices) == 0 ? "asyncio's own order" : explore::text_of(schedule);
}

std::string_view ending_phrase(trace::Ending ending) {
    switch (ending) {
        case trace::Ending::ok: return "ok";
        case trace::Ending::exception: return "an exception";
        case trace::Ending::cancelled: return "cancelled";
        case trace::Ending::deadlock: return "deadlock";
        case trace::Ending::stopped: return "stopped";
    }
    return "";
}

}  // namespace loopscope::feed
