// SPDX-License-Identifier: MIT
#include "core/trace/behalf.hpp"

#include <algorithm>
#include <utility>

namespace loopscope::trace {
namespace {

/// How many connections one above the other are looked at: a connection is made for another one by a proxy,
/// which few programs have two of.
constexpr int max_generations = 8;

/// Returns whether a callback may read or write variables. The others belong to asyncio.
bool is_of_program(Callback callback) {
    return callback == Callback::user || callback == Callback::io || callback == Callback::signal ||
           static_cast<std::uint8_t>(callback) >= first_ignorable;
}

/// Returns whether a party is one in particular: known, and no main task.
bool is_particular(const Behalf::Tasks& tasks, const Party& party) {
    return party.connection != 0 || (party.chain && !tasks[party.chain.value - 1].is_main);
}

/// Returns the work of a task for its own chain.
Errand own_work(const TaskInfo& task) {
    return {{task.chain, 0}, task.chain, {}, 0};
}

}  // namespace

TaskId Behalf::doer(const Moment& moment) const {
    if (moment.running) return moment.running;
    return turn().callback ? TaskId{} : turn().ended;
}

std::optional<Errand>& Behalf::other_doer() {
    return turn().callback ? turn().callback : turn().job;
}

Errand Behalf::now(const Moment& moment) {
    if (const TaskId task = doer(moment)) return errand_of(moment.log, moment.tasks, task, moment.event);
    return other_doer().value_or(Errand{});
}

/// Returns the errand of a callback that is scheduled, or of a job that is asked for.
Errand Behalf::handed_over(const Moment& moment) {
    const Errand errand = now(moment);
    const TaskId task = doer(moment);
    return {errand.party, task ? moment.tasks[task.value - 1].chain : errand.from, moment.event, 0};
}

void Behalf::put(const Moment& moment) {
    const Event& event = moment.log[moment.event];
    const TaskId task = doer(moment);
    Errand errand = handed_over(moment);
    if (const Life* const life = life_of(task)) {
        for (const Errand& under_way : {last_of(moment.log, *life, moment.event), life->base}) {
            if (!under_way.since) continue;
            if (under_way.queue == event.a) errand = under_way;
            break;
        }
    } else if (const auto& other = other_doer(); !task && other && other->queue == event.a) {
        errand = *other;
    }
    items_.put(moment.event, moment.running, errand);
}

void Behalf::take(const Moment& moment) {
    const Event& event = moment.log[moment.event];
    items_.take(event.subject, moment.event, moment.running);
    const ItemInfo item = items_.find(event.subject);
    change(moment, {item.party, item.from, moment.event, event.a});
}

void Behalf::task_done(const Moment& moment) {
    const TaskId task = doer(moment);
    const Life* const life = life_of(task);
    if (!life || last_of(moment.log, *life, moment.event).queue != moment.log[moment.event].a) return;
    lives_[task.value].changes.push_back(moment.event);
}

void Behalf::connection(const Moment& moment) {
    const Party party = now(moment).party;
    connections_.push_back(party ? party : Party{moment.main, 0});
}

void Behalf::serve(const Moment& moment) {
    change(moment, {{{}, moment.log[moment.event].subject}, {}, moment.event, 0});
}

/// Has the one who does what happens work for another party.
void Behalf::change(const Moment& moment, const Errand& errand) {
    if (const TaskId task = doer(moment))
        lives_[task.value].changes.push_back(moment.event);
    else if (auto& other = other_doer())
        other = errand;
}

void Behalf::ready(const Moment& moment) {
    if (!is_of_program(moment.log[moment.event].tag<Callback>())) return;
    if (const Errand errand = handed_over(moment); errand.party) ready_[moment.event] = errand;
}

void Behalf::timer(const Moment& moment, TimerId timer) {
    if (!is_of_program(moment.log[moment.event].tag<Callback>())) return;
    if (const Errand errand = handed_over(moment); errand.party) timers_[timer.value] = {thread_, errand};
}

void Behalf::timer_due(TimerId timer, EventIndex due) {
    const auto started = timers_.find(timer.value);
    if (started == timers_.end()) return;
    ready_[due] = started->second.errand;
    timers_.erase(started);
}

void Behalf::drop_timers(std::uint32_t thread) {
    std::erase_if(timers_, [&](const auto& timer) { return timer.second.thread == thread; });
}

void Behalf::begin_callback(EventIndex ready) {
    const auto scheduled = ready_.find(ready);
    turn().callback.emplace(scheduled == ready_.end() ? Errand{} : scheduled->second);
    if (scheduled != ready_.end()) ready_.erase(scheduled);
}

void Behalf::begin_job(const Moment& moment) {
    const TaskId task = moment.log[moment.event].task();
    turn().job.emplace();
    if (!task || task.value > moment.tasks.size()) return;
    const Errand errand = errand_of(moment.log, moment.tasks, task, moment.event);
    *turn().job = {errand.party, moment.tasks[task.value - 1].chain, moment.event, 0};
}

void Behalf::spawn(const Moment& moment, TaskId task) {
    const TaskId creator = doer(moment);
    if (const Life* const life = life_of(creator)) {
        const Errand last = last_of(moment.log, *life, moment.event);
        const Errand base = last.since ? last : life->base;
        if (base.since) lives_[task.value].base = base;
    } else if (const auto& other = other_doer(); !creator && other) {
        if (is_particular(moment.tasks, other->party)) lives_[task.value].base = *other;
    }
}

void Behalf::switch_thread(std::uint32_t thread) {
    thread_ = thread;
    if (thread > turns_.size()) turns_.resize(thread);
}

void Behalf::note(const Moment& moment) {
    const std::optional<Errand> errand = doer(moment) ? std::nullopt : other_doer();
    const bool is_new = notes_.empty() ? errand.has_value() : errand != notes_.back().errand;
    if (is_new) notes_.push_back({moment.event, errand});
}

const Behalf::Note* Behalf::note_at(EventIndex event) const {
    const auto after = std::ranges::upper_bound(notes_, event, {}, &Note::from);
    return after == notes_.begin() ? nullptr : &*std::prev(after);
}

const Behalf::Life* Behalf::life_of(TaskId task) const {
    if (!task || lives_.empty()) return nullptr;
    const auto life = lives_.find(task.value);
    return life == lives_.end() ? nullptr : &life->second;
}

Errand Behalf::last_of(const Log& log, const Life& life, EventIndex event) const {
    const auto after = std::ranges::upper_bound(life.changes, event);
    if (after == life.changes.begin()) return {};
    const EventIndex at = *std::prev(after);
    const Event& change = log[at];
    if (change.kind() == Kind::serve) return {{{}, change.subject}, {}, at, 0};
    if (change.kind() != Kind::take) return {};
    const ItemInfo item = items_.find(change.subject);
    return {item.party, item.from, at, change.a};
}

Errand Behalf::errand_of(const Log& log, const Tasks& tasks, TaskId task, EventIndex event) const {
    const Errand own = own_work(tasks[task.value - 1]);
    const Life* const life = life_of(task);
    if (!life) return own;
    const Errand last = last_of(log, *life, event);
    if (is_particular(tasks, last.party)) return last;
    return is_particular(tasks, life->base.party) ? life->base : own;
}

Errand Behalf::errand_of_write(const Log& log, const Tasks& tasks, EventIndex set) const {
    if (const Note* const note = note_at(set); note && note->errand) return *note->errand;
    const TaskId writer = log[set].task();
    if (!writer || writer.value > tasks.size()) return {};
    // What a main task writes is right for all that descends from it, whomever it works for.
    if (tasks[writer.value - 1].is_main) return own_work(tasks[writer.value - 1]);
    return errand_of(log, tasks, writer, set);
}

Errand Behalf::errand_of_stale(const Log& log, const Tasks& tasks, EventIndex print) const {
    if (const Note* const note = note_at(print); note && note->errand) return *note->errand;
    return errand_of_read(log, tasks, print);
}

/// Returns whom the task that prints a value worked for as it read the value; where another task read it, as
/// it printed the value.
Errand Behalf::errand_of_read(const Log& log, const Tasks& tasks, EventIndex print) const {
    const TaskId reader = log[print].task();
    if (!reader || reader.value > tasks.size()) return {};
    const EventIndex get{log[print].a};
    return errand_of(log, tasks, reader, log[get].task() == reader ? get : print);
}

Party Behalf::above(const Tasks& tasks, const Party& party) const {
    if (party.connection > connections_.size()) return {};
    if (party.connection != 0) return connections_[party.connection - 1];
    return {tasks[party.chain.value - 1].above, 0};
}

/// Returns whether a party's own values are right for another party: it is the same, or one above it.
bool Behalf::is_of(const Tasks& tasks, Party reader, const Party& writer) const {
    for (int generation = 0; reader && generation < max_generations; ++generation) {
        if (reader == writer) return true;
        reader = above(tasks, reader);
    }
    return false;
}

/// Returns whether a task wrote a value while it worked for nobody but its own chain: then it is its own, and
/// no other one's that it was handed down.
bool Behalf::is_its_own(const Log& log, const Tasks& tasks, TaskId task, EventIndex set) const {
    if (!task || log[set].task() != task) return false;
    if (const Note* const note = note_at(set); note && note->errand) return false;
    const Life* const life = life_of(task);
    return !life || !is_particular(tasks, last_of(log, *life, set).party);
}

Verdict Behalf::judge(const Moment& moment, bool crosses) {
    const Verdict by_chain = crosses ? Verdict::leak : Verdict::right;
    // In most programs all work for their own chains.
    if (lives_.empty() && notes_.empty() && !other_doer()) return by_chain;
    const auto& [log, tasks, running, main, print] = moment;
    const EventIndex writer = log.writer_of_print(print);
    if (!writer) return by_chain;
    const Errand reads = doer(moment) ? errand_of_read(log, tasks, print) : now(moment);
    const Errand wrote = errand_of_write(log, tasks, writer);
    if (!reads.party || !wrote.party) return by_chain;
    if (is_its_own(log, tasks, log[print].task(), writer)) return Verdict::right;
    if (is_of(tasks, reads.party, wrote.party)) {
        // Of those who work for one party, two may be no more to each other than two chains are: that one
        // sees the other's value is a leak all the same, unless the other one handed the work over.
        const TaskId chain = crosses ? tasks[log[writer].subject - 1].chain : TaskId{};
        if (!crosses || wrote.party == Party{chain, 0} || chain == reads.from) return Verdict::right;
    }
    if (crosses) return Verdict::leak;
    note(moment);
    return Verdict::stale;
}

}  // namespace loopscope::trace
