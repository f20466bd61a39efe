// SPDX-License-Identifier: MIT
#include "app/panels/copying.hpp"

#include "app/panels/output_lines.hpp"

namespace loopscope::panels {

std::string output_text(const session::Session& session) {
    const bool by_line = prints_lines(session);
    const auto& prints = session.index().prints();
    const std::uint32_t count = session.index().prints_until(session.cursor());
    std::uint32_t first = count;
    std::size_t length = 0;
    for (; first > 0; --first) {
        const EventIndex event = prints.event(PrintIndex{first - 1});
        length += session.log().printed_text(event).size() + (by_line ? 1 : 0);
        if (length > max_copied) break;
    }
    std::string text = first > 0 ? "…" : "";
    for (std::uint32_t each = first; each < count; ++each) {
        text += session.log().printed_text(prints.event(PrintIndex{each}));
        if (by_line) text += '\n';
    }
    return text;
}

}  // namespace loopscope::panels
