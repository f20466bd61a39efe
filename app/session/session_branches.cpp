// How a session comes to another branch: switches in the past, restarts, other parameters, undo.

#include <algorithm>
#include <utility>

#include "app/session/session.hpp"

namespace loopscope::session {
namespace {

constexpr std::size_t longest_history = 1000;

}  // namespace

void Session::mark(std::uint32_t event, const std::string& text) {
    std::erase_if(annotations_.marks, [&](const trace::Mark& mark) { return mark.event == event; });
    if (text.empty()) return;
    const auto after = std::ranges::upper_bound(annotations_.marks, event, {}, &trace::Mark::event);
    annotations_.marks.insert(after, {event, text});
}

void Session::keep_marks_shared_with(const trace::Log& other) {
    // No further than there are marks: traces are long.
    const std::uint32_t last = annotations_.marks.empty() ? 0 : annotations_.marks.back().event + 1;
    const std::uint32_t end = std::min({last, log().size(), other.size()});
    std::uint32_t shared = 0;
    while (shared < end && log()[shared] == other[shared]) ++shared;
    std::erase_if(annotations_.marks, [&](const trace::Mark& mark) { return mark.event >= shared; });
}

void Session::adopt(std::shared_ptr<feed::Branch> branch) {
    branch_ = std::move(branch);
    cursor_ = std::clamp(cursor_, first_event(), head());
}

void Session::adopt(std::shared_ptr<feed::Feed> feed) {
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();  // all of it now, so that not even the first seek waits
    adopt(std::move(branch));
}

void Session::replay(const feed::Setup& setup, const std::vector<feed::Switch>& switches,
                     std::uint32_t length, Patience patience, Arrive arrive, bool begins) {
    journey_.emplace(Journey{feed::Replay(setup, switches, length), std::move(arrive), begins});
    catch_up(patience);
}

bool Session::catch_up(Patience time) {
    if (!journey_) return true;
    if (!journey_->replay.advance(time)) return false;
    Journey over = *std::exchange(journey_, std::nullopt);
    over.arrive(*this, over.replay.take());
    return true;
}

Result<void> Session::can_select() const {
    if (held_) return fail("what comes next is what you are asked: answer first, then select a storage");
    return feed().can_select();
}

void Session::select(trace::Storage storage, Patience patience) {
    if (storage == this->storage() || !can_select()) return;
    if (at_head() && !over()) {
        remember();
        branch_->feed->select(storage);
        branch_->index.update(log());
        return go_to_head();
    }
    // At the end of a program that is over there is nothing left to read; so that the choice shows, it runs
    // again from the start.
    std::uint32_t cursor = at_head() ? first_event() : cursor_;
    std::vector<feed::Switch> kept;
    for (const feed::Switch& change : switches()) {
        if (change.after < cursor) kept.push_back(change);
    }
    // At the end the program may have begun with what is selected now.
    if (index().storage_at(cursor) != storage) kept.push_back({cursor++, storage});
    replay(*setup(), kept, cursor + 1, patience,
           [cursor](Session& session, std::shared_ptr<feed::Branch> branch) {
               session.remember();
               session.keep_marks_shared_with(branch->feed->log());
               session.adopt(std::move(branch));
               session.move(cursor);
           });
}

void Session::restart(const feed::Setup& setup) {
    open(std::make_unique<feed::ProgramFeed>(setup));
}

void Session::open(std::unique_ptr<feed::Feed> feed) {
    remember();
    annotations_ = {};
    adopt(std::shared_ptr<feed::Feed>(std::move(feed)));
    go_to_start();
}

void Session::open(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations) {
    remember();
    annotations_ = feed::in_order(std::move(annotations));
    adopt(std::move(branch));
    go_to_start();
}

void Session::retry(const feed::Setup& setup, const std::vector<feed::Switch>& switches, Patience patience,
                    bool begins) {
    begins = begins || (journey_ && journey_->begins);
    const std::uint32_t event = cursor_;
    const bool at_start = event == first_event();
    const std::size_t prints = index().prints_until(event);
    const auto arrive = [event, at_start, prints, begins](Session& session,
                                                          std::shared_ptr<feed::Branch> branch) {
        if (begins) session.remember();
        session.keep_marks_shared_with(branch->feed->log());
        session.adopt(std::move(branch));
        if (at_start) return session.go_to_start();
        if (event <= session.head()) return session.move(event);
        const auto& all = session.index().prints();
        const std::size_t count = std::min(prints, all.size());
        session.move(count == 0 ? session.head() : all[count - 1].event);
    };
    replay(setup, switches, at_start ? 0 : event + 1, patience, arrive, begins);
}

Session::Moment Session::here() const {
    if (!setup()) return {branch_, {}, {}, log().size(), cursor_, annotations_};
    return {{}, *setup(), switches(), log().size(), cursor_, annotations_};
}

void Session::remember() {
    ++remembered_;
    past_.push_back(here());
    if (past_.size() > longest_history) past_.erase(past_.begin());
    undone_.clear();
}

bool Session::runs(const Moment& moment) const {
    if (moment.recording) return moment.recording == branch_;
    return setup() && log().size() >= moment.length && moment.switches == switches() &&
           *moment.setup == *setup();
}

bool Session::return_to(Moments from, Moments to, Patience patience) {
    if (held_ || (this->*from).empty()) return false;
    const Moment moment = (this->*from).back();
    const auto arrive = [from, to](Session& session, std::shared_ptr<feed::Branch> branch) {
        (session.*to).push_back(session.here());
        Moment there = std::move((session.*from).back());
        (session.*from).pop_back();
        // What was written since about the same trace stays.
        if (branch != session.branch_) session.annotations_ = std::move(there.annotations);
        session.adopt(std::move(branch));
        session.move(there.cursor);
    };
    if (moment.recording)
        arrive(*this, moment.recording);
    else if (runs(moment))
        arrive(*this, branch_);
    else
        replay(*moment.setup, moment.switches, moment.length, patience, arrive);
    return true;
}

}  // namespace loopscope::session
