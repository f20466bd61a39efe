#include "app/session/comparison.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"

namespace loopscope::session {

bool differ_at(const Side& one, const Side& other, std::size_t position) {
    const bool in_one = position < one.prints();
    const bool in_other = position < other.prints();
    if (in_one && in_other) return one.text(position) != other.text(position);
    if (in_one) return other.over;
    return in_other && one.over;
}

bool known_at(const Side& one, const Side& other, std::size_t position) {
    const bool in_one = position < one.prints();
    const bool in_other = position < other.prints();
    return (in_one && in_other) || (in_one && other.over) || (in_other && one.over);
}

bool FirstDifference::advance(const Side& one, const Side& other) {
    constexpr std::size_t shown_at_once = 5'000;
    const std::size_t until = compared_ + shown_at_once;
    for (; !position_ && compared_ < until && known_at(one, other, compared_); ++compared_) {
        if (differ_at(one, other, compared_)) position_ = compared_;
    }
    return !position_ && known_at(one, other, compared_);
}

bool Rerun::extend(std::uint32_t events) {
    const std::uint32_t until = std::min(limit_, log().size() + std::min(events, limit_));
    if (!done()) feed_.poll({.length = until});
    index_.update(log());
    return !done();
}

Comparison::Comparison(const Side& one, const Side& other) : one_(one), other_(other) {
    for (std::size_t position = 0; position < length(); ++position) {
        if (differs(position)) differences_.push_back(position);
    }
}

std::optional<std::size_t> Comparison::first_difference() const {
    if (differences_.empty()) return std::nullopt;
    return differences_.front();
}

std::optional<std::size_t> Comparison::next_difference(std::uint32_t cursor) const {
    const auto next = std::ranges::lower_bound(differences_, one_.index.prints_until(cursor));
    if (next == differences_.end()) return std::nullopt;
    return *next;
}

std::optional<std::size_t> Comparison::previous_difference(std::uint32_t cursor) const {
    std::size_t before = one_.index.prints_until(cursor);
    const bool on_print = before > 0 && one_.index.prints().event(before - 1) == cursor;
    if (on_print) --before;
    const auto next = std::ranges::lower_bound(differences_, before);
    if (next == differences_.begin()) return std::nullopt;
    return *std::prev(next);
}

std::optional<std::uint32_t> Comparison::matching_event(std::uint32_t cursor) const {
    const std::size_t count = std::min(one_.index.prints_until(cursor), other_.prints());
    if (count == 0) return std::nullopt;
    return other_.index.prints().event(count - 1);
}

std::string print_phrase(const Side& side, std::size_t position) {
    if (position >= side.prints()) return "nothing is printed any more";
    const trace::PrintInfo& print = side.index.prints()[position];
    std::string phrase = fmt::format("{} prints '{}'", explain::task_label(side.log, side.index, print.task),
                                     excerpt(side.text(position)));
    if (print.writer)
        phrase += ", written by " + (print.writer_task
                                         ? explain::task_label(side.log, side.index, print.writer_task)
                                         : std::string("code outside of tasks"));
    else if (side.log[print.event].kind() == trace::Kind::print_value)
        phrase += ", the default";
    return phrase;
}

std::string first_difference_sentence(const Side& one, const Side& other, std::optional<std::size_t> first,
                                      std::string_view one_name, std::string_view other_name) {
    if (!first) return fmt::format("{} and {} print the same.", one_name, other_name);
    return fmt::format("They first differ at print {}: under {} {}; under {} {}.", *first + 1, one_name,
                       print_phrase(one, *first), other_name, print_phrase(other, *first));
}

std::string first_difference_sentence(const Comparison& comparison, std::string_view one,
                                      std::string_view other) {
    return first_difference_sentence(comparison.one(), comparison.other(), comparison.first_difference(), one,
                                     other);
}

}  // namespace loopscope::session
