// SPDX-License-Identifier: MIT
#include "app/timeline/draw_list_change.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <utility>

namespace loopscope::timeline {
namespace {

/// The room around a shape that smoothing may colour, in pixels.
constexpr float edge = 1.5F;
/// How many shapes at a place are compared with one: hardly ever are there more.
constexpr int max_tries = 8;

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

/// Returns the place at which a shape begins, as bits.
std::uint64_t bits_of(float x, float y) {
    return std::uint64_t{std::bit_cast<std::uint32_t>(x)} << 32 | std::bit_cast<std::uint32_t>(y);
}
std::uint64_t place_of(const Band& band) {
    return bits_of(band.rect.x, band.rect.y);
}
std::uint64_t place_of(const Quad& quad) {
    return bits_of(quad.rect.x, quad.rect.y);
}
std::uint64_t place_of(const Segment& segment) {
    return bits_of(segment.x0, segment.y0);
}
std::uint64_t place_of(const Glyph& glyph) {
    return bits_of(glyph.x, glyph.y);
}

/// What differs, as stretches of x for each horizontal stripe of the picture. So a line from top to bottom,
/// a sign far beside its end and the label of a lane make three narrow rectangles, and not one of all that
/// lies between.
class Stripes {
  public:
    void add(const Rect& rect) {
        if (rect.width <= 0 || rect.height <= 0) return;
        const auto first = static_cast<int>(std::floor((rect.y - edge) / height));
        const auto last = static_cast<int>(std::floor((rect.bottom() + edge) / height));
        for (int stripe = std::max(first, -1); stripe <= std::min(last, maximum); ++stripe)
            add({rect.x - edge, rect.right() + edge}, stretches_[stripe]);
    }

    /// Returns the stripes as rectangles: stretches below each other that are about as wide become one.
    [[nodiscard]] std::vector<Rect> rectangles() const {
        std::vector<Rect> all;
        for (const auto& [stripe, stretches] : stretches_) {
            for (const Stretch& its : stretches) {
                const Rect one{its.from, static_cast<float>(stripe) * height, its.to - its.from, height};
                if (std::ranges::none_of(all, [&](Rect& above) { return join(above, one); }))
                    all.push_back(one);
            }
        }
        return all;
    }

  private:
    struct Stretch {
        float from;
        float to;
    };

    /// Adds a stretch to those of a stripe, which lie apart from each other and are in order.
    static void add(Stretch added, std::vector<Stretch>& stretches) {
        const auto is_near = [&](const Stretch& each) {
            return each.from <= added.to + gap && added.from <= each.to + gap;
        };
        const auto begin = std::ranges::find_if(stretches, is_near);
        auto end = begin;
        for (; end != stretches.end() && is_near(*end); ++end) {
            added.from = std::min(added.from, end->from);
            added.to = std::max(added.to, end->to);
        }
        const auto place = stretches.erase(begin, end);
        const auto behind = [&](const Stretch& each) { return each.from > added.from; };
        stretches.insert(place == stretches.end() ? std::ranges::find_if(stretches, behind) : place, added);
    }

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
    static constexpr float gap = 128;     // that is cheaper to draw than one more rectangle, in pixels
    static constexpr float max_growth = 1.3F;
    static constexpr float small = 64 * 64;  // pixels that are cheaper to draw than one more rectangle

