#include "app/session/kept_run.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::session {
namespace {

/// The maximum number of prints that one update compares, so that no frame waits for it.
constexpr std::uint32_t shown_at_once = 50'000;

/// Returns "global", or "global → contextvar" if the storage was switched during the run.
std::string storage_text(const feed::Setup& setup, const std::vector<feed::Switch>& switches) {
    constexpr std::size_t max_named = 6;
    std::string text(name(setup.storage));
    const std::size_t left_out = switches.size() - std::min(switches.size(), max_named);
    if (left_out > 0) text += fmt::format(" → … {} more", left_out);
    for (std::size_t each = left_out; each < switches.size(); ++each) {
        text += " → ";
        text += name(switches[each].storage);
    }
    return text;
}

std::string value_of(const feed::Setup& setup, std::string_view parameter) {
    const auto& settings = setup.arguments.settings();
    const auto found = std::ranges::find(settings, parameter, &scenario::Setting::first);
    return found == settings.end() ? std::string() : found->second;
}

}  // namespace

bool KeptRun::keep(const Session& session) {
    if (!session.setup()) return false;
    setup_ = *session.setup();
    switches_ = session.switches();
    run_ = std::make_unique<Rerun>(setup_, Rerun::usual_limit, switches_);
    trace_ = 0;
    return true;
}

void KeptRun::swap(Session& session, Session::TimeBudget budget) {
    const feed::Setup setup = setup_;
    const std::vector<feed::Switch> switches = switches_;
    keep(session);
    session.retry(setup, switches, budget, true);
}

bool KeptRun::update(const Session& session, std::uint32_t events) {
    if (!run_) return false;
    if (trace_ != session.index().serial()) {
        trace_ = session.index().serial();
        differences_.clear();
        next_ = {};
    }
    const bool grows = !run_->done() && run_->extend(events);
    const Side here = side_of(session);
    const Side kept = run_->side();
    const PrintIndex end = next_ + shown_at_once;
    const auto known = [&](PrintIndex print) { return known_at(here, kept, print); };
    for (; known(next_) && next_ < end; ++next_) {
        if (differ_at(here, kept, next_)) differences_.push_back(next_);
    }
    return grows || known(next_);
}

std::vector<KeptRun::Row> KeptRun::rows(const Session& session) const {
    std::vector<Row> rows;
    if (!session.setup()) return rows;
    const feed::Setup& here = *session.setup();
    rows.push_back({"program", std::string(here.program->name), std::string(setup_.program->name)});
    rows.push_back({"storage", storage_text(here, session.switches()), storage_text(setup_, switches_)});
    for (const auto& [name, value] : here.arguments.settings())
        rows.push_back({name, value, value_of(setup_, name)});
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
        const bool plain = row.name == "program" || row.name == "storage";
        add(names.first, plain ? row.here : row.name + "=" + row.here);
        if (!row.kept.empty()) add(names.second, plain ? row.kept : row.name + "=" + row.kept);
    }
    if (names.first.empty()) names.first = "this run";
    if (names.second.empty()) names.second = "the kept run";
    return names;
}

}  // namespace loopscope::session
