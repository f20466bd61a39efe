#include "app/panels/storage_panel.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/panels/storage_boxes.hpp"

namespace loopscope::panels {

using trace::Storage;

void StoragePanel::update(const Ui& ui, const session::Session& session, timeline::Rect rect) {
    Panel panel(ui, "STORAGE", {rect.x, rect.y}, {rect.width, rect.height});
    const trace::State& state = session.state();
    // If the summary does not fit, it is left out: the top bar names the storage as well.
    const std::string both = fmt::format("{}: {}", name(state.storage()), summary(state.storage()));
    const float heading = text_width(ui.fonts.small, "STORAGE") + ui.px(20);
    const bool fits = fit_text(ui.fonts.small, both, panel.width() - heading).whole;
    panel.note(fits ? std::string_view(both) : summary(state.storage()), ui.theme.text);
    const explain::StorageView& view = view_.get(session, [&] {
        return explain::view_storage(session.log(), session.index(), state, session.cursor());
    });
    StorageBoxes boxes(ui, session, panel, view);
    const bool shared = state.storage() == Storage::global || state.storage() == Storage::thread_local_ ||
                        state.storage() == Storage::context_shared;
    if (shared)
        boxes.shared();
    else
        boxes.one_each();
}

}  // namespace loopscope::panels
