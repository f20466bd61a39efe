// SPDX-License-Identifier: MIT
#include "app/session/kept_run.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::session {
namespace {

/// The maximum number of prints that one update compares, so that no frame waits for it.
constexpr std::uint32_t shown_at_once = 50'000;

/// Returns "global", or "global → contextvar" if the storage was switched during the run.
std::string storage_text(const feed::Setup& setup, const std::vector<feed::Switch>& switches) {
    constexpr std::size_t max_switches = 6;
    std::string text(name(setup.storage));
    const std::size_t left_out = switches.size() - std::min(switches.size(), max_switches);
    if (left_out > 0) text += fmt::format(" → … {} more", left_out);
    for (std::size_t each = left_out; each < switches.size(); ++each) {
        text += " → ";
        text += name(switches[each].storage);
    }
    return text;
}

/// Returns "asyncio's own order", or how far from that a schedule is, as "under …" goes on.
std::string schedule_text(std::string_view text) {
    const auto schedule = explore::parse_schedule(text);
    const std::size_t length = schedule ? explore::deviations(schedule->choices) : 0;
    if (length == 0) return "asyncio's own order";
    return fmt::format("a schedule with {} choice{} of its own", length, length == 1 ? "" : "s");
}

/// What is known of how a program was run: names and values.
using Settings = std::vector<scenario::Setting>;

Settings settings_of(const feed::Setup& setup, const std::vector<feed::Switch>& switches) {
    Settings settings = {{"program", std::string(setup.program->name)},
                         {"storage", storage_text(setup, switches)}};
    settings.insert(settings.end(), setup.arguments.settings().begin(), setup.arguments.settings().end());
    return settings;
}

Settings settings_of(const feed::Feed& feed) {
    if (feed.setup()) return settings_of(*feed.setup(), feed.switches());
    const feed::About about = feed.about();
    return {{"program", std::string(about.name)}, {"schedule", schedule_text(about.schedule)}};
}

/// Puts the cursor on the print with the same number as one of another trace, or on the last one.
void go_to_print(Session& session, std::optional<PrintIndex> print) {
    const auto& all = session.index().prints();
    if (print && !all.empty()) session.seek(all.event(std::min(*print, all.end_index() - 1)));
}

}  // namespace

void KeptRun::keep(const Session& session) {
    if (!session.setup()) return keep(session.branch());
    setup_ = *session.setup();
    switches_ = session.switches();
    branch_.reset();
    run_ = std::make_unique<Rerun>(setup_, Rerun::usual_limit, switches_);
    trace_ = 0;
}

void KeptRun::keep(std::shared_ptr<feed::Branch> branch) {
    run_.reset();
    branch_ = std::move(branch);
    trace_ = 0;
}

void KeptRun::release() {
    run_.reset();
    branch_.reset();
}

Side KeptRun::side() const {
    if (run_) return run_->side();
    return {branch_->feed->log(), branch_->index, branch_->feed->over()};
}

void KeptRun::swap(Session& session, Session::TimeBudget budget) {
    if (std::shared_ptr<feed::Branch> branch = branch_) {
        const std::optional<PrintIndex> print = session.index().last_print(session.cursor());
        keep(session);
        session.open(std::move(branch));
        return go_to_print(session, print);
    }
    const feed::Setup setup = setup_;
    const std::vector<feed::Switch> switches = switches_;
    keep(session);
    session.retry(setup, switches, budget, true);
}

bool KeptRun::update(const Session& session, std::uint32_t events) {
    if (!any()) return false;
    if (trace_ != session.index().serial()) {
        trace_ = session.index().serial();
        differences_.clear();
        next_ = {};
    }
    const bool grows = run_ && !run_->done() && run_->extend(events);
    const Side here = side_of(session);
    const Side kept = side();
    const PrintIndex end = next_ + shown_at_once;
    const auto known = [&](PrintIndex print) { return known_at(here, kept, print); };
    for (; known(next_) && next_ < end; ++next_) {
        if (differ_at(here, kept, next_)) differences_.push_back(next_);
    }
    return grows || known(next_);
}

std::vector<KeptRun::Row> KeptRun::rows(const Session& session) const {
    const Settings kept = run_ ? settings_of(setup_, switches_) : settings_of(*branch_->feed);
    std::vector<Row> rows;
    for (const auto& [name, value] : settings_of(session.feed())) {
        const auto found = std::ranges::find(kept, name, &scenario::Setting::first);
        rows.push_back({name, value, found == kept.end() ? std::string() : found->second});
    }
    return rows;
}

std::pair<std::string, std::string> KeptRun::names(const Session& session) const {
    std::pair<std::string, std::string> names;
    const auto add = [](std::string& text, const std::string& more) {
        if (!text.empty()) text += ", ";
        text += more;
    };
    for (const Row& row : rows(session)) {
        if (!row.differs()) continue;
        const bool plain = row.name == "program" || row.name == "storage" || row.name == "schedule";
        add(names.first, plain ? row.here : row.name + "=" + row.here);
        if (!row.kept.empty()) add(names.second, plain ? row.kept : row.name + "=" + row.kept);
    }
    if (names.first.empty()) names.first = "this run";
    if (names.second.empty()) names.second = "the kept run";
    return names;
}

}  // namespace loopscope::session
