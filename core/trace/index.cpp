#include "core/trace/index.hpp"

#include <algorithm>
#include <atomic>

#include "core/base/first_not.hpp"

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
    prints_.set_log(log);
    for (; seen_ < count; ++seen_) read(log, seen_);
}

void Index::read(const Log& log, std::uint32_t at) {
    const Event& event = log[at];
    const Kind kind = event.kind();
    if (at % mark_distance == 0) clock_marks_.push_back(last_clock_);
    if (kind == Kind::clock) {
        clock_ = clock_time(event);
        last_clock_ = at;
    }
    if (at % time_distance == 0) time_marks_.push_back(clock_ + Duration(event.since()));
    const bool between = is_between_handles(kind) || (kind == Kind::storage && !running_.task());
    if (between) end_handle(at - 1);
    switch (kind) {
        case Kind::step: begin_step(event, at); break;
        case Kind::callback:
        case Kind::skip: begin_handle(at, 1, take_callback()); break;
        case Kind::ready:
        case Kind::timer_due: callbacks_[thread_ - 1].push_back(EventIndex{at}); break;
        case Kind::timer: timers_.push_back(at); break;
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

void Index::begin_step(const Event& event, std::uint32_t at) {
    if (!known(event.task())) return begin_handle(at, step_width, {});
    TaskInfo& task = tasks_[event.subject - 1];
    begin_handle(at, step_width, EventIndex{task.last_ready});
    task.steps.push_back(static_cast<std::uint32_t>(handles_.size() - 1));
}

EventIndex Index::take_callback() {
    Fifo<EventIndex>& queue = callbacks_[thread_ - 1];
    return queue.empty() ? EventIndex{} : queue.pop_front();
}

void Index::end_handle(std::uint32_t last) {
    if (open_) lengths_.push_back(last - first_);
    open_ = false;
}

void Index::begin_handle(std::uint32_t at, std::uint32_t width, EventIndex ready) {
    end_handle(at - 1);
    first_ = at;
    open_ = true;
    handle_forest_.add(at);
    position_forest_.add(width_);
    handles_.push_back({at, width_, ready});
    width_ += width;
}

void Index::switch_thread(const Event& event) {
    if (event.subject == 0 || event.subject > threads_.size() + 1) return;
    thread_ = event.subject;
    if (thread_ > threads_.size()) {
        threads_.emplace_back();
        callbacks_.emplace_back();
    }
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
    chain_sets_[task(event.task()).chain.value].push_back(at);
    TaskInfo& head = tasks_[task(event.task()).chain.value - 1];
    if (head.first_set) return;
    head.first_set = EventIndex{at};
    first_sets_.push_back(at);
}

void Index::print(const Log& log, std::uint32_t at) {
    const TaskId task = log[at].task();
    const EventIndex writer = log.writer_of_print(at);
    const TaskId writer_task = writer ? log[writer].task() : TaskId{};
    const bool leaks = known(task) && known(writer_task) &&
                       this->task(task).chain != this->task(writer_task).chain &&
                       !is_above_chain(writer_task, task);
    print_forest_.add(at);
    prints_.push_back(at, leaks);
    if (!task) callbacks_print_ = true;
    if (!known(task)) return;
    TaskInfo& its = tasks_[task.value - 1];
    its.prints.push_back(static_cast<std::uint32_t>(prints_.size() - 1));
    if (leaks) its.leaks.push_back(static_cast<std::uint32_t>(prints_.size() - 1));
}

const Packed& Index::sets_of_chain(TaskId head) const {
    static const Packed none;
    const auto found = chain_sets_.find(head.value);
    return found == chain_sets_.end() ? none : found->second;
}

Time Index::time(const Log& log, std::uint32_t event) const {
    const std::uint32_t mark = event / mark_distance;
    std::uint32_t at = event + 1;
    while (at > mark * mark_distance && log[at - 1].kind() != Kind::clock) --at;
    const std::uint32_t clock = at > mark * mark_distance ? at - 1 : clock_marks_[mark];
    const bool told = log[clock].kind() == Kind::clock;  // event 0 stands for none
    return (told ? clock_time(log[clock]) : Time{0}) + Duration(log[event].since());
}

std::uint32_t Index::first_at(const Log& log, Time time) const {
    const auto after = std::ranges::lower_bound(time_marks_, time);
    if (after == time_marks_.begin()) return 0;
    const auto end = static_cast<std::uint32_t>(after - time_marks_.begin()) * time_distance;
    return first_not(end - time_distance + 1, std::min(end, seen_),
                     [&](std::uint32_t event) { return this->time(log, event) < time; });
}

void Index::handles_before(std::span<const std::uint32_t> positions, std::span<std::uint32_t> handles) const {
    position_forest_.ranks(
        positions, [&](std::uint32_t place) { return handles_.position(place); }, handles);
}

void Index::handles_before(const Log& log, std::span<const Time> times,
                           std::span<std::uint32_t> handles) const {
    std::vector<std::uint32_t> events(times.size());
    events.front() = first_at(log, times.front());
    events.back() = first_at(log, times.back());
    const std::size_t between = (events.back() - events.front()) / times.size();
    const bool exact = between < std::size_t{finest_ranks} * time_distance;
    auto from = time_marks_.begin() + events.front() / time_distance;
    for (std::size_t each = 1; each + 1 < times.size(); ++each) {
        from = std::lower_bound(from, time_marks_.end(), times[each]);
        const auto mark = static_cast<std::uint32_t>(from - time_marks_.begin()) * time_distance;
        events[each] = exact ? first_at(log, times[each]) : std::clamp(mark, events.front(), events.back());
    }
    handle_forest_.ranks(
        events, [&](std::uint32_t place) { return handles_.first(place); }, handles);
}

/// Whether a task of another chain is an ancestor: a chain is headed by a root or by a main task's child, so
/// above it there is a main task at most.
bool Index::is_above_chain(TaskId ancestor, TaskId task) const {
    return this->task(this->task(task).chain).parent == ancestor;
}

std::size_t Index::prints_until(std::uint32_t event) const {
    return print_forest_.rank(event + 1, [&](std::uint32_t place) { return prints_.event(place); });
}

std::uint32_t Index::leaks_until(std::uint32_t event) const {
    const std::size_t count = prints_until(event);
    return count == 0 ? 0 : prints_.leaks(count - 1);
}

Storage Index::storage_at(std::uint32_t event) const {
    const auto after = std::ranges::upper_bound(switches_, event, {}, &SwitchInfo::event);
    return after == switches_.begin() ? Storage::global : std::prev(after)->storage;
}

std::ptrdiff_t Index::handle_at(std::uint32_t event) const {
    const auto after =
        handle_forest_.rank(event + 1, [&](std::uint32_t place) { return handles_.first(place); });
    return std::ptrdiff_t{after} - 1;
}

std::uint32_t Index::handles_before(std::uint32_t position) const {
    return position_forest_.rank(position, [&](std::uint32_t place) { return handles_.position(place); });
}

std::uint32_t Index::handles_before(const Log& log, Time time) const {
    return handle_forest_.rank(first_at(log, time),
                               [&](std::uint32_t place) { return handles_.first(place); });
}

std::uint32_t Index::last_event(std::size_t handle) const {
    return handle < lengths_.size() ? handles_.first(handle) + lengths_[handle] : seen_ - 1;
}

}  // namespace loopscope::trace
