#include "app/timeline/draw_list_change.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <span>

namespace loopscope::timeline {
namespace {

/// The room around a shape that smoothing may colour, in pixels.
constexpr float edge = 1.5F;

Rect bounds_of(const Band& band) {
    // The strokes of a band are within its rectangle.
    return band.rect;
}
Rect bounds_of(const Quad& quad) {
    return quad.rect;
}
Rect bounds_of(const Segment& segment) {
    const float half = segment.width / 2;
    const float x = std::min(segment.x0, segment.x1) - half;
    const float y = std::min(segment.y0, segment.y1) - half;
    return {x, y, std::abs(segment.x1 - segment.x0) + segment.width,
            std::abs(segment.y1 - segment.y0) + segment.width};
}
Rect bounds_of(const Glyph& glyph) {
    // No glyph of the fonts reaches further from its pen than this.
    return {glyph.x - glyph.size / 2, glyph.y - 1.5F * glyph.size, 2.5F * glyph.size, 2.2F * glyph.size};
}

/// What differs, as a stretch of x for each horizontal stripe of the picture. So a line from top to bottom
/// and a sign far beside its end make two narrow rectangles, and not one of all that lies between.
class Stripes {
  public:
    void add(const Rect& rect) {
        if (rect.width <= 0 || rect.height <= 0) return;
        const auto first = static_cast<int>(std::floor((rect.y - edge) / height));
        const auto last = static_cast<int>(std::floor((rect.bottom() + edge) / height));
        for (int stripe = std::max(first, -1); stripe <= std::min(last, maximum); ++stripe) {
            Stretch& its = stretches_[stripe];
            its.from = std::min(its.from, rect.x - edge);
            its.to = std::max(its.to, rect.right() + edge);
        }
    }

    /// Returns the stripes as rectangles: those that follow each other and are about as wide become one.
    [[nodiscard]] std::vector<Rect> rectangles() const {
        std::vector<Rect> all;
        for (const auto& [stripe, its] : stretches_) {
            const Rect one{its.from, static_cast<float>(stripe) * height, its.to - its.from, height};
            if (all.empty() || !join(all.back(), one)) all.push_back(one);
        }
        return all;
    }

  private:
    struct Stretch {
        float from = std::numeric_limits<float>::max();
        float to = std::numeric_limits<float>::lowest();
    };

    /// Adds a stripe to the rectangle above it, unless that would take in much that does not differ. Returns
    /// whether it did.
    static bool join(Rect& above, const Rect& stripe) {
        if (above.bottom() != stripe.y) return false;
        const float x = std::min(above.x, stripe.x);
        const float right = std::max(above.right(), stripe.right());
        const float together = (right - x) * (above.height + stripe.height);
        const float apart = above.width * above.height + stripe.width * stripe.height;
        if (together > max_growth * apart + small) return false;
        above = {x, above.y, right - x, above.height + stripe.height};
        return true;
    }

    static constexpr float height = 32;   // of a stripe, in pixels
    static constexpr int maximum = 1024;  // stripes: no picture is higher
    static constexpr float max_growth = 1.3F;
    static constexpr float small = 64 * 64;  // pixels that are cheaper to draw than one more rectangle

    std::map<int, Stretch> stretches_;
};

/// Adds what differs between two lists of shapes, apart from what they have in common at both ends.
template <class Shape, class Equal>
void compare(const std::vector<Shape>& now, const std::vector<Shape>& before, const Equal& equal,
             Stripes& stripes) {
    std::size_t first = 0;
    const std::size_t shorter = std::min(now.size(), before.size());
    while (first < shorter && equal(now[first], before[first])) ++first;
    std::size_t last = 0;
    while (last < shorter - first && equal(now[now.size() - 1 - last], before[before.size() - 1 - last]))
        ++last;
    for (const std::vector<Shape>* list : {&now, &before}) {
        for (std::size_t each = first; each + last < list->size(); ++each)
            stripes.add(bounds_of((*list)[each]));
    }
}

std::span<const Texel> texels_of(const DrawList& list, const Band& band) {
    return std::span(list.texels).subspan(band.first, band.count);
}

}  // namespace

std::vector<Rect> changed_parts(const DrawList& now, const DrawList& before) {
    Stripes stripes;
    const auto same_band = [&](const Band& one, const Band& other) {
        Band moved = other;
        moved.first = one.first;  // where its texels stand is nothing that is seen
        moved.fades_from = one.fades_from;
        if (one != moved || !std::ranges::equal(texels_of(now, one), texels_of(before, other))) return false;
        const auto [from, to] = std::minmax(one.fades_from, other.fades_from);
        const float left = std::clamp(from, one.rect.x, one.rect.right());
        const float right = std::clamp(to, one.rect.x, one.rect.right());
        stripes.add({left, one.rect.y, right - left, one.rect.height});
        return true;
    };
    const auto same = [](const auto& one, const auto& other) { return one == other; };
    for (std::size_t depth = 0; depth < DrawList::depths; ++depth) {
        const Layer& layer = now.layers.at(depth);
        const Layer& other = before.layers.at(depth);
        compare(layer.bands, other.bands, same_band, stripes);
        compare(layer.quads, other.quads, same, stripes);
        compare(layer.segments, other.segments, same, stripes);
        compare(layer.glyphs, other.glyphs, same, stripes);
    }
    return stripes.rectangles();
}

}  // namespace loopscope::timeline
