// SPDX-License-Identifier: MIT
#include "app/session/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/explain/output_line.hpp"
#include "core/explain/words.hpp"

namespace loopscope::session {

std::string cell_text(const Side& side, PrintIndex print) {
    const std::string_view text = side.text(print);
    return text == "\n" ? std::string() : explain::in_one_line(text);
}

bool differ_at(const Side& one, const Side& other, PrintIndex print) {
    const bool in_one = one.has(print);
    const bool in_other = other.has(print);
    if (in_one && in_other) return one.text(print) != other.text(print);
    if (in_one) return other.over;
    return in_other && one.over;
}

bool known_at(const Side& one, const Side& other, PrintIndex print) {
    const bool in_one = one.has(print);
    const bool in_other = other.has(print);
    return (in_one && in_other) || (in_one && other.over) || (in_other && one.over);
}

bool FirstDifference::advance(const Side& one, const Side& other) {
    constexpr std::uint32_t shown_at_once = 5'000;
    const PrintIndex end = next_ + shown_at_once;
    for (; !found_ && next_ < end && known_at(one, other, next_); ++next_) {
        if (differ_at(one, other, next_)) found_ = next_;
    }
    return !found_ && known_at(one, other, next_);
}

bool Rerun::extend(std::uint32_t events) {
    const std::uint32_t until = std::min(limit_, log().size() + std::min(events, limit_));
    if (!done()) feed_.poll({.length = until});
    index_.update(log());
    return !done();
}

Comparison::Comparison(const Side& one, const Side& other) : one_(one), other_(other) {
    for (PrintIndex print; print < end_index(); ++print) {
        if (differs(print)) differences_.push_back(print);
    }
}

std::optional<PrintIndex> Comparison::first_difference() const {
    if (differences_.empty()) return std::nullopt;
    return differences_.front();
}

std::optional<PrintIndex> Comparison::next_difference(EventIndex cursor) const {
    const auto next = std::ranges::lower_bound(differences_, one_.index.print_after(cursor));
    if (next == differences_.end()) return std::nullopt;
    return *next;
}

std::optional<PrintIndex> Comparison::previous_difference(EventIndex cursor) const {
    const PrintIndex end = cursor ? one_.index.print_after(cursor - 1) : PrintIndex{};
    const auto next = std::ranges::lower_bound(differences_, end);
    if (next == differences_.begin()) return std::nullopt;
    return *std::prev(next);
}

std::optional<EventIndex> Comparison::matching_event(EventIndex cursor) const {
    const std::optional<PrintIndex> last = one_.index.last_print(cursor);
    if (!last || other_.prints() == 0) return std::nullopt;
    const trace::Prints& prints = other_.index.prints();
    return prints.event(std::min(*last, prints.end_index() - 1));
}

std::string print_phrase(const Side& side, PrintIndex index) {
    if (!side.has(index)) return "nothing is printed any more";
    const trace::PrintInfo& print = side.index.prints()[index];
    std::string phrase = fmt::format("{} prints '{}'", explain::task_label(side.log, side.index, print.task),
                                     explain::in_one_line(side.text(index)));
    if (print.writer)
        phrase += ", written by " + explain::task_label(side.log, side.index, print.writer_task);
    else if (side.log[print.event].kind() == trace::Kind::print_value)
        phrase += ", the default";
    return phrase;
}

std::string first_difference_sentence(const Side& one, const Side& other, std::optional<PrintIndex> first,
                                      std::string_view one_name, std::string_view other_name) {
    if (!first) return fmt::format("{} and {} print the same.", one_name, other_name);
    return fmt::format("They first differ at print {}: under {} {}; under {} {}.", first->value + 1, one_name,
                       print_phrase(one, *first), other_name, print_phrase(other, *first));
}

std::string first_difference_sentence(const Comparison& comparison, std::string_view one,
                                      std::string_view other) {
    return first_difference_sentence(comparison.one(), comparison.other(), comparison.first_difference(), one,
                                     other);
}

}  // namespace loopscope::session
