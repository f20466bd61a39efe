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

void Index::update(const Log& log, std::uint32_t count) {
    for (; seen_ < count; ++seen_) read(log, seen_);
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
            begin_handle(event, at, step_width);
            if (known(event.task())) {
                TaskInfo& task = tasks_[event.subject - 1];
                add_step(task, {static_cast<std::uint32_t>(handles_.size() - 1), task.last_ready});
            }
            break;
        case Kind::callback:
        case Kind::skip: begin_handle(event, at, 1); break;
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

void Index::begin_handle(const Event& event, std::uint32_t at, std::uint32_t width) {
    if (handle_ends_.size() < handles_.size()) handle_ends_.push_back(at - 1);
    if (handles_.size() % time_distance == 0) handle_times_.push_back(clock_ + Duration(event.since()));
    handle_forest_.add(at);
    position_forest_.add(width_);
    handles_.push_back({at, width_});
    width_ += width;
}

void Index::switch_thread(const Event& event) {
    if (event.subject == 0 || event.subject > threads_.size() + 1) return;
    thread_ = event.subject;
    if (thread_ > threads_.size()) threads_.emplace_back();
    threads_[thread_ - 1] = StringId{event.a};
}

void Index::add_step(TaskInfo& task, const StepInfo& step) {
    task.steps.push_back(step);
    if (task.forests) {
        task.forests->steps.add(step.handle);
    } else if (task.steps.size() > TaskInfo::few) {
        make_forests(task);
    }
}

void Index::add_print(TaskInfo& task, std::uint32_t place) {
    task.prints.push_back(place);
    if (task.forests) {
        add_to_forests(*task.forests, place);
    } else if (task.prints.size() > TaskInfo::few) {
        make_forests(task);
    }
}

void Index::add_to_forests(TaskForests& forests, std::uint32_t place) {
    forests.prints.add(place);
    const PrintInfo& print = prints_[place];
    if (!print.leak) return;
    forests.leaks.add(place);
    forests.leaking.push_back(place);
    forests.writers.push_back(static_cast<std::uint16_t>(task(print.writer_task).chain_order));
}

void Index::make_forests(TaskInfo& task) {
    task.forests = std::make_unique<TaskForests>();
    for (const StepInfo& step : task.steps) task.forests->steps.add(step.handle);
    for (const std::uint32_t place : task.prints) add_to_forests(*task.forests, place);
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
    chain_sets_[task(event.task()).chain.value].push_back(at);
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
    print_forest_.add(at);
    prints_.push_back(info);
    if (known(info.task))
        add_print(tasks_[info.task.value - 1], static_cast<std::uint32_t>(prints_.size() - 1));
}

const std::vector<std::uint32_t>& Index::sets_of_chain(TaskId head) const {
    static const std::vector<std::uint32_t> none;
    const auto found = chain_sets_.find(head.value);
    return found == chain_sets_.end() ? none : found->second;
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

void Index::handles_before(std::span<const std::uint32_t> positions, std::span<std::uint32_t> handles) const {
    position_forest_.ranks(
        positions, [&](std::uint32_t place) { return handles_[place].position; }, handles);
}

void Index::handles_before(const Log& log, std::span<const Time> times,
                           std::span<std::uint32_t> handles) const {
    const std::uint32_t first = handles_before(log, times.front());
    const std::uint32_t last = handles_before(log, times.back());
    const bool exact = (last - first) / times.size() < std::size_t{KeyForest::finest} * time_distance;
    auto from = handle_times_.begin() + first / time_distance;
    const auto end =
        handle_times_.begin() + std::min<std::ptrdiff_t>(last / time_distance + 1, std::ssize(handle_times_));
    for (std::size_t each = 1; each + 1 < times.size(); ++each) {
        from = std::lower_bound(from, end, times[each]);
        const auto place = static_cast<std::uint32_t>(from - handle_times_.begin()) * time_distance;
        handles[each] = exact ? handles_before(log, times[each]) : std::clamp(place, first, last);
    }
    handles.front() = first;
    handles.back() = last;
}

bool Index::is_ancestor(TaskId ancestor, TaskId task) const {
    for (TaskId above = this->task(task).parent; known(above); above = this->task(above).parent) {
        if (above == ancestor) return true;
    }
    return false;
}

std::size_t Index::prints_until(std::uint32_t event) const {
    return print_forest_.rank(event + 1, [&](std::uint32_t place) { return prints_[place].event; });
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
    const auto after =
        handle_forest_.rank(event + 1, [&](std::uint32_t place) { return handles_[place].first; });
    return std::ptrdiff_t{after} - 1;
}

std::uint32_t Index::handles_before(std::uint32_t position) const {
    return position_forest_.rank(position, [&](std::uint32_t place) { return handles_[place].position; });
}

std::uint32_t Index::handles_before(const Log& log, Time time) const {
    const auto after = std::ranges::lower_bound(handle_times_, time);
    if (after == handle_times_.begin()) return 0;
    const auto first = static_cast<std::uint32_t>(after - handle_times_.begin() - 1) * time_distance + 1;
    const auto end = std::min(first + time_distance - 1, static_cast<std::uint32_t>(handles_.size()));
    const auto found =
        std::partition_point(handles_.begin() + first, handles_.begin() + end,
                             [&](const HandleInfo& handle) { return this->time(log, handle.first) < time; });
    return static_cast<std::uint32_t>(found - handles_.begin());
}

std::uint32_t Index::last_event(std::size_t handle) const {
    return handle < handle_ends_.size() ? handle_ends_[handle] : seen_ - 1;
}

}  // namespace loopscope::trace
