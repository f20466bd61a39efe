#include "core/trace/index.hpp"

#include <algorithm>
#include <atomic>

namespace loopscope::trace {
namespace {

/// Whether the loop itself writes such events, between two handles.
bool is_between_handles(Kind kind) {
    return kind == Kind::iteration || kind == Kind::timer_due || kind == Kind::clock || kind == Kind::end ||
           kind == Kind::thread;
}

}  // namespace

Index::Index() {
    static std::atomic<std::uint64_t> last{0};
    serial_ = ++last;
}

void Index::update(const Log& log) {
    for (const std::uint32_t size = log.size(); seen_ < size; ++seen_) read(log, seen_);
}

void Index::read(const Log& log, std::uint32_t at) {
    const Event& event = log[at];
    const Kind kind = event.kind();
    if (at % mark_distance == 0) clock_marks_.push_back(clock_);
    if (kind == Kind::clock) clock_ = clock_time(event);
    const bool between = is_between_handles(kind) || (kind == Kind::storage && !running_.task());
    if (between && handle_ends_.size() < handles_.size()) handle_ends_.push_back(at - 1);
    switch (kind) {
        case Kind::step:
            begin_handle(at, step_width);
            if (known(event.task())) {
                TaskInfo& task = tasks_[event.subject - 1];
                task.steps.push_back({static_cast<std::uint32_t>(handles_.size() - 1), task.last_ready});
            }
            break;
        case Kind::callback:
        case Kind::skip: begin_handle(at, 1); break;
        case Kind::suspend:
            if (event.tag<Wait>() == Wait::yield) made_ready(event.task(), at);
            break;
        case Kind::wake: made_ready(event.task(), at); break;
        case Kind::finish:
            if (known(event.task())) tasks_[event.subject - 1].finish = EventIndex{at};
            break;
        case Kind::spawn: spawn(event, at); break;
        case Kind::name:
            if (event.tag<Named>() == Named::task && known(event.task()))
                tasks_[event.subject - 1].name = StringId{event.a};
            break;
        case Kind::variable: variables_.push_back(at); break;
        case Kind::set: set(event, at); break;
        case Kind::print:
        case Kind::print_value: print(log, at); break;
        case Kind::thread: switch_thread(event); break;
        case Kind::storage: switches_.push_back({at, event.tag<Storage>()}); break;
        case Kind::iteration: iterations_.push_back(at); break;
        default: break;
    }
    running_.apply(event);
}

void Index::begin_handle(std::uint32_t at, std::uint32_t width) {
    if (handle_ends_.size() < handles_.size()) handle_ends_.push_back(at - 1);
    handles_.push_back({at, width_});
    width_ += width;
}

void Index::switch_thread(const Event& event) {
    if (event.subject == 0 || event.subject > threads_.size() + 1) return;
    thread_ = event.subject;
    if (thread_ > threads_.size()) threads_.emplace_back();
    threads_[thread_ - 1] = StringId{event.a};
}

void Index::made_ready(TaskId task, std::uint32_t at) {
    if (known(task)) tasks_[task.value - 1].last_ready = at;
}

void Index::spawn(const Event& event, std::uint32_t at) {
    const TaskId parent = running_.task();
    TaskInfo info;
    info.parent = parent;
    info.thread = thread_;
    const bool root = !known(parent);
    if (root) ++roots_;
    const bool child_of_main = !root && task(parent).depth == 0 && roots_ == 1;
    if (child_of_main && !task(parent).is_main) {
        tasks_[parent.value - 1].is_main = true;
        --chains_;
    }
    const bool head = root || child_of_main;
    info.depth = root ? 0 : task(parent).depth + 1;
    info.chain = head ? event.task() : task(parent).chain;
    info.chain_order = head ? chains_++ : task(parent).chain_order;
    info.coroutine = StringId{event.a};
    info.spawn = EventIndex{at};
    info.last_ready = at;
    tasks_.push_back(std::move(info));
}

void Index::set(const Event& event, std::uint32_t at) {
    sets_.push_back(at);
    if (!known(event.task())) return;
    TaskInfo& head = tasks_[task(event.task()).chain.value - 1];
    if (!head.first_set) head.first_set = EventIndex{at};
}

void Index::print(const Log& log, std::uint32_t at) {
    PrintInfo info;
    info.event = at;
    info.task = log[at].task();
    info.writer = log.writer_of_print(at);
    if (info.writer) info.writer_task = log[info.writer].task();
    info.leak = known(info.task) && known(info.writer_task) &&
                task(info.task).chain != task(info.writer_task).chain &&
                !is_ancestor(info.writer_task, info.task);
    info.leaks = (prints_.empty() ? 0 : prints_.back().leaks) + (info.leak ? 1 : 0);
    if (known(info.task)) {
        tasks_[info.task.value - 1].prints.push_back(static_cast<std::uint32_t>(prints_.size()));
    }
    prints_.push_back(info);
}

Time Index::time(const Log& log, std::uint32_t event) const {
    const std::uint32_t mark = event / mark_distance;
    Time clock = clock_marks_[mark];
    for (std::uint32_t at = event + 1; at-- > mark * mark_distance;) {
        if (log[at].kind() != Kind::clock) continue;
        clock = clock_time(log[at]);
        break;
    }
    return clock + Duration(log[event].since());
}

std::uint32_t Index::first_at(const Log& log, Time time) const {
    std::uint32_t first = 0;
    for (std::uint32_t count = seen_; count > 0;) {
        const std::uint32_t half = count / 2;
        if (this->time(log, first + half) < time) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

bool Index::is_ancestor(TaskId ancestor, TaskId task) const {
    for (TaskId above = this->task(task).parent; known(above); above = this->task(above).parent) {
        if (above == ancestor) return true;
    }
    return false;
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
