#include "core/explore/explore.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <tuple>

#include "core/explore/chooser.hpp"
#include "core/scenario/run.hpp"
#include "core/trace/index.hpp"

namespace loopscope::explore {
namespace {

/// Appends to `pending` the schedules with one more deviation than the run had, after its first `given`
/// choices. Returns false if there are more than fit into `room`.
bool add_children(const Chooser& ran, std::size_t given, std::size_t room, std::deque<Choices>& pending) {
    const auto& points = ran.points();
    for (std::size_t at = given; at < points.size(); ++at) {
        for (std::uint32_t taken = 1; taken < points[at].count; ++taken) {
            if (pending.size() >= room) return false;
            Choices child(at + 1);
            for (std::size_t position = 0; position < given; ++position)
                child[position] = points[position].taken;
            child[at] = taken;
            pending.push_back(std::move(child));
        }
    }
    return true;
}

class Explorer {
  public:
    Explorer(const Subject& subject, const Options& options, const std::stop_token& stop,
             std::atomic<std::uint32_t>* done)
        : subject_(subject), options_(options), stop_(stop), done_(done) {}

    Report explore() {
        if (options_.exhaustive)
            enumerate(options_.schedules, false);
        else
            sample();
        collect();
        report_.cancelled = stop_.stop_requested();
        return std::move(report_);
    }

  private:
    /// What tells outcomes apart: output, ending, leaks, stale prints.
    using Key = std::tuple<std::string, trace::Ending, std::uint32_t, std::uint32_t>;

    struct Ran {
        Key key;
        [[nodiscard]] bool leaks() const { return std::get<2>(key) > 0; }
    };

    Ran run(Chooser& chooser);
    void count(const Ran& ran, const Chooser& chooser);
    void sample();
    void enumerate(std::uint32_t limit, bool only_first_leak);
    void find_shortest_leak();
    void shrink(const Schedule& leaking);
    void collect();
    [[nodiscard]] Schedule schedule(Choices choices) const { return {options_.freedoms, std::move(choices)}; }

    const Subject& subject_;
    const Options& options_;
    const std::stop_token& stop_;
    std::atomic<std::uint32_t>* done_;
    std::map<Key, Outcome> outcomes_;
    Report report_;
};

Explorer::Ran Explorer::run(Chooser& chooser) {
    trace::Log log;
    {
        scenario::Run run(*subject_.program, subject_.arguments, subject_.storage, log, &chooser);
        for (std::uint32_t handles = 0; handles < max_run_events && run.advance(); ++handles) {
            if (handles % 1024 == 1023 && stop_.stop_requested()) break;
        }
    }
    trace::Index index;
    index.update(log);
    Ran ran;
    auto& [output, ending, leaks, stales] = ran.key;
    for (const trace::PrintInfo& print : index.prints()) output += log.printed_text(print.event);
    leaks = index.prints().leaks_before(index.prints().end_index());
    stales = index.prints().stales_before(index.prints().end_index());
    const trace::Event& last = log[log.end_index() - 1];
    ending = last.kind() == trace::Kind::end ? last.tag<trace::Ending>() : trace::Ending::stopped;
    if (done_) done_->fetch_add(1, std::memory_order_relaxed);
    return ran;
}

void Explorer::count(const Ran& ran, const Chooser& chooser) {
    ++report_.schedules;
    const auto [position, is_new] = outcomes_.try_emplace(ran.key);
    Outcome& outcome = position->second;
    ++outcome.count;
    const bool was_possible = outcome.possible > 0;
    if (chooser.possible()) ++outcome.possible;
    // A schedule that asyncio could follow is the better example.
    const auto worth = std::tuple(!chooser.possible(), chooser.deviations());
    if (is_new || worth < std::tuple(!was_possible, deviations(outcome.example.choices)))
        outcome.example = {chooser.freedoms(), chooser.choices()};
}

void Explorer::sample() {
    loop::Freedoms real = options_.freedoms;
    real.ready = false;
    for (std::uint32_t number = 0; number < options_.schedules && !stop_.stop_requested(); ++number) {
        const std::uint64_t seed = options_.seed * 0x100000000U + number;
        const loop::Freedoms& freedoms = number % 2 == 0 ? real : options_.freedoms;
        if (number == 0) {
            Chooser own(schedule({}));
            count(run(own), own);
            continue;
        }
        Chooser chooser(freedoms, seed);
        count(run(chooser), chooser);
    }
    find_shortest_leak();
}

// Breadth first by the number of deviations from asyncio's own schedule: each schedule is run once, as a
// child of the one that lacks its last deviation; so the first one that leaks is the shortest.
void Explorer::enumerate(std::uint32_t limit, bool only_first_leak) {
    std::deque<Choices> pending(1);
    std::uint32_t ran_so_far = 0;
    bool all = true;
    for (; !pending.empty() && ran_so_far < limit && !stop_.stop_requested(); ++ran_so_far) {
        const std::size_t given = pending.front().size();
        Chooser chooser(schedule(std::move(pending.front())));
        pending.pop_front();
        const Ran ran = run(chooser);
        if (!only_first_leak) count(ran, chooser);
        if (ran.leaks() && !report_.shortest_leak) {
            report_.shortest_leak = {schedule(chooser.choices()), true};
            if (only_first_leak) return;
        }
        all = add_children(chooser, given, limit - ran_so_far - 1, pending) && all;
    }
    if (!only_first_leak) report_.complete = all && pending.empty() && !stop_.stop_requested();
}

void Explorer::find_shortest_leak() {
    const Schedule* leaking = nullptr;
    for (const auto& [key, outcome] : outcomes_) {
        const Schedule& each = outcome.example;
        if (std::get<2>(key) > 0 && (!leaking || deviations(each.choices) < deviations(leaking->choices)))
            leaking = &each;
    }
    if (!leaking) return;
    enumerate(options_.schedules, true);
    if (!report_.shortest_leak) shrink(*leaking);
}

/// Removes from a schedule that leaks every deviation without which it leaks as well.
void Explorer::shrink(const Schedule& leaking) {
    Schedule shortest = leaking;
    for (std::size_t at = leaking.choices.size(); at-- > 0 && !stop_.stop_requested();) {
        if (at >= shortest.choices.size() || shortest.choices[at] == 0) continue;
        Schedule shorter = shortest;
        shorter.choices[at] = 0;
        Chooser chooser(shorter);
        if (run(chooser).leaks()) shortest.choices = chooser.choices();
    }
    report_.shortest_leak = {std::move(shortest), false};
}

void Explorer::collect() {
    for (auto& [key, outcome] : outcomes_) {
        std::tie(outcome.output, outcome.ending, outcome.leaks, outcome.stales) = key;
        report_.outcomes.push_back(std::move(outcome));
    }
    std::ranges::stable_sort(report_.outcomes, std::ranges::greater(), &Outcome::count);
}

}  // namespace

Report explore(const Subject& subject, const Options& options, const std::stop_token& stop,
               std::atomic<std::uint32_t>* done) {
    return Explorer(subject, options, stop, done).explore();
}

}  // namespace loopscope::explore
