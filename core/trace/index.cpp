#include "core/trace/index.hpp"

#include <algorithm>
#include <atomic>

#include "core/base/first_not.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {
namespace {

/// Whether the user or a clock writes such events, whatever the loop does.
bool is_anybodys(Kind kind) {
    return traits_of(kind).belongs == Belongs::anybody;
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
    if (traits_of(kind).belongs == Belongs::gap) end_handle();
    switch (kind) {
        case Kind::step: begin_step(event, at); break;
        case Kind::callback:
        case Kind::skip:
            begin_handle(at, 1, take_callback(log, event));
            in_callback_ = kind == Kind::callback;
            break;
        case Kind::callback_end: in_callback_ = false; break;
        case Kind::ready:
        case Kind::timer_due: callbacks_[thread_ - 1].push_back(EventIndex{at}); break;
        case Kind::timer: timers_.push_back(at); break;
        case Kind::suspend:
            if (event.tag<Wait>() == Wait::yield) made_ready(event.task(), at);
            end_step(event.task(), at);
            break;
        case Kind::wake: made_ready(event.task(), at); break;
        case Kind::finish:
            if (known(event.task())) tasks_[event.subject - 1].finish = EventIndex{at};
            end_step(event.task(), at);
            break;
        case Kind::cancel: cancel(event, at); break;
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
        case Kind::begin:
        case Kind::clock:
        case Kind::timer_cancel:
        case Kind::get:
        case Kind::stop:
        case Kind::end: break;
    }
    running_.apply(event);
    // What follows the end of a step, as waking those who wait for its task, is still its doing.
    const bool inside = running_.task() || in_callback_;
    if (open_ && (inside || !is_anybodys(kind))) last_ = at;
}

void Index::begin_step(const Event& event, std::uint32_t at) {
    if (!known(event.task())) return begin_handle(at, step_width, {});
    TaskInfo& task = tasks_[event.subject - 1];
    begin_handle(at, step_width, EventIndex{task.last_ready});
    task.steps.push_back(static_cast<std::uint32_t>(handles_.size() - 1));
}

void Index::end_step(TaskId task, std::uint32_t at) {
    if (!known(task)) return;
    TaskInfo& its = tasks_[task.value - 1];
    if (its.ends.size() < its.steps.size()) its.ends.push_back(at - handles_.first(its.steps.back()));
}

void Index::cancel(const Event& event, std::uint32_t at) {
    if (event.tag<Cancel>() == Cancel::requested) cancels_[event.subject].push_back(at);
}

bool Index::fits(const Log& log, EventIndex ready, const Event& callback) const {
    const Event& cause = log[ready];
    const bool is_timer = cause.kind() == Kind::timer_due;
    const EventIndex made = is_timer ? start_of(TimerId{cause.a}) : ready;
    // What a timer's handle is called is said by a `name` event.
    return made && log[made].task() == callback.task() && log[made].tag() == callback.tag() &&
           (is_timer || cause.a == callback.a);
}

EventIndex Index::take_callback(const Log& log, const Event& event) {
    Fifo<EventIndex>& queue = callbacks_[thread_ - 1];
    if (queue.empty()) return {};
    // The first one, except where the ready queue was taken in another order (loop::Freedom::ready).
    const auto taken = std::ranges::find_if(queue, [&](EventIndex ready) {
        return event.kind() == Kind::skip || queue.size() == 1 || fits(log, ready, event);
    });
    return queue.take(taken == queue.end() ? queue.begin() : taken);
}

void Index::end_handle() {
    if (open_) lengths_.push_back(last_ - first_);
    open_ = false;
}

void Index::begin_handle(std::uint32_t at, std::uint32_t width, EventIndex ready) {
    end_handle();
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
        for (const std::uint32_t set : sets_of_chain(parent)) main_sets_.push_back(set);
    }
    const bool head = root || child_of_main;
    info.root = root ? event.task() : task(parent).root;
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
    const TaskInfo& writer = task(event.task());
    Packed& of_thread = thread_sets_[writer.thread];
    if (of_thread.empty()) first_sets_of_threads_.push_back(at);
    of_thread.push_back(at);
    const bool of_main = task(writer.root).is_main;
    if (of_main && main_sets_.empty()) first_sets_of_roots_.push_back(at);
    if (of_main) main_sets_.push_back(at);
    chain_sets_[writer.chain.value].push_back(at);
    TaskInfo& head = tasks_[writer.chain.value - 1];
    if (head.first_set) return;
    head.first_set = EventIndex{at};
    first_sets_.push_back(at);
    if (!of_main) first_sets_of_roots_.push_back(at);
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
    if (its.prints.empty()) printing_tasks_.push_back(task);
    its.prints.push_back(static_cast<std::uint32_t>(prints_.size() - 1));
    if (leaks) its.leaks.push_back(static_cast<std::uint32_t>(prints_.size() - 1));
}

const Packed& Index::found(const Lists& lists, std::uint32_t number) {
    static const Packed none;
    const auto list = lists.find(number);
    return list == lists.end() ? none : list->second;
}

EventIndex Index::last_cancel(TaskId task, std::uint32_t before) const {
    const Packed& cancels = found(cancels_, task.value);
    const auto after = std::ranges::lower_bound(cancels, before);
    return after == cancels.begin() ? EventIndex{} : EventIndex{*std::prev(after)};
}

std::uint32_t Index::steps_before(TaskId task, std::uint32_t event) const {
    const Packed& steps = this->task(task).steps;
    return first_not(0, static_cast<std::uint32_t>(steps.size()),
                     [&](std::uint32_t place) { return handles_.first(steps[place]) < event; });
}

EventIndex Index::end_of_step(TaskId task, std::size_t step) const {
    const TaskInfo& its = this->task(task);
    if (step >= its.ends.size()) return {};
    return EventIndex{handles_.first(its.steps[step]) + its.ends[step]};
}

Time Index::time(const Log& log, std::uint32_t event) const {
    const std::uint32_t mark = event / mark_distance;
    std::uint32_t at = event + 1;
    while (at > mark * mark_distance && log[at - 1].kind() != Kind::clock) --at;
    const std::uint32_t clock = at > mark * mark_distance ? at - 1 : clock_marks_[mark];
    const bool told = log[clock].kind() == Kind::clock;  // event 0 stands for none
    return (told ? clock_time(log[clock]) : Time{0}) + Duration(log[event].since());
}

Time Index::end_of(const Log& log, std::size_t handle) const {
    constexpr std::uint32_t most_passed = 16;  // nobody switches more often between two handles
    const std::uint32_t last = last_event(handle);
    const std::uint32_t end = std::min(seen_, last + most_passed);
    std::uint32_t next = last + 1;
    bool set = false;  // whether the clock was
    for (; next < end && is_anybodys(log[next].kind()); ++next) set = set || log[next].kind() == Kind::clock;
    // Handles of one iteration run without a wait between them.
    const bool follows = handle + 1 < handles_.size() && handles_.first(handle + 1) == next;
    if (set && !follows) return time(log, last);
    return time(log, next < end ? next : next - 1);
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
    return handle < lengths_.size() ? handles_.first(handle) + lengths_[handle] : last_;
}

}  // namespace loopscope::trace
