// SPDX-License-Identifier: MIT
#include "app/lesson/player.hpp"

#include <algorithm>
#include <cassert>

#include <fmt/format.h>

#include "app/session/drive.hpp"
#include "core/base/result.hpp"

namespace loopscope::lesson {

Result<Player> Player::create(Lesson lesson) {
    Player player(std::move(lesson));
    const Lesson& read = player.lesson_;
    Effort effort;
    Route route(read, effort);
    for (std::size_t at = 0; at < read.stops.size(); ++at) {
        LOOPSCOPE_TRY(spot, route.next());
        Prepared prepared{std::move(spot), {}};
        if (read.stops[at].ask != Ask::nothing) {
            auto question = make_question(prepared.spot, read.stops[at].ask, effort);
            if (!question)
                return fail(
                    fmt::format("{}:{}: {}", read.file, read.stops[at].line, question.error().message));
            prepared.question = std::move(*question);
        }
        player.stops_.push_back(std::move(prepared));
    }
    player.verdicts_.resize(read.stops.size());
    return player;
}

const Question* Player::question() const {
    const auto& question = stops_[stop_index_].question;
    return question ? &*question : nullptr;
}

void Player::go(std::size_t stop, session::Session& session) {
    stop_index_ = stop;
    const Prepared& prepared = stops_[stop];
    session.hold(false);
    session.open(feed_at(prepared.spot));
    session.seek(prepared.spot.cursor);
    if (!prepared.question) {
        phase_ = Phase::reading;
    } else if (verdicts_[stop]) {
        phase_ = Phase::revealed;
        reveal(*prepared.question, session);
    } else {
        phase_ = Phase::asking;
        session.hold(true);
    }
}

void Player::reveal(const Question& question, session::Session& session) {
    session.hold(false);
    drive(session, {.what = session::Pursuit::What::event, .event = question.shown_at});
}

Result<void> Player::predict(std::string_view words, session::Session& session) {
    assert(phase_ == Phase::asking);
    const Question& question = *stops_[stop_index_].question;
    LOOPSCOPE_TRY(choice, understand(question, words));
    reveal(question, session);
    verdicts_[stop_index_] = judge(session, question, choice);
    phase_ = Phase::revealed;
    return {};
}

bool Player::next(session::Session& session) {
    if (phase_ == Phase::asking || phase_ == Phase::over) return false;
    if (stop_index_ + 1 < lesson_.stops.size())
        go(stop_index_ + 1, session);
    else
        phase_ = Phase::over;
    return true;
}

bool Player::back(session::Session& session) {
    if (phase_ == Phase::over) {
        go(stop_index_, session);
        return true;
    }
    if (stop_index_ == 0) return false;
    go(stop_index_ - 1, session);
    return true;
}

void Player::replace(Player edited, session::Session& session) {
    const std::string heading = stop().heading;
    for (std::size_t at = 0; at < edited.stops_.size(); ++at) {
        const auto old = std::ranges::find(lesson_.stops, edited.lesson_.stops[at].heading, &Stop::heading);
        if (old == lesson_.stops.end()) continue;
        const auto was = static_cast<std::size_t>(old - lesson_.stops.begin());
        const auto& before = stops_[was].question;
        const auto& now = edited.stops_[at].question;
        const bool same = before && now && before->ask == now->ask && before->answer == now->answer &&
                          before->asked_at == now->asked_at;
        if (same) edited.verdicts_[at] = std::move(verdicts_[was]);
    }
    const auto same = std::ranges::find(edited.lesson_.stops, heading, &Stop::heading);
    const std::size_t stops = edited.lesson_.stops.size();
    const std::size_t stop_index = same != edited.lesson_.stops.end()
                                       ? static_cast<std::size_t>(same - edited.lesson_.stops.begin())
                                       : std::min(stop_index_, stops - 1);
    const bool was_over = phase_ == Phase::over;
    *this = std::move(edited);
    go(stop_index, session);
    if (was_over && phase_ != Phase::asking && stop_index + 1 == stops) phase_ = Phase::over;
}

Score Player::score() const {
    Score score;
    for (std::size_t at = 0; at < stops_.size(); ++at) {
        if (!stops_[at].question) continue;
        ++score.questions;
        if (!verdicts_[at]) continue;
        ++score.answered;
        if (verdicts_[at]->right) ++score.right;
    }
    return score;
}

}  // namespace loopscope::lesson
