// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <functional>
#include <utility>

#include "core/trace/number_frame.hpp"
#include "core/trace/packed_events.hpp"

namespace loopscope::trace {
namespace {

using Numbers = std::span<const std::uint32_t>;

/// How many frames of a column are looked at, to choose how it is packed.
constexpr std::size_t tried_frames = 6;

/// Returns the part of some numbers that a frame has.
Numbers part(Numbers numbers, std::size_t frame) {
    const std::size_t begin = frame * NumberFrame::max_size;
    return numbers.subspan(begin, std::min<std::size_t>(numbers.size() - begin, NumberFrame::max_size));
}

std::size_t frame_count(Numbers numbers) {
    return (numbers.size() + NumberFrame::max_size - 1) / NumberFrame::max_size;
}

/// Returns how many words some of the frames of these numbers take: the same frames for as many numbers.
std::size_t words_of_some(Numbers numbers) {
    const std::size_t count = frame_count(numbers);
    const std::size_t stride = std::max<std::size_t>(count / tried_frames, 1);
    std::size_t words = 0;
    for (std::size_t frame = 0; frame < count; frame += stride) {
        const Numbers its = part(numbers, frame);
        words += NumberFrame(its).words(static_cast<std::uint32_t>(its.size()));
    }
    return words;
}

/// The different ones of some numbers, if they are few.
class List {
  public:
    static constexpr std::size_t max_size = 64;

    /// Writes to `places` where in the list each number is. Returns false if there are too many different
    /// ones.
    bool take(Numbers numbers, std::vector<std::uint32_t>& places) {
        places.resize(numbers.size());
        for (std::size_t each = 0; each < numbers.size(); ++each) {
            if (each > 0 && numbers[each] == numbers[each - 1]) {
                places[each] = places[each - 1];
                continue;
            }
            const std::uint8_t place = find(numbers[each]);
            if (place == none) return false;
            places[each] = place;
        }
        return true;
    }
    [[nodiscard]] const std::vector<std::uint32_t>& numbers() const { return numbers_; }

  private:
    static constexpr std::uint8_t none = 0xff;

    /// Returns the place of a number, which is added if it is new; `none`: there is no room for it.
    std::uint8_t find(std::uint32_t number) {
        for (std::uint32_t slot = number * 0x9e37'79b1U >> 24;; slot = (slot + 1) & 0xff) {
            std::uint8_t& place = slots_[slot];
            if (place != none && numbers_[place] == number) return place;
            if (place != none) continue;
            if (numbers_.size() == max_size) return none;
            place = static_cast<std::uint8_t>(numbers_.size());
            numbers_.push_back(number);
            return place;
        }
    }

    std::vector<std::uint32_t> numbers_;
    std::array<std::uint8_t, 256> slots_ = [] {
        std::array<std::uint8_t, 256> empty{};
        empty.fill(none);
        return empty;
    }();
};

}  // namespace

/// Fills PackedEvents.
class PackedEvents::Packer {
  public:
    Packer(std::span<const Event> events, PackedEvents& out) : events_(events), out_(out) {
        number_kinds();
        pack_groups();
        pack_times();
        pack_fields();
        out_.own_.push_back(0);  // NumberFrame reads 8 bytes where its last bits begin
        out_.own_.push_back(0);
        out_.own_.shrink_to_fit();
        out_.words_ = out_.own_.data();
        out_.word_count_ = out_.own_.size();
    }

  private:
    [[nodiscard]] std::uint32_t kind_of(const Event& event) const { return number_of_[event.head & 0xff]; }

    void number_kinds() {
        std::array<bool, 256> seen{};
        for (const Event& each : events_) {
            const std::uint32_t kind = each.head & 0xff;
            if (!std::exchange(seen[kind], true)) {
                number_of_[kind] = static_cast<std::uint8_t>(out_.kinds_.size());
                out_.kinds_.push_back({kind, {}, {}, {}});
                count_.push_back(0);
            }
            ++count_[number_of_[kind]];
        }
        out_.kinds_.shrink_to_fit();
        out_.plane_count_ = static_cast<std::uint32_t>(std::bit_width(out_.kinds_.size() - 1));
        out_.group_words_ = out_.planes_at() + out_.plane_count_ * bits_words;
    }

