#include "app/cli/interrupt.hpp"

namespace loopscope::cli {
namespace {

volatile std::sig_atomic_t pressed = 0;

}  // namespace

Interrupt::Interrupt() {
    pressed = 0;
    struct sigaction action = {};
    action.sa_handler = [](int) { pressed = 1; };
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    ::sigaction(SIGINT, &action, &before_);
}

Interrupt::~Interrupt() {
    ::sigaction(SIGINT, &before_, nullptr);
}

bool Interrupt::asked() {
    return pressed != 0;
}

}  // namespace loopscope::cli
