// SPDX-License-Identifier: MIT
#include "app/timeline/flight.hpp"

#include <cmath>

namespace loopscope::timeline {
namespace {

/// Scales whose ratio differs less than this from 1 count as equal: the fixed point would be too far away.
constexpr double same = 1e-6;

}  // namespace

void Flight::start(const View& from, const View& goal) {
    from_ = from;
    goal_ = goal;
    passed_ = 0;
    from_.morph.reset();
    goal_.morph.reset();
    if (from.axis == goal.axis) return;
    // At the beginning, everything stays where it was on the old axis.
    Morph morph;
    morph.from = from.axis;
    morph.factor = from.scale / goal.scale;
    morph.offset = goal.origin - std::llround(static_cast<double>(from.origin) * morph.factor);
    from_ = goal_;
    from_.scroll = from.scroll;
    from_.morph = morph;
}

View Flight::advance(double passed) {
    passed_ += passed;
    if (passed_ >= length) return goal_;
    const double left = 1 - passed_ / length;
    const double share = 1 - left * left * left;
    View view = goal_;
    view.scroll = from_.scroll + (goal_.scroll - from_.scroll) * static_cast<float>(share);
    view.morph = from_.morph;
    if (view.morph) view.morph->share = share;
    const double ratio = goal_.scale / from_.scale;
    const auto way = static_cast<double>(goal_.origin - from_.origin);
    view.scale = from_.scale * std::pow(ratio, share);
    if (std::abs(ratio - 1) < same) {
        view.origin = from_.origin + std::llround(way * share);
    } else {
        const double fixed = way * ratio / (ratio - 1);  // from the origin to the fixed point
        view.origin = from_.origin + std::llround(fixed * (1 - from_.scale / view.scale));
    }
    return view;
}

}  // namespace loopscope::timeline