    void pack_groups() {
        const std::size_t groups = events_.size() / group_size;
        out_.groups_ = static_cast<std::uint32_t>(groups);
        out_.own_.resize(groups * out_.group_words_);
        std::vector<std::uint32_t> before(out_.kinds_.size());
        std::uint32_t since = Event::since_limit;  // of the event before: none
        for (std::size_t each = 0; each < groups; ++each) {
            std::uint32_t* const words = &out_.own_[each * out_.group_words_];
            words[0] = static_cast<std::uint32_t>(new_times_.size());
            for (std::uint32_t kind = 0; kind < before.size(); ++kind)
                words[ranks_at + kind / 2] |= before[kind] << kind % 2 * 16;
            for (std::uint32_t inside = 0; inside < group_size; ++inside) {
                const Event& event = events_[each * group_size + inside];
                const std::uint32_t kind = kind_of(event);
                ++before[kind];
                std::uint32_t* plane = words + out_.planes_at() + inside / 32;
                for (std::uint32_t bit = 0; bit < out_.plane_count_; ++bit, plane += bits_words)
                    *plane |= (kind >> bit & 1) << inside % 32;
                if (std::exchange(since, event.since()) == event.since()) continue;
                words[times_at + inside / 32] |= 1u << inside % 32;
                new_times_.push_back(since);
            }
        }
    }

    void pack_times() { out_.times_ = frames(new_times_); }

    void pack_fields() {
        // All fields of a kind side by side, kind by kind.
        std::vector<std::uint32_t> begins;
        std::uint32_t begin = 0;
        for (const std::uint32_t count : count_) begins.push_back(std::exchange(begin, begin + count));
        Fields all(events_.size());
        std::vector<std::uint32_t> next = begins;
        for (std::uint32_t place = 0; place < events_.size(); ++place) {
            const Event& event = events_[place];
            const std::uint32_t to = next[kind_of(event)]++;
            all.index[to] = out_.first_.value + place;
            all.subject[to] = event.subject;
            all.a[to] = event.a;
            all.b[to] = event.b;
        }
        for (std::size_t kind = 0; kind < begins.size(); ++kind) {
            const auto its = [&](const std::vector<std::uint32_t>& numbers) {
                return Numbers(numbers).subspan(begins[kind], count_[kind]);
            };
            Kinds& kinds = out_.kinds_[kind];
            kinds.subject = column(its(all.subject), its(all.index));
            kinds.a = column(its(all.a), its(all.index));
            kinds.b = column(its(all.b), its(all.index));
        }
    }

    struct Fields {
        explicit Fields(std::size_t count) : index(count), subject(count), a(count), b(count) {}
        std::vector<std::uint32_t> index, subject, a, b;
    };

    /// Packs numbers in the way that takes least, as far as some of them tell.
    Column column(Numbers numbers, Numbers events) {
        Column column;
        column.base = numbers.front();
        if (std::ranges::all_of(numbers, [&](std::uint32_t each) { return each == column.base; }))
            return column;
        const std::size_t plain = words_of_some(numbers);
        back_.resize(numbers.size());
        std::ranges::transform(events, numbers, back_.begin(), std::minus());
        const std::size_t back = words_of_some(back_);
        List list;
        if (list.take(numbers, places_)) {
            const std::size_t stride = std::max<std::size_t>(frame_count(numbers) / tried_frames, 1);
            const std::size_t its = list.numbers().size() / stride;  // as much of the list as of the frames
            if (words_of_some(places_) + its < std::min(plain, back)) {
                column.way = Column::Way::listed;
                column.list = static_cast<std::uint32_t>(out_.own_.size());
                out_.own_.insert(out_.own_.end(), list.numbers().begin(), list.numbers().end());
                column.frames = frames(places_);
                return column;
            }
        }
        column.way = back < plain ? Column::Way::back : Column::Way::plain;
        column.frames = frames(back < plain ? Numbers(back_) : numbers);
        return column;
    }

    /// Writes numbers in frames. Returns where they begin.
    std::uint32_t frames(Numbers numbers) {
        const auto begin = static_cast<std::uint32_t>(out_.own_.size());
        append_frames(numbers, out_.own_);
        return begin;
    }

    std::span<const Event> events_;
    PackedEvents& out_;
    std::array<std::uint8_t, 256> number_of_{};  // of each kind that there is
    std::vector<std::uint32_t> count_;           // by number of kind
    std::vector<std::uint32_t> new_times_;
    std::vector<std::uint32_t> back_, places_;  // kept, for their memory
};

PackedEvents::PackedEvents(std::span<const Event> events, EventIndex first) : first_(first) {
    assert(!events.empty() && events.size() % group_size == 0 && events.size() <= max_size);
    static_cast<void>(Packer(events, *this));
}

}  // namespace loopscope::trace
