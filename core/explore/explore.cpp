// SPDX-License-Identifier: MIT
#include "core/explore/explore.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "core/base/pausing.hpp"
#include "core/base/result.hpp"
#include "core/explore/shrinking.hpp"

namespace loopscope::explore {
namespace {

/// Appends to `pending` the schedules with one more deviation than the run had, after its first `given`
/// choices. Returns false if there are more than fit into `room`.
bool add_children(const std::vector<Point>& points, std::size_t given, std::size_t room,
                  std::deque<Choices>& pending) {
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

/// Returns how good an example a schedule is: the less, the better. One that asyncio could follow comes
/// first.
std::tuple<bool, std::size_t> worth(bool possible, const Choices& choices) {
    return {!possible, deviations(choices)};
}

class Explorer {
  public:
    Explorer(Runner& runner, Options options, std::stop_token stop, std::atomic<std::uint32_t>* done)
        : runner_(runner), options_(std::move(options)), stop_(std::move(stop)), done_(done) {}

    Pausing<Result<Report>> explore() {
        Result<void> explored = co_await attempt();
        while (!explored && runner_.begins_anew()) {
            outcomes_.clear();
            report_ = {};
            if (done_) done_->store(0, std::memory_order_relaxed);
            explored = co_await attempt();
        }
        report_.cancelled = stop_.stop_requested();
        if (!explored && !report_.cancelled) co_return tl::unexpected(explored.error());
        if (report_.outcomes.empty()) collect();
        report_.notice = runner_.notice();
        co_return std::move(report_);
    }

  private:
    Pausing<Result<void>> attempt();
    /// Runs the program once, and pauses.
    Pausing<Result<Ran>> run(Order order);
    void count(const Ran& ran, const loop::Freedoms& freedoms);
    Pausing<Result<void>> sample();
    Pausing<Result<void>> enumerate(std::uint32_t limit, bool only_first_leak);
    Pausing<Result<void>> find_shortest_leak();
    Pausing<Result<void>> shorten_listed();
    Pausing<Result<void>> shorten(Outcome& outcome, std::uint32_t& budget);
    void improve(const Ran& ran, const loop::Freedoms& freedoms);
    Pausing<Result<void>> confirm();
    void collect();
    void put_listed_first();
    [[nodiscard]] Schedule schedule(Choices choices) const { return {options_.freedoms, std::move(choices)}; }
    [[nodiscard]] auto listed() { return std::span(report_.outcomes).first(report_.listed); }

    Runner& runner_;
    const Options options_;
    const std::stop_token stop_;
    std::atomic<std::uint32_t>* done_;
    std::map<Observed, Outcome> outcomes_;
    Observed ordinary_;  // what asyncio's own order comes to, once anything is counted
    Report report_;
};

Pausing<Result<void>> Explorer::attempt() {
    if (options_.exhaustive) {
        LOOPSCOPE_CO_CHECK(co_await enumerate(options_.schedules, false));
        collect();  // each example is the shortest
    } else {
        LOOPSCOPE_CO_CHECK(co_await sample());
        collect();
        LOOPSCOPE_CO_CHECK(co_await find_shortest_leak());
        LOOPSCOPE_CO_CHECK(co_await shorten_listed());
    }
    co_return co_await confirm();
}

Pausing<Result<Ran>> Explorer::run(Order order) {
    if (stop_.stop_requested()) co_return fail("the exploration was stopped", Error::Code::cancelled);
    Result<Ran> ran = runner_.run(order, stop_);
    if (ran && done_) done_->fetch_add(1, std::memory_order_relaxed);
    co_await Pause();
    co_return ran;
}

void Explorer::count(const Ran& ran, const loop::Freedoms& freedoms) {
    if (report_.schedules++ == 0) ordinary_ = ran.observed;
    const auto [position, is_new] = outcomes_.try_emplace(ran.observed);
    Outcome& outcome = position->second;
    ++outcome.count;
    const bool was_possible = outcome.possible > 0;
    const bool possible = is_possible(ran.points);
    if (possible) ++outcome.possible;
    Choices choices = choices_of(ran.points);
    if (is_new || worth(possible, choices) < worth(was_possible, outcome.example.choices))
        outcome.example = {freedoms, std::move(choices)};
}

Pausing<Result<void>> Explorer::sample() {
    loop::Freedoms real = options_.freedoms;
    real.ready = false;
    for (std::uint32_t number = 0; number < options_.schedules; ++number) {
        Order order{schedule({})};
        if (number > 0) {
            if (number % 2 == 0) order.schedule.freedoms = real;
            order.seed = options_.seed * 0x100000000U + number;
        }
        LOOPSCOPE_CO_TRY(ran, co_await run(order));
        count(ran, order.schedule.freedoms);
    }
    co_return Result<void>();
}

// Breadth first by the number of deviations from asyncio's own schedule: each schedule is run once, as a
// child of the one that lacks its last deviation; so the first one that leaks is the shortest.
Pausing<Result<void>> Explorer::enumerate(std::uint32_t limit, bool only_first_leak) {
    std::deque<Choices> pending(1);
    std::uint32_t ran_so_far = 0;
    bool all = true;
    for (; !pending.empty() && ran_so_far < limit; ++ran_so_far) {
        const std::size_t given = pending.front().size();
        const Order order{schedule(std::move(pending.front()))};
        pending.pop_front();
        LOOPSCOPE_CO_TRY(ran, co_await run(order));
        if (!only_first_leak) count(ran, options_.freedoms);
        if (ran.observed.leaks > 0 && !report_.shortest_leak) {
            report_.shortest_leak = {schedule(choices_of(ran.points)), true};
            if (only_first_leak) co_return Result<void>();
        }
        all = add_children(ran.points, given, limit - ran_so_far - 1, pending) && all;
    }
    if (!only_first_leak) report_.complete = all && pending.empty();
    co_return Result<void>();
}

Pausing<Result<void>> Explorer::find_shortest_leak() {
    const Schedule* leaking = nullptr;
    for (const Outcome& outcome : report_.outcomes) {
        const Schedule& each = outcome.example;
        if (outcome.leaks > 0 && (!leaking || deviations(each.choices) < deviations(leaking->choices)))
            leaking = &each;
    }
    if (!leaking) co_return Result<void>();
    LOOPSCOPE_CO_CHECK(co_await enumerate(options_.schedules, true));
    if (report_.shortest_leak) co_return Result<void>();
    std::uint32_t budget = options_.schedules;
    const Attempt attempt = [this](Schedule each) -> Pausing<Result<std::optional<Choices>>> {
        Order order{std::move(each)};  // a name: GCC 12 would destroy an aggregate without one twice
        LOOPSCOPE_CO_TRY(ran, co_await run(std::move(order)));
        co_return ran.observed.leaks > 0 ? std::optional(choices_of(ran.points)) : std::nullopt;
    };
    LOOPSCOPE_CO_TRY(shortest, co_await shrink(*leaking, budget, attempt));
    report_.shortest_leak = {std::move(shortest), false};
    co_return Result<void>();
}

/// Shortens the examples of the outcomes that are listed. Each gets an equal share of the runs that are left,
/// and those that failed come first.
Pausing<Result<void>> Explorer::shorten_listed() {
    std::vector<Outcome*> outcomes;
    for (Outcome& each : listed()) outcomes.push_back(&each);
    std::stable_partition(outcomes.begin(), outcomes.end(),
                          [](const Outcome* each) { return each->failed(); });
    std::uint32_t left = options_.schedules;
    for (std::size_t at = 0; at < outcomes.size(); ++at) {
        const auto share = static_cast<std::uint32_t>(left / (outcomes.size() - at));
        std::uint32_t budget = share;
        LOOPSCOPE_CO_CHECK(co_await shorten(*outcomes[at], budget));
        left -= share - budget;
    }
    co_return Result<void>();
}

Pausing<Result<void>> Explorer::shorten(Outcome& outcome, std::uint32_t& budget) {
    const bool possible = outcome.possible > 0;
    const loop::Freedoms freedoms = outcome.example.freedoms;
    const Attempt attempt = [&](Schedule each) -> Pausing<Result<std::optional<Choices>>> {
        Order order{std::move(each)};  // a name: GCC 12 would destroy an aggregate without one twice
        LOOPSCOPE_CO_TRY(ran, co_await run(std::move(order)));
        improve(ran, freedoms);
        const bool is_it = ran.observed == outcome && is_possible(ran.points) >= possible;
        co_return is_it ? std::optional(choices_of(ran.points)) : std::nullopt;
    };
    LOOPSCOPE_CO_TRY(shortest, co_await shrink(outcome.example, budget, attempt));
    if (deviations(shortest.choices) < deviations(outcome.example.choices))
        outcome.example = std::move(shortest);
    co_return Result<void>();
}

/// Has a run that was made for another outcome's sake be the example of its own, if it is a better one.
void Explorer::improve(const Ran& ran, const loop::Freedoms& freedoms) {
    for (Outcome& each : listed()) {
        if (ran.observed != each) continue;
        Choices choices = choices_of(ran.points);
        if (worth(is_possible(ran.points), choices) < worth(each.possible > 0, each.example.choices))
            each.example = {freedoms, std::move(choices)};
    }
}

Pausing<Result<void>> Explorer::confirm() {
    for (const Outcome& each : listed()) {
        LOOPSCOPE_CO_CHECK(runner_.confirm(each.example, each, stop_));
        co_await Pause();
    }
    co_return Result<void>();
}

void Explorer::collect() {
    for (auto& [observed, outcome] : outcomes_) {
        static_cast<Observed&>(outcome) = observed;
        report_.outcomes.push_back(std::move(outcome));
    }
    std::ranges::stable_sort(report_.outcomes, std::ranges::greater(), &Outcome::count);
    put_listed_first();
    const auto ordinary =
        std::ranges::find_if(report_.outcomes, [this](const Observed& each) { return each == ordinary_; });
    if (ordinary != report_.outcomes.end())
        report_.ordinary = static_cast<std::size_t>(ordinary - report_.outcomes.begin());
}

/// Has those that failed be among the listed ones, however rare they are, and then the most frequent.
void Explorer::put_listed_first() {
    std::vector<Outcome> all = std::exchange(report_.outcomes, {});
    std::size_t left = report_.listed = std::min<std::size_t>(all.size(), options_.listed);
    std::vector<bool> is_listed(all.size());
    for (const bool failed : {true, false}) {
        for (std::size_t at = 0; at < all.size() && left > 0; ++at) {
            if (all[at].failed() != failed) continue;
            is_listed[at] = true;
            --left;
        }
    }
    for (const bool listed : {true, false}) {
        for (std::size_t at = 0; at < all.size(); ++at) {
            if (is_listed[at] == listed) report_.outcomes.push_back(std::move(all[at]));
        }
    }
}

}  // namespace

Pausing<Result<Report>> explore_in_parts(Runner& runner, Options options, std::stop_token stop,
                                         std::atomic<std::uint32_t>* done) {
    Explorer explorer(runner, std::move(options), std::move(stop), done);
    co_return co_await explorer.explore();
}

Result<Report> explore(Runner& runner, const Options& options, const std::stop_token& stop,
                       std::atomic<std::uint32_t>* done) {
    return explore_in_parts(runner, options, stop, done).complete();
}

}  // namespace loopscope::explore
