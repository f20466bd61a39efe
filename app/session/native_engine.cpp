#include "app/session/native_engine.hpp"

namespace loopscope::session {

NativeEngine::NativeEngine(const Setup& setup) : setup_(setup) {
    if (setup.schedule) chooser_.emplace(*setup.schedule);
    run_ = std::make_unique<scenario::Run>(*setup.program, setup.arguments, setup.storage, log_,
                                           chooser_ ? &*chooser_ : nullptr);
    first_event_ = log_.size() - 1;
}

NativeEngine::NativeEngine(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : NativeEngine(setup) {
    pending_.assign(switches.begin(), switches.end());
    for (;;) {
        // A switch between two handles is made while the loop stands there; one inside a handle, when the
        // trace gets there.
        while (!pending_.empty() && pending_.front().after + 1 <= log_.size()) take_pending();
        if (pending_.empty() && log_.size() >= length) break;
        arm();
        const bool goes_on = advance();
        log_.forget_action();
        if (!goes_on) break;
    }
    pending_.clear();
}

void NativeEngine::arm() {
    if (pending_.empty()) return;
    log_.on_reaching(pending_.front().after + 1, [this] {
        take_pending();
        arm();
    });
}

void NativeEngine::take_pending() {
    const Switch next = pending_.front();
    pending_.pop_front();
    select(next.storage);
}

void NativeEngine::select(trace::Storage storage) {
    switches_.push_back({log_.size() - 1, storage});
    run_->select(storage);
}

}  // namespace loopscope::session
