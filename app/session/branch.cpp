#include "app/session/branch.hpp"

#include <future>

namespace loopscope::session {
namespace {

/// So many events take longer to read than a thread to start.
constexpr std::uint32_t many = 500'000;

}  // namespace

void Branch::learn() {
    const trace::Log& log = engine->log();
    const auto read_for_cursor = [&] {
        causality.update(log);
        static_cast<void>(keyframes.seek(log, log.size()));
    };
    // The index takes about as long as the two together.
    const bool aside = log.size() - index.size() >= many;
    auto other = std::async(aside ? std::launch::async : std::launch::deferred, read_for_cursor);
    index.update(log);
    other.get();
}

}  // namespace loopscope::session
