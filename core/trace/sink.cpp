#include "core/trace/sink.hpp"

namespace loopscope::trace {

void Sink::note_variable(std::uint32_t number, StringId initial) {
    if (number == defaults_.size() + 1) defaults_.push_back(initial);
}

}  // namespace loopscope::trace
