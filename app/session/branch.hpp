#pragma once

#include <memory>

#include "app/session/engine.hpp"
#include "core/base/source.hpp"
#include "core/trace/index.hpp"
#include "core/trace/keyframes.hpp"

namespace loopscope::session {

/// What is known of a trace beyond its events: gathered from each as it arrives.
struct Knowledge {
    trace::Index index;
    trace::Keyframes keyframes;

    /// Reads what is new among the first `count` events of a log, the same at each call. Gives false if
    /// `progress` had it stop: what was read until then is known.
    bool learn(const trace::Log& log, std::uint32_t count, const Progress& progress = {});
};

/// A trace with what extends it, and all that is known of it.
struct Branch : Knowledge {
    explicit Branch(std::shared_ptr<Engine> its_engine) : engine(std::move(its_engine)) {}
    Branch(std::shared_ptr<Engine> its_engine, Knowledge known)
        : Knowledge(std::move(known)), engine(std::move(its_engine)) {}

    std::shared_ptr<Engine> engine;

    /// Reads what was appended to the trace since the last call.
    void learn() { Knowledge::learn(engine->log(), engine->log().size()); }
};

}  // namespace loopscope::session
