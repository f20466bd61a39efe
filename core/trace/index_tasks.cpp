// SPDX-License-Identifier: MIT
// What the index keeps of tasks, and of what they write and print.

#include <algorithm>
#include <utility>

#include "core/trace/index.hpp"

namespace loopscope::trace {
namespace {

/// Returns whether a value is no name for those who wrote it, because it is the text of a list, a struct or
/// an object: what that stands for may change.
bool names_nobody(std::string_view value) {
    return !value.empty() && std::string_view("[{(<").find(value.front()) != std::string_view::npos;
}

}  // namespace

/// Notes that the only root has a child, so that its children head chains.
void Index::become_main(TaskId task) {
    if (tasks_[task.value - 1].is_main) return;
    tasks_[task.value - 1].is_main = true;
    --chains_;
    for (const EventIndex set : sets_of_chain(task)) main_sets_.push_back(set);
}

void Index::spawn(const Log& log, const Event& event, EventIndex at) {
    const TaskId parent = running_.task();
    TaskInfo info;
    info.parent = parent;
    info.thread = thread_;
    const bool root = !known(parent);
    const bool by_callback = root && (in_callback_ || in_job_);
    if (root && !by_callback) {
        ++roots_;
        last_root_ = event.task();
    }
    const bool has_main = roots_ == 1 && last_root_ != event.task();
    const bool child_of_main = has_main && (by_callback || parent == last_root_);
    if (child_of_main) {
        become_main(last_root_);
        info.above = last_root_;
    }
    const bool head = root || child_of_main;
    info.root = root ? event.task() : task(parent).root;
    info.depth = root ? 0 : task(parent).depth + 1;
    info.chain = head ? event.task() : task(parent).chain;
    info.chain_order = head ? chains_++ : task(parent).chain_order;
    info.coroutine = StringId{event.a};
    info.spawn = at;
    info.last_ready = at;
    task_names_.learn(log, info.coroutine);
    tasks_.push_back(std::move(info));
    join_chain();
    TaskInfo& its = tasks_.back();
    its.number = task_names_.namesakes().add(its.coroutine, symbol_of(log, its.chain));
}

StringId Index::symbol_of(const Log& log, TaskId head) const {
    const EventIndex first = task(head).first_set;
    const StringId value = first ? StringId{log[first].a} : StringId{};
    return names_nobody(log.strings()[value]) ? StringId{} : value;
}

/// Adds the latest task to the members of its chain.
void Index::join_chain() {
    chain_members_.emplace_back();
    const TaskId latest{static_cast<std::uint32_t>(tasks_.size())};
    const TaskId head = task(latest).chain;
    if (head == latest || task(head).first_set) return;
    chain_members_.back() = std::exchange(chain_members_[head.value - 1], latest);
}

/// Gives the tasks of a chain its symbol, which has just been written. Each task is looked at once in its
/// life.
void Index::name_chain(TaskId head, StringId symbol) {
    if (!symbol) return;
    std::vector<TaskId> members;
    for (TaskId each = chain_members_[head.value - 1]; each; each = chain_members_[each.value - 1])
        members.push_back(each);
    members.push_back(head);
    // The latest leave first, and they join in the order in which they were created.
    for (const TaskId each : members)
        task_names_.namesakes().remove(called(each), StringId{}, task(each).number);
    std::ranges::reverse(members);
    for (const TaskId each : members)
        tasks_[each.value - 1].number = task_names_.namesakes().add(called(each), symbol);
}

void Index::set(const Log& log, const Event& event, EventIndex at) {
    sets_.push_back(at);
    if (!known(event.task())) return;
    if (event.line() != 0) set_origin(event.task(), Origin::program);
    const TaskInfo& writer = task(event.task());
    IndexColumn<EventIndex>& of_thread = thread_sets_[writer.thread];
    if (of_thread.empty()) first_sets_of_threads_.push_back(at);
    of_thread.push_back(at);
    const bool of_main = task(writer.root).is_main;
    if (of_main && main_sets_.empty()) first_sets_of_roots_.push_back(at);
    if (of_main) main_sets_.push_back(at);
    chain_sets_[writer.chain.value].push_back(at);
    TaskInfo& head = tasks_[writer.chain.value - 1];
    if (head.first_set || event.kind() == Kind::change) return;  // a change is nothing to be called by
    head.first_set = at;
    name_chain(writer.chain, symbol_of(log, writer.chain));
    first_sets_.push_back(at);
    if (!of_main) first_sets_of_roots_.push_back(at);
}

void Index::print(const Log& log, EventIndex at) {
    const TaskId task = log[at].task();
    const EventIndex writer = log.writer_of_print(at);
    const TaskId writer_task = writer ? log[writer].task() : TaskId{};
    const bool crosses = known(task) && known(writer_task) &&
                         this->task(task).chain != this->task(writer_task).chain &&
                         !is_above_chain(writer_task, task);
    const Verdict verdict = behalf_.judge(moment(log, at), crosses);
    print_forest_.add(at);
    const PrintIndex print = prints_.push_back(at, verdict);
    if (!task) callbacks_print_ = true;
    if (!known(task)) return;
    if (log[at].line() != 0) set_origin(task, Origin::program);
    TaskInfo& its = tasks_[task.value - 1];
    if (its.prints.empty()) printing_tasks_.push_back(task);
    its.prints.push_back(print);
    if (verdict == Verdict::leak) its.leaks.push_back(print);
    if (verdict == Verdict::stale) stales_[task.value].push_back(print);
}

}  // namespace loopscope::trace
