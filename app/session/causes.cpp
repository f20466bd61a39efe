#include "app/session/causes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/session/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::session {
namespace {

using namespace trace;

/// Gathers the causes of one cursor.
class Gatherer {
  public:
    Gatherer(const Log& log, const Index& index, const State& state, std::uint32_t cursor)
        : log_(log), index_(index), state_(state), cursor_(cursor) {}

    std::vector<Cause> gather() {
        const std::ptrdiff_t handle = index_.handle_at(cursor_);
        if (handle < 0 || !state_.handle()) return {};
        const HandleInfo& info = index_.handles()[static_cast<std::size_t>(handle)];
        of_being_ready(state_.handle()->cause);
        if (state_.handle()->is_step) of_task(state_.handle()->task, info.first);
        of_value(info.first);
        std::ranges::stable_sort(found_, std::greater<>(), &Cause::event);
        const auto is_same = [](const Cause& one, const Cause& other) { return one.event == other.event; };
        found_.erase(std::unique(found_.begin(), found_.end(), is_same), found_.end());
        return std::move(found_);
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return task_label(log_, index_, task); }
    [[nodiscard]] std::string at(std::uint32_t event) const { return time_text(index_.time(log_, event)); }
    void add(std::uint32_t event, TaskId task, std::string text) {
        found_.push_back({event, task, std::move(text)});
    }

    void of_being_ready(std::uint32_t event) {
        const Event& cause = log_[event];
        const TaskId task = cause.task();
        switch (cause.kind()) {
            case Kind::wake:
                if (cause.tag<Wait>() == Wait::sleep)
                    add(event, task, fmt::format("the timer of {} was due at {}", label(task), at(event)));
                else
                    add(event, task,
                        fmt::format("{} became ready: the {} was done", label(task),
                                    name(cause.tag<Wait>())));
                break;
            case Kind::timer_due: add(event, {}, fmt::format("the clock reached {}", at(event))); break;
            case Kind::suspend: add(event, task, fmt::format("{} yielded", label(task))); break;
            case Kind::ready:
                add(event, task, fmt::format("a {} callback was made ready", name(cause.tag<Callback>())));
                break;
            default: break;
        }
    }

    /// Where the task suspended before this step, and who created it.
    void of_task(TaskId task, std::uint32_t before) {
        const TaskInfo& info = index_.task(task);
        const auto first_of = [&](const StepInfo& step) { return index_.handles()[step.handle].first; };
        const auto step = std::ranges::lower_bound(info.steps, before, {}, first_of);
        if (step != info.steps.begin()) {
            const std::uint32_t suspended = index_.last_event(std::prev(step)->handle);
            add(suspended, task, fmt::format("{} suspended at {}", label(task), at(suspended)));
        }
        const std::string who = info.parent ? label(info.parent) : std::string("the program");
        add(info.spawn.value, info.parent ? info.parent : task,
            fmt::format("{} created {}", who, label(task)));
    }

    /// The write that the handle's last read up to the cursor gave, and the switch that sent the read there.
    void of_value(std::uint32_t first) {
        for (std::uint32_t read = cursor_ + 1; read-- > first;) {
            const Event& event = log_[read];
            if (event.kind() != Kind::get) continue;
            if (event.a != 0) {
                const Event& write = log_[event.a];
                add(event.a, write.task(),
                    fmt::format("{} wrote '{}'", label(write.task()), log_.strings()[StringId{write.a}]));
            }
            const auto after = std::ranges::upper_bound(index_.switches(), read, {}, &SwitchInfo::event);
            if (after - index_.switches().begin() > 1) {
                add(std::prev(after)->event, {},
                    fmt::format("the storage was switched to {}", name(std::prev(after)->storage)));
            }
            return;
        }
    }

    const Log& log_;
    const Index& index_;
    const State& state_;
    std::uint32_t cursor_;
    std::vector<Cause> found_;
};

}  // namespace

std::vector<Cause> causes(const Log& log, const Index& index, const State& state, std::uint32_t cursor) {
    return Gatherer(log, index, state, cursor).gather();
}

}  // namespace loopscope::session
