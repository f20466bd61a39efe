#include "app/panels/frame.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::panels {

Frame::Frame(gl::Size size, float scale, Shown shown) {
    const auto width = static_cast<float>(size.width);
    bar = {0, 0, width, std::round(60 * scale)};
    if (shown.caption) caption = {0, bar.bottom(), width, std::round(74 * scale)};
    const float top = bar.height + caption.height;
    if (shown.tracks)
        arrange_tracks(top, size, scale, shown.present);
    else if (shown.present)
        arrange_presented(top, size, scale, shown.lesson);
    else
        arrange(top, size, scale, shown.lesson);
}

void Frame::arrange(float top, gl::Size size, float scale, bool has_lesson) {
    const auto px = [&](float design) { return std::round(design * scale); };
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const float body = height - top;
    // The column takes at most half of a narrow window.
    const float side = std::round(std::min(std::clamp(width * 0.308F, px(380), px(640)), width / 2));
    // A lesson's text needs more room than SOURCE and WHY.
    const float below = has_lesson ? std::round(std::clamp(height * 0.37F, px(230), px(430)))
                                   : std::round(std::clamp(height * 0.3F, px(190), px(360)));
    const float left = width - side;
    timeline = {0, top, left, body - below};
    // OUTPUT is beside SOURCE and WHY; LOOP and STORAGE share the height above it.
    loop = {left, top, side, std::round((body - below) * 0.6F)};
    storage = {left, loop.bottom(), side, body - below - loop.height};
    output = {left, storage.bottom(), side, below};
    if (has_lesson) {
        lesson = {0, timeline.bottom(), left, below};
        return;
    }
    source = {0, timeline.bottom(), std::round(left * 0.52F), below};
    why = {source.width, timeline.bottom(), left - source.width, below};
}

// The timeline has all of the width: tracks may be many, and names are long.
void Frame::arrange_tracks(float top, gl::Size size, float scale, bool presented) {
    const auto px = [&](float design) { return std::round(design * scale); };
    const auto width = static_cast<float>(size.width);
    const float body = static_cast<float>(size.height) - top;
    const float below =
        presented ? px(64)
                  : std::round(std::clamp(static_cast<float>(size.height) * 0.26F, px(190), px(320)));
    timeline = {0, top, width, body - below};
    if (presented) {
        why = {0, timeline.bottom(), width, below};
        return;
    }
    details = {0, timeline.bottom(), std::round(width * 0.5F), below};
    why = {details.width, timeline.bottom(), width - details.width, below};
}

void Frame::arrange_presented(float top, gl::Size size, float scale, bool has_lesson) {
    const auto px = [&](float design) { return std::round(design * scale); };
    const auto width = static_cast<float>(size.width);
    const float body = static_cast<float>(size.height) - top;
    const float sentence = has_lesson ? 0 : px(64);
    const float below = std::round(std::clamp(body * (has_lesson ? 0.42F : 0.3F), px(210), px(400)));
    const float side = std::round(width * (has_lesson ? 0.66F : 0.6F));
    timeline = {0, top, has_lesson ? side : width, body - below - sentence};
    if (has_lesson) {
        storage = {side, top, width - side, timeline.height};
        lesson = {0, timeline.bottom(), side, below};
    } else {
        storage = {0, timeline.bottom(), side, below};
    }
    output = {side, timeline.bottom(), width - side, below};
    if (!has_lesson) why = {0, output.bottom(), width, sentence};
}

}  // namespace loopscope::panels
