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
/// The heights in which LOOP, STORAGE and the timeline can show something, in design pixels.
constexpr float least_loop = 172;
constexpr float least_storage = 132;
constexpr float least_timeline = 190;

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
    void fold(Part part) { frame_.folded.set(static_cast<std::size_t>(part)); }
    [[nodiscard]] float title() const { return px(Frame::title_height); }
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
    /// Divides a rectangle as above; if it is too narrow for both, one is folded to its title above the
    /// other.
    void columns_of(Border border, const Rect& all, float usual, Part one, Part other, Rect& first,
                    Rect& second);
    void column(const Rect& side, float below);
    /// Returns how much of a height LOOP gets, above STORAGE. Folds what has no room.
    [[nodiscard]] float loop_height(float above);
    /// Returns the height of the panels below the timeline, and folds them where that would have no room.
    [[nodiscard]] float height_below(Border border, float usual, Part one, Part other);

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
    const float room = side.height - (has_output ? below : 0);
    const float first = loop_height(room);
    // Where both are folded, OUTPUT has the rest.
    const bool is_title = has_above && (!shows(Part::loop) || frame_.is_folded(Part::loop)) &&
                          (!shows(Part::storage) || frame_.is_folded(Part::storage));
    const float titles = (shows(Part::loop) && shows(Part::storage) ? 2 : 1) * title();
    const float above = !has_above ? 0 : has_output ? (is_title ? titles : room) : side.height;
    if (shows(Part::loop)) frame_.loop = {side.x, side.y, side.width, shows(Part::storage) ? first : above};
    if (shows(Part::storage)) frame_.storage = {side.x, side.y + first, side.width, above - first};
    if (has_output) frame_.output = {side.x, side.y + above, side.width, side.height - above};
    if (shows(Part::loop) && shows(Part::storage) && !frame_.is_folded(Part::loop) &&
        !frame_.is_folded(Part::storage))
        level(Border::loop, frame_.storage, {side.x, side.y, side.width, above}, false);
}

float Frame::Arrangement::loop_height(float above) {
    const float of_loop = px(least_loop);
    const float of_storage = px(least_storage);
    if (!shows(Part::loop) || !shows(Part::storage)) {
        if (shows(Part::loop) && above < of_loop) fold(Part::loop);
        if (shows(Part::storage) && above < of_storage) fold(Part::storage);
        return shows(Part::loop) ? (frame_.is_folded(Part::loop) ? title() : above) : 0;
    }
    if (above >= of_loop + of_storage)
        return std::clamp(length(Border::loop, above, std::round(above * 0.6F), min_high), of_loop,
                          above - of_storage);
    const bool prefers_loop = choice_.preferred() == Part::loop && above >= of_loop + title();
    if (!prefers_loop) fold(Part::loop);
    if (prefers_loop || above < of_storage + title()) fold(Part::storage);
    return prefers_loop ? above - title() : title();
}

float Frame::Arrangement::height_below(Border border, float usual, Part one, Part other) {
    const float below = length(border, room_.height, usual, min_high);
    if (choice_.share(border) || room_.height - below >= px(least_timeline)) return below;
    for (const Part part : {one, other}) {
        if (shows(part)) fold(part);
    }
    return title();
}

void Frame::Arrangement::columns_of(Border border, const Rect& all, float usual, Part one, Part other,
                                    Rect& first, Rect& second) {
    const bool has_both = shows(one) && shows(other);
    const bool is_folded = frame_.is_folded(one) || frame_.is_folded(other);
    if (!has_both || is_folded || all.width >= 2 * px(min_wide))
        return columns(border, all, usual, shows(one), shows(other), first, second);
    const bool prefers_one = choice_.preferred() == one;
    fold(prefers_one ? other : one);
    (prefers_one ? second : first) = Rect{all.x, all.y, all.width, title()};
    (prefers_one ? first : second) = Rect{all.x, all.y + title(), all.width, all.height - title()};
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
    const float below = has_lesson ? length(border, room_.height, usual_below, min_high)
                                   : height_below(border, usual_below, Part::source, Part::why);
    const Rect left = {0, room_.y, width - side, room_.height};
    const float lower = has_below ? below : 0;
    frame_.timeline = {0, left.y, left.width, left.height - lower};
    const Rect under = {0, frame_.timeline.bottom(), left.width, lower};
    if (has_side) {
        const Rect column = {left.width, room_.y, side, room_.height};
        const bool is_folded = frame_.is_folded(Part::source) || frame_.is_folded(Part::why);
        this->column(column, is_folded ? usual_below : below);
        upright(Border::side, column, room_, true);
    }
    if (!has_below) return;
    level(border, under, room_, true);
    if (has_lesson)
        frame_.lesson = under;
    else
        columns_of(Border::source, under, std::round(left.width * 0.52F), Part::source, Part::why,
                   frame_.source, frame_.why);
}

// The timeline has all of the width: tracks may be many, and names are long.
void Frame::Arrangement::tracks(bool presented) {
    const float usual = std::round(std::clamp(height_ * 0.26F, px(190), px(320)));
    const bool has_below = shows(Part::why) || (!presented && shows(Part::details));
    const float below = !has_below  ? 0
                        : presented ? px(64)
                                    : height_below(Border::tracks, usual, Part::details, Part::why);
    frame_.timeline = {0, room_.y, room_.width, room_.height - below};
    const Rect under = {0, frame_.timeline.bottom(), room_.width, below};
    if (!has_below) return;
    if (presented) {
        frame_.why = under;
        return;
    }
    level(Border::tracks, under, room_, true);
    columns_of(Border::details, under, std::round(room_.width * 0.5F), Part::details, Part::why,
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
