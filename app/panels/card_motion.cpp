// SPDX-License-Identifier: MIT
#include "app/panels/card_motion.hpp"

#include <algorithm>

namespace loopscope::panels {
namespace {

using timeline::Rect;

constexpr Section all_sections[] = {Section::runs, Section::ready, Section::due, Section::waits};

float between(float from, float to, float share) {
    return from + (to - from) * share;
}

}  // namespace

CardMotion::Shown CardMotion::Way::now() const {
    const bool moves = elapsed < duration;
    if (elapsed < 0) return {from, 0, moves, crosses};
    const auto part = static_cast<float>(std::min(elapsed / duration, 1.0));
    const float share = part * part * (3 - 2 * part);  // starts and arrives slowly
    const Rect rect{between(from.x, to.x, share), between(from.y, to.y, share),
                    between(from.width, to.width, share), between(from.height, to.height, share)};
    return {moves ? rect : to, fades ? share : 1, moves, crosses && moves};
}

CardMotion::Way CardMotion::way_of(const PlacedCard& card, const PlacedCard* runs) const {
    const auto before = ways_.find({card.card.id, card.section});
    const bool has_run = runs && card.section != Section::runs && runs->card.id == card.card.id;
    if (has_run) {
        const bool ran_before = ways_.contains({runs->card.id, Section::runs});
        if (!ran_before) return {runs->rect, card.rect, -duration, false, true};
        if (before == ways_.end()) return {runs->rect, card.rect, 0, false, true};
    }
    if (before != ways_.end()) {
        if (before->second.to == card.rect) return before->second;
        return {before->second.now().rect, card.rect, std::min(before->second.elapsed, 0.0), false,
                before->second.now().crosses};
    }
    for (const Section section : all_sections) {
        const auto elsewhere = ways_.find({card.card.id, section});
        if (elsewhere != ways_.end()) return {elsewhere->second.now().rect, card.rect, 0, false, true};
    }
    return {card.rect, card.rect, 0, true, false};
}

void CardMotion::update(std::span<const PlacedCard> cards, double passed, bool at_once) {
    for (auto& [key, way] : ways_) way.elapsed = std::min(way.elapsed + passed, duration);
    const auto runs = std::ranges::find(cards, Section::runs, &PlacedCard::section);
    std::map<Key, Way> ways;
    shown_.clear();
    moving_ = false;
    for (const PlacedCard& card : cards) {
        const Way way = at_once ? Way{card.rect, card.rect, duration, false, false}
                                : way_of(card, runs == cards.end() ? nullptr : &*runs);
        ways.emplace(Key{card.card.id, card.section}, way);
        shown_.push_back(way.now());
        moving_ = moving_ || shown_.back().moving;
    }
    ways_ = std::move(ways);
}

}  // namespace loopscope::panels
