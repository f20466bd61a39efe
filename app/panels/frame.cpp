// SPDX-License-Identifier: MIT
#include "app/panels/frame.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::panels {

using timeline::Rect;

namespace {

/// The minimum sides of what a border divides, in design pixels, where there is room for both.
constexpr float min_wide = 200;
constexpr float min_high = 120;

}  // namespace

float Frame::Handle::share_at(float place) const {
    return to == from ? 0 : std::clamp((place - from) / (to - from), 0.0F, 1.0F);
}

/// Places the panels of a frame.
class Frame::Arrangement {
  public:
    Arrangement(Frame& frame, Rect room, float height, float scale, const FrameChoice& choice)
        : frame_(frame), room_(room), height_(height), scale_(scale), choice_(choice) {}

    void usual(bool has_lesson);
    void tracks(bool presented);
    void presented(bool has_lesson);

  private:
    [[nodiscard]] float px(float design) const { return std::round(design * scale_); }
    [[nodiscard]] bool shows(Part part) const { return choice_.shows(part); }
    /// Returns the length of one of the two parts of `all` pixels, which a border divides: as chosen, or else
    /// as `usual`.
    [[nodiscard]] float length(Border border, float all, float usual, float least) const {
        const auto share = choice_.share(border);
        if (!share) return usual;
        const float end = std::min(px(least), std::floor(all / 2));
        return std::clamp(std::round(all * *share), end, all - end);
    }
    /// Adds the upright border at the left of a rectangle. `right`: its share is that of the part at the
    /// right.
    void upright(Border border, const Rect& at, const Rect& all, bool right) {
        frame_.handles.push_back({border,
                                  true,
                                  {at.x, at.y, 0, at.height},
                                  right ? all.right() : all.x,
                                  right ? all.x : all.right()});
    }
    /// Adds the border at the top of a rectangle. `lower`: its share is that of the part below.
    void level(Border border, const Rect& at, const Rect& all, bool lower) {
        frame_.handles.push_back({border,
                                  false,
                                  {at.x, at.y, at.width, 0},
                                  lower ? all.bottom() : all.y,
                                  lower ? all.y : all.bottom()});
    }
    /// Divides a rectangle into two columns if both are shown. `share` is that of the first one.
    void columns(Border border, const Rect& all, float usual, bool has_first, bool has_second, Rect& first,
                 Rect& second);
    void column(const Rect& side, float below);

    Frame& frame_;
    Rect room_;
    float height_;  // of the window
    float scale_;
    const FrameChoice& choice_;
};

Frame::Frame(gl::Size size, float scale, Shown shown, const FrameChoice& choice) {
    const auto width = static_cast<float>(size.width);
    bar = {0, 0, width, std::round(60 * scale)};
    if (shown.caption) caption = {0, bar.bottom(), width, std::round(74 * scale)};
    const float top = bar.height + caption.height;
    const auto height = static_cast<float>(size.height);
    Arrangement arrangement(*this, {0, top, width, height - top}, height, scale, choice);
    if (shown.tracks)
        arrangement.tracks(shown.present);
    else if (shown.present)
        arrangement.presented(shown.lesson);
    else
        arrangement.usual(shown.lesson);
}

void Frame::Arrangement::columns(Border border, const Rect& all, float usual, bool has_first, bool has_second,
                                 Rect& first, Rect& second) {
    const float width = !has_second ? all.width : !has_first ? 0 : length(border, all.width, usual, min_wide);
    if (has_first) first = {all.x, all.y, width, all.height};
    if (has_second) second = {all.x + width, all.y, all.width - width, all.height};
    if (has_first && has_second) upright(border, second, all, false);
}

// OUTPUT is beside SOURCE and WHY; LOOP and STORAGE share the height above it.
void Frame::Arrangement::column(const Rect& side, float below) {
    const bool has_output = shows(Part::output);
    const bool has_above = shows(Part::loop) || shows(Part::storage);
    const float lower = !has_output ? 0 : !has_above ? side.height : below;
    const float above = side.height - lower;
    const float first = !shows(Part::storage) ? above
                        : !shows(Part::loop)
                            ? 0
                            : length(Border::loop, above, std::round(above * 0.6F), min_high);
    if (shows(Part::loop)) frame_.loop = {side.x, side.y, side.width, first};
    if (shows(Part::storage)) frame_.storage = {side.x, side.y + first, side.width, above - first};
    if (has_output) frame_.output = {side.x, side.y + above, side.width, lower};
    if (shows(Part::loop) && shows(Part::storage))
        level(Border::loop, frame_.storage, {side.x, side.y, side.width, above}, false);
}

