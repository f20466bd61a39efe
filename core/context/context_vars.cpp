// SPDX-License-Identifier: MIT
#include "core/context/context_vars.hpp"

namespace loopscope::context {

void ContextVars::make_own() {
    // The snapshot is moved, so that contents that nobody else shares are not copied when they are written
    // to.
    Bindings snapshot(context_.second());
    context_ = {};
    context_ = Either::of_first(new Context(std::move(snapshot)));
}

}  // namespace loopscope::context
