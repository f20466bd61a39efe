#pragma once

#include <memory>

#include "app/session/engine.hpp"
#include "core/base/source.hpp"
#include "core/trace/index.hpp"
#include "core/trace/keyframes.hpp"

namespace loopscope::session {

/// A trace with what extends it, and all that is known of it.
struct Branch {
    explicit Branch(std::shared_ptr<Engine> its_engine) : engine(std::move(its_engine)) {}

    std::shared_ptr<Engine> engine;
    trace::Index index;
    trace::Keyframes keyframes;

    /// Reads what was appended to the trace since the last call. Gives false if `progress` had it stop: what
    /// was read until then is known.
    bool learn(const Progress& progress = {});
};

}  // namespace loopscope::session
