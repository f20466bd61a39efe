#include "core/context/context_vars.hpp"

namespace loopscope::context {

void ContextVars::make_own() {
    // The snapshot is moved, so that what nobody else has is not copied when it is written to.
    Bindings snapshot(context_.second());
    context_ = {};
    context_ = Either::of_first(new Context(std::move(snapshot)));
}

}  // namespace loopscope::context