    std::map<int, std::vector<Stretch>> stretches_;
};

/// Adds what differs between two lists of shapes: those that do not stand in both in the same order. `same`
/// returns whether two shapes are the same, apart from a part that it has added.
template <class Shape, class Same>
void compare(const std::vector<Shape>& now, const std::vector<Shape>& before, const Same& same,
             Stripes& stripes) {
    std::size_t first = 0;
    const std::size_t shorter = std::min(now.size(), before.size());
    while (first < shorter && same(now[first], before[first])) ++first;
    std::size_t last = 0;
    while (last < shorter - first && same(now[now.size() - 1 - last], before[before.size() - 1 - last]))
        ++last;

    // Each lane may have got a shape at its end; so shapes between are found again by where they are.
    std::vector<std::pair<std::uint64_t, std::size_t>> places;
    for (std::size_t each = first; each + last < before.size(); ++each)
        places.emplace_back(place_of(before[each]), each);
    std::ranges::sort(places);
    std::size_t passed = first;  // of `before`: these were found again, or differ
    const auto find = [&](const Shape& shape) {
        const std::uint64_t its = place_of(shape);
        auto place = std::ranges::lower_bound(places, std::pair(its, passed));
        for (int tries = 0; tries < max_tries && place != places.end() && place->first == its;
             ++tries, ++place)
            if (same(shape, before[place->second])) return place->second;
        return before.size();
    };
    for (std::size_t each = first; each + last < now.size(); ++each) {
        const std::size_t found = find(now[each]);
        if (found == before.size()) {
            stripes.add(bounds_of(now[each]));
            continue;
        }
        for (; passed < found; ++passed) stripes.add(bounds_of(before[passed]));
        ++passed;
    }
    for (; passed + last < before.size(); ++passed) stripes.add(bounds_of(before[passed]));
}

/// Adds the part between two ends to the right.
void add_between(float one, float other, float y, float height, Stripes& stripes) {
    stripes.add({std::min(one, other), y, std::abs(one - other), height});
}

/// Returns whether two quads are the same, apart from how far they reach to the right. Adds that part.
bool same_quad(const Quad& one, const Quad& other, Stripes& stripes) {
    if (one == other) return true;
    Quad longer = other;
    longer.rect.width = one.rect.width;
    if (one != longer || one.radius > 0 || one.notch > 0) return false;
    const float right = std::max(one.rect.right(), other.rect.right());
    const float left = std::min(one.rect.right(), other.rect.right()) - one.border;
    add_between(left, right, one.rect.y, one.rect.height, stripes);
    return true;
}

/// Returns whether two segments are the same, apart from how far they reach to the right: what a task waits
/// for is a line up to the cursor. Adds that part.
bool same_segment(const Segment& one, const Segment& other, Stripes& stripes) {
    if (one == other) return true;
    Segment longer = other;
    longer.x1 = one.x1;
    const bool to_the_right = one.y0 == one.y1 && std::min(one.x1, other.x1) > one.x0;
    if (one != longer || !to_the_right) return false;
    const float reach = one.width + one.dash;  // the last dash is as long as there is room for it
    const float left = std::max(std::min(one.x1, other.x1) - reach, one.x0);
    add_between(left, std::max(one.x1, other.x1) + one.width, one.y0 - one.width / 2, one.width, stripes);
    return true;
}

std::span<const Texel> texels_of(const DrawList& list, const Band& band) {
    return std::span(list.texels).subspan(band.first, band.count);
}

/// Returns whether the columns of two bands lie at the same pixels, as far as both have them.
bool lie_alike(const Band& one, Band other) {
    other.first = one.first;  // where its texels stand is nothing that is seen
    other.count = one.count;
    other.rect.width = one.rect.width;
    other.fades_from = one.fades_from;
    return one == other;
}

/// Adds the part of a band in which its columns, or what is faded of it, differ from another's that lies
/// alike. Pixels mix the columns that they touch, so that those beside are taken in by the edge.
void compare(const Band& now, std::span<const Texel> columns, const Band& before,
             std::span<const Texel> others, Stripes& stripes) {
    const auto add = [&](float from, float to) {
        const float right = std::max(now.rect.right(), before.rect.right());
        add_between(std::clamp(from, now.rect.x, right), std::clamp(to, now.rect.x, right), now.rect.y,
                    now.rect.height, stripes);
    };
    if (now.fades_from != before.fades_from)
        add(std::min(now.fades_from, before.fades_from), std::max(now.fades_from, before.fades_from));
    const std::size_t longer = std::max(columns.size(), others.size());
    const auto first =
        std::ranges::mismatch(columns, others).in1 - columns.begin();  // both may be at their end
    std::size_t last = longer;
    if (columns.size() == others.size()) {
        while (last > static_cast<std::size_t>(first) && columns[last - 1] == others[last - 1]) --last;
    }
    if (static_cast<std::size_t>(first) == last) return;
    add(now.rect.x + now.column * static_cast<float>(first),
        now.rect.x + now.column * static_cast<float>(last));
}

}  // namespace

std::vector<Rect> changed_parts(const DrawList& now, const DrawList& before) {
    Stripes stripes;
    const auto same_band = [&](const Band& one, const Band& other) {
        if (!lie_alike(one, other)) return false;
        compare(one, texels_of(now, one), other, texels_of(before, other), stripes);
        return true;
    };
    const auto same = [](const Glyph& one, const Glyph& other) { return one == other; };
    const auto quads = [&](const Quad& one, const Quad& other) { return same_quad(one, other, stripes); };
    const auto segments = [&](const Segment& one, const Segment& other) {
        return same_segment(one, other, stripes);
    };
    for (std::size_t depth = 0; depth < DrawList::depths; ++depth) {
        const Layer& layer = now.layers.at(depth);
        const Layer& other = before.layers.at(depth);
        compare(layer.bands, other.bands, same_band, stripes);
        compare(layer.quads, other.quads, quads, stripes);
        compare(layer.segments, other.segments, segments, stripes);
        compare(layer.glyphs, other.glyphs, same, stripes);
    }
    return stripes.rectangles();
}

}  // namespace loopscope::timeline
