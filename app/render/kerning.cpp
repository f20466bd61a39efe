// SPDX-License-Identifier: MIT
#include "app/render/kerning.hpp"

#include <bit>

#include "core/base/first_not.hpp"

namespace loopscope::render {
namespace {

constexpr std::uint32_t gpos_tag = 0x47504f53;  // GPOS
constexpr std::uint32_t kern_tag = 0x6b65726e;  // kern
constexpr std::uint32_t of_pairs = 2;
constexpr std::uint32_t extension = 9;
constexpr std::uint32_t advance_bit = 4;  // of a value format: the advance of the first glyph

/// Returns how many bytes the values of a format take.
std::uint32_t size_of(std::uint32_t format) {
    return 2 * static_cast<std::uint32_t>(std::popcount(format & 0xffU));
}

}  // namespace

std::uint32_t Kerning::u16(Place at) const {
    if (at + 2 > font_.size()) return 0;
    return std::uint32_t{font_[at]} << 8U | font_[at + 1];
}

Kerning::Place Kerning::table(std::uint32_t tag) const {
    for (std::uint32_t each = 0; each < u16(4); ++each) {
        const Place record = 12 + Place{16} * each;
        if (u32(record) == tag) return u32(record + 8);
    }
    return 0;
}

Kerning::Kerning(std::span<const std::uint8_t> font) : font_(font) {
    const Place gpos = table(gpos_tag);
    if (gpos == 0) return;
    const Place features = gpos + u16(gpos + 6);
    const Place lookups = gpos + u16(gpos + 8);
    for (std::uint32_t each = 0; each < u16(features); ++each) {
        const Place record = features + 2 + Place{6} * each;
        if (u32(record) != kern_tag) continue;
        // All scripts' kerning is the same in the fonts that are used, so the first feature says enough.
        const Place feature = features + u16(record + 4);
        for (std::uint32_t lookup = 0; lookup < u16(feature + 2); ++lookup)
            add_lookup(lookups + u16(lookups + 2 + Place{2} * u16(feature + 4 + Place{2} * lookup)));
        return;
    }
}

void Kerning::add_lookup(Place lookup) {
    std::vector<Place> subtables;
    for (std::uint32_t each = 0; each < u16(lookup + 4); ++each) {
        Place subtable = lookup + u16(lookup + 6 + Place{2} * each);
        std::uint32_t type = u16(lookup);
        if (type == extension) {
            type = u16(subtable + 2);
            subtable += u32(subtable + 4);
        }
        if (type == of_pairs) subtables.push_back(subtable);
    }
    if (!subtables.empty()) lookups_.push_back(std::move(subtables));
}

Kerning::Place Kerning::range_of(Place first, std::uint32_t count, std::uint32_t glyph) const {
    const std::uint32_t range =
        first_not(0, count, [&](std::uint32_t each) { return u16(first + Place{6} * each + 2) < glyph; });
    const Place record = first + Place{6} * range;
    return range < count && u16(record) <= glyph ? record : 0;
}

int Kerning::covered(Place coverage, std::uint32_t glyph) const {
    const std::uint32_t count = u16(coverage + 2);
    if (u16(coverage) == 2) {
        const Place range = range_of(coverage + 4, count, glyph);
        return range == 0 ? -1 : static_cast<int>(u16(range + 4) + glyph - u16(range));
    }
    const std::uint32_t at =
        first_not(0, count, [&](std::uint32_t each) { return u16(coverage + 4 + Place{2} * each) < glyph; });
    return at < count && u16(coverage + 4 + Place{2} * at) == glyph ? static_cast<int>(at) : -1;
}

std::uint32_t Kerning::class_of(Place classes, std::uint32_t glyph) const {
    if (u16(classes) == 2) {
        const Place range = range_of(classes + 4, u16(classes + 2), glyph);
        return range == 0 ? 0 : u16(range + 4);
    }
    const std::uint32_t first = u16(classes + 2);
    const bool is_there = glyph >= first && glyph - first < u16(classes + 4);
    return is_there ? u16(classes + 6 + Place{2} * (glyph - first)) : 0;
}

Kerning::Place Kerning::values_for_glyphs(Place pairs, int at, std::uint32_t right,
                                          std::uint32_t size) const {
    const Place set = pairs + u16(pairs + 10 + 2 * static_cast<Place>(at));
    const Place record_size = 2 + Place{size};
    const std::uint32_t count = u16(set);
    const std::uint32_t found =
        first_not(0, count, [&](std::uint32_t each) { return u16(set + 2 + record_size * each) < right; });
    const Place record = set + 2 + record_size * found;
    return found < count && u16(record) == right ? record + 2 : 0;
}

Kerning::Place Kerning::values_for(Place pairs, std::uint32_t left, std::uint32_t right) const {
    const int at = covered(pairs + u16(pairs + 2), left);
    if (at < 0) return 0;
    const std::uint32_t size = size_of(u16(pairs + 4)) + size_of(u16(pairs + 6));
    if (u16(pairs) == 1) return values_for_glyphs(pairs, at, right, size);
    const std::uint32_t second_classes = u16(pairs + 14);
    const std::uint32_t first_class = class_of(pairs + u16(pairs + 8), left);
    const std::uint32_t second_class = class_of(pairs + u16(pairs + 10), right);
    if (u16(pairs) != 2 || first_class >= u16(pairs + 12) || second_class >= second_classes) return 0;
    return pairs + 16 + Place{size} * (Place{first_class} * second_classes + second_class);
}

int Kerning::between(int left, int right) const {
    int sum = 0;
    for (const std::vector<Place>& lookup : lookups_) {
        // The first subtable that has something for a pair is the one that counts.
        for (const Place pairs : lookup) {
            const Place values =
                values_for(pairs, static_cast<std::uint32_t>(left), static_cast<std::uint32_t>(right));
            if (values == 0) continue;
            const std::uint32_t format = u16(pairs + 4);
            if ((format & advance_bit) != 0)
                sum += static_cast<std::int16_t>(u16(values + size_of(format & (advance_bit - 1))));
            break;
        }
    }
    return sum;
}

}  // namespace loopscope::render
