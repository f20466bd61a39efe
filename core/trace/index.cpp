#include "core/trace/index.hpp"

#include <algorithm>

namespace loopscope::trace {
namespace {

/// Whether the loop itself wrote the event, between two handles.
bool is_between_handles(Kind kind) {
    return kind == Kind::iteration || kind == Kind::timer_due || kind == Kind::clock || kind == Kind::storage ||
           kind == Kind::end;
}

}  // namespace

void Index::update(const Log& log) {
    for (const std::uint32_t size = log.size(); seen_ < size; ++seen_) read(log, seen_);
}

void Index::read(const Log& log, std::uint32_t at) {
    const Event& event = log[at];
    const Kind kind = event.kind();
    if (is_between_handles(kind) && handle_ends_.size() < handles_.size()) handle_ends_.push_back(at - 1);
    switch (kind) {
        case Kind::step:
            begin_handle(at, step_width);
            running_ = event.task();
            if (known(running_)) {
                tasks_[running_.value - 1].steps.push_back(static_cast<std::uint32_t>(handles_.size() - 1));
            }
            break;
        case Kind::callback:
        case Kind::skip: begin_handle(at, 1); break;
        case Kind::suspend: running_ = {}; break;
        case Kind::finish:
            running_ = {};
            if (known(event.task())) tasks_[event.subject - 1].finish = EventIndex{at};
            break;
        case Kind::spawn: spawn(event, at); break;
        case Kind::name:
            if (event.tag<Named>() == Named::task && known(event.task())) tasks_[event.subject - 1].name = StringId{event.a};
            break;
        case Kind::set: set(event, at); break;
        case Kind::print:
        case Kind::print_value: print(log, at); break;
        case Kind::storage: switches_.push_back({at, event.tag<Storage>()}); break;
        case Kind::iteration: iterations_.push_back(at); break;
        default: break;
    }
}

void Index::begin_handle(std::uint32_t at, std::uint32_t width) {
    if (handle_ends_.size() < handles_.size()) handle_ends_.push_back(at - 1);
    handles_.push_back({at, width_});
    width_ += width;
}

void Index::spawn(const Event& event, std::uint32_t at) {
    TaskInfo info;
    info.parent = running_;
    info.root = known(running_) ? task(running_).root : event.task();
    info.depth = known(running_) ? task(running_).depth + 1 : 0;
    info.coroutine = StringId{event.a};
    info.spawn = EventIndex{at};
    tasks_.push_back(std::move(info));
}

void Index::set(const Event& event, std::uint32_t at) {
    sets_.push_back(at);
    if (!known(event.task())) return;
    TaskInfo& root = tasks_[task(event.task()).root.value - 1];
    if (!root.first_set) root.first_set = EventIndex{at};
}

void Index::print(const Log& log, std::uint32_t at) {
    PrintInfo info;
    info.event = at;
    info.task = log[at].task();
    info.writer = log.writer_of_print(at);
    if (info.writer) info.writer_task = log[info.writer].task();
    info.leak = known(info.task) && known(info.writer_task) && task(info.task).root != task(info.writer_task).root;
    info.leaks = (prints_.empty() ? 0 : prints_.back().leaks) + (info.leak ? 1 : 0);
    if (known(info.task)) {
        tasks_[info.task.value - 1].prints.push_back(static_cast<std::uint32_t>(prints_.size()));
    }
    prints_.push_back(info);
}

std::size_t Index::prints_until(std::uint32_t event) const {
    const auto after = std::ranges::upper_bound(prints_, event, {}, &PrintInfo::event);
    return static_cast<std::size_t>(after - prints_.begin());
}

std::uint32_t Index::leaks_until(std::uint32_t event) const {
    const std::size_t count = prints_until(event);
    return count == 0 ? 0 : prints_[count - 1].leaks;
}

Storage Index::storage_at(std::uint32_t event) const {
    const auto after = std::ranges::upper_bound(switches_, event, {}, &SwitchInfo::event);
    return after == switches_.begin() ? Storage::global : std::prev(after)->storage;
}

std::ptrdiff_t Index::handle_at(std::uint32_t event) const {
    return std::ranges::upper_bound(handles_, event, {}, &HandleInfo::first) - handles_.begin() - 1;
}

std::uint32_t Index::last_event(std::size_t handle) const {
    return handle < handle_ends_.size() ? handle_ends_[handle] : seen_ - 1;
}

}  // namespace loopscope::trace