void Frame::Arrangement::usual(bool has_lesson) {
    const bool has_side = shows(Part::loop) || shows(Part::storage) || shows(Part::output);
    const bool has_below = has_lesson || shows(Part::source) || shows(Part::why);
    const float width = room_.width;
    // The column takes at most half of a narrow window.
    const float usual_side = std::round(std::min(std::clamp(width * 0.308F, px(380), px(640)), width / 2));
    const float side = has_side ? length(Border::side, width, usual_side, min_wide) : 0;
    // A lesson's text needs more room than SOURCE and WHY.
    const float usual_below = has_lesson ? std::round(std::clamp(height_ * 0.37F, px(230), px(430)))
                                         : std::round(std::clamp(height_ * 0.3F, px(190), px(360)));
    const Border border = has_lesson ? Border::lesson : Border::below;
    const float below = length(border, room_.height, usual_below, min_high);
    const Rect left = {0, room_.y, width - side, room_.height};
    const float lower = has_below ? below : 0;
    frame_.timeline = {0, left.y, left.width, left.height - lower};
    const Rect under = {0, frame_.timeline.bottom(), left.width, lower};
    if (has_side) {
        const Rect column = {left.width, room_.y, side, room_.height};
        this->column(column, below);
        upright(Border::side, column, room_, true);
    }
    if (!has_below) return;
    level(border, under, room_, true);
    if (has_lesson)
        frame_.lesson = under;
    else
        columns(Border::source, under, std::round(left.width * 0.52F), shows(Part::source), shows(Part::why),
                frame_.source, frame_.why);
}

// The timeline has all of the width: tracks may be many, and names are long.
void Frame::Arrangement::tracks(bool presented) {
    const float usual = std::round(std::clamp(height_ * 0.26F, px(190), px(320)));
    const bool has_below = shows(Part::why) || (!presented && shows(Part::details));
    const float below = !has_below  ? 0
                        : presented ? px(64)
                                    : length(Border::tracks, room_.height, usual, min_high);
    frame_.timeline = {0, room_.y, room_.width, room_.height - below};
    const Rect under = {0, frame_.timeline.bottom(), room_.width, below};
    if (!has_below) return;
    if (presented) {
        frame_.why = under;
        return;
    }
    level(Border::tracks, under, room_, true);
    columns(Border::details, under, std::round(room_.width * 0.5F), shows(Part::details), shows(Part::why),
            frame_.details, frame_.why);
}

// A lesson keeps its proportions: those of the panels beside it are chosen without one.
void Frame::Arrangement::presented(bool has_lesson) {
    const float sentence = has_lesson || !shows(Part::why) ? 0 : px(64);
    const float body = room_.height;
    const float usual = std::round(std::clamp(body * (has_lesson ? 0.42F : 0.3F), px(210), px(400)));
    const Rect above = {0, room_.y, room_.width, body - sentence};
    if (has_lesson) {
        const float side = std::round(room_.width * 0.66F);
        frame_.timeline = {0, above.y, side, above.height - usual};
        frame_.storage = {side, above.y, above.width - side, frame_.timeline.height};
        frame_.lesson = {0, frame_.timeline.bottom(), side, usual};
        frame_.output = {side, frame_.lesson.y, above.width - side, usual};
        return;
    }
    const bool has_below = shows(Part::storage) || shows(Part::output);
    const float below = has_below ? length(Border::presented, above.height, usual, min_high) : 0;
    frame_.timeline = {0, above.y, above.width, above.height - below};
    const Rect under = {0, frame_.timeline.bottom(), above.width, below};
    if (has_below) level(Border::presented, under, above, true);
    columns(Border::presented_side, under, std::round(room_.width * 0.6F), has_below && shows(Part::storage),
            has_below && shows(Part::output), frame_.storage, frame_.output);
    if (sentence > 0) frame_.why = {0, above.bottom(), room_.width, sentence};
}

}  // namespace loopscope::panels
