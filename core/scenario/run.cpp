#include "core/scenario/run.hpp"

namespace loopscope::scenario {

using trace::Ending;
using trace::Kind;
using trace::tagged;

/// Stops the loop once the program's future is done (_run_until_complete_cb, Lib/asyncio/base_events.py).
class Run::StopWhenDone final : public loop::Runnable {
  public:
    void run(loop::EventLoop& loop) override { loop.stop(); }
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::stop; }
};

Run::Run(const Program& program, const Arguments& arguments, trace::Storage storage, trace::Sink& sink)
    : sink_(sink), arguments_(arguments), loop_(sink, storages_, {arguments.duration("step-cost")}) {
    sink_.emit(Kind::begin, 0, sink_.intern(program.name).value);
    select(storage);
    main_ = program.start(loop_, arguments_);
    main_->add_done_callback(*new StopWhenDone);
}

bool Run::advance() {
    if (over_) return false;
    const loop::Progress progress = loop_.run_once();
    if (progress != loop::Progress::ran) end(progress);
    // The last iteration ends the run: nothing that it made ready will run.
    if (!over_ && loop_.stopping() && loop_.left_in_iteration() == 0) end(loop::Progress::stopped);
    return !over_;
}

void Run::select(trace::Storage storage) {
    storages_.select(storage);
    sink_.emit(Kind::storage, 0, 0, tagged(storage));
}

void Run::end(loop::Progress progress) {
    over_ = true;
    const task::FutureCore& main = *main_;
    Ending ending = Ending::stopped;
    StringId name;
    if (progress == loop::Progress::deadlock) {
        ending = Ending::deadlock;
    } else if (main.cancelled()) {
        ending = Ending::cancelled;
    } else if (main.done()) {
        ending = main.exception() ? Ending::exception : Ending::ok;
        name = sink_.intern(task::exception_name(main.exception()));
    }
    sink_.emit(Kind::end, 0, name.value, tagged(ending));
}

}  // namespace loopscope::scenario
