// SPDX-License-Identifier: MIT
#include "app/panels/storage_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::panels {

using trace::Storage;

void StoragePanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect) {
    Panel panel(ui, "STORAGE", {rect.x, rect.y}, {rect.width, rect.height});
    if (!session.has_storages()) {
        draw_lines(panel.list(), ui.fonts.text, panel.origin(), ui.theme.dim,
                   "Nothing to store: no context variable, thread-local or watched name is used here",
                   panel.width(), ui.fonts.text->FontSize + ui.px(8), panel.bottom());
        return;
    }
    const explain::StorageView& view = view_.get(session, [&] {
        return explain::view_storage(session.log(), session.index(), session.state(), session.cursor());
    });
    // If the summary does not fit, it is left out: the top bar names the storage as well.
    const std::string both = fmt::format("{}: {}", name(view.storage), summary(view.storage));
    const float heading = text_width(ui.fonts.small, "STORAGE") + ui.px(20);
    const bool fits = fit_text(ui.fonts.small, both, panel.width() - heading).whole;
    panel.note(fits ? std::string_view(both) : summary(view.storage), ui.theme.text);
    scroll_.take_wheel(session);
    StorageBoxes boxes(ui, session, panel, view, scroll_);
    const bool shared = view.storage == Storage::global || view.storage == Storage::thread_local_ ||
                        view.storage == Storage::context_shared;
    if (shared)
        boxes.shared();
    else
        boxes.one_each();
    scroll_.stop();
}

}  // namespace loopscope::panels
