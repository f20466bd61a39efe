// SPDX-License-Identifier: MIT
#include "core/explain/output_line.hpp"

#include "core/base/excerpt.hpp"

namespace loopscope::explain {
namespace {

/// The maximum number of pieces of a line on each side of a print.
constexpr std::uint32_t max_pieces_beside = 32;

}  // namespace

OutputLine line_of_print(const trace::Log& log, const trace::Index& index, PrintIndex print) {
    const auto& prints = index.prints();
    const auto ends = [&](PrintIndex each) { return log.printed_text(prints.event(each)).ends_with('\n'); };
    const auto handle = index.handle_at(prints.event(print));
    const auto is_beside = [&](PrintIndex each) { return index.handle_at(prints.event(each)) == handle; };
    PrintIndex last = print;
    while (!ends(last)) {
        const bool goes_on = last + 1 < prints.end_index() && last - print < max_pieces_beside;
        if (!goes_on || !is_beside(last + 1)) return {print, print + 1};
        ++last;
    }
    PrintIndex first = print;
    while (first.value > 0 && print - first < max_pieces_beside && is_beside(first - 1) && !ends(first - 1))
        --first;
    return {first, last + 1};
}

std::string text_of(const trace::Log& log, const trace::Index& index, const OutputLine& line,
                    std::size_t max_bytes) {
    std::string text;
    for (PrintIndex each = line.first; each < line.end && text.size() < max_bytes; ++each)
        text += beginning_of(log.printed_text(index.prints().event(each)), max_bytes - text.size());
    if (text.ends_with('\n')) text.pop_back();
    return text;
}

std::string in_one_line(std::string_view text) {
    const bool ends_line = text.size() > 1 && text.ends_with('\n');
    std::string line;
    for (const char each : excerpt(ends_line ? text.substr(0, text.size() - 1) : text)) {
        if (each == '\n')
            line += "\\n";
        else
            line += each;
    }
    return line;
}

PrintIndex main_print_of(const trace::Index& index, const OutputLine& line) {
    PrintIndex shows_value = line.end;
    for (PrintIndex each = line.first; each < line.end; ++each) {
        if (index.prints().leak(each)) return each;
        if (shows_value == line.end && index.prints()[each].writer) shows_value = each;
    }
    return shows_value == line.end ? line.first : shows_value;
}

}  // namespace loopscope::explain
