#include "app/session/native_engine.hpp"

namespace loopscope::session {

NativeEngine::NativeEngine(const Setup& setup)
    : setup_(setup),
      run_(std::make_unique<scenario::Run>(*setup.program, setup.arguments, setup.storage, log_)),
      first_event_(log_.size() - 1) {}

NativeEngine::NativeEngine(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : NativeEngine(setup) {
    for (const Switch& change : switches) replay(change);
    while (log_.size() < length && advance()) {
    }
}

void NativeEngine::select(trace::Storage storage) {
    switches_.push_back({log_.size() - 1, storage});
    run_->select(storage);
}

// A switch between two handles is made when the loop stands there; one inside a handle, when the trace gets
// there.
void NativeEngine::replay(const Switch& change) {
    const std::uint32_t index = change.after + 1;
    if (index > log_.size()) log_.on_reaching(index, [this, change] { select(change.storage); });
    while (log_.size() < index && advance()) {
    }
    if (log_.size() != index) return;
    log_.forget_action();
    select(change.storage);
}

}  // namespace loopscope::session
