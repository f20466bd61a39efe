#include "app/panels/comparison_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace loopscope::panels {
namespace {

using trace::Storage;

constexpr float row_height = 22;
constexpr float heading_height = 30;
constexpr float name_width = 144;
/// How far what is still to come stands back.
constexpr float future = 0.5F;

class Rows {
  public:
    Rows(const Ui& ui, const session::Session& session, const session::StorageRuns& runs, const Panel& panel,
         OutputWish& wish)
        : ui_(ui),
          session_(session),
          runs_(runs),
          panel_(panel),
          wish_(wish),
          done_(session.index().prints_until(session.cursor())) {
        left_ = panel.origin().x + ui.px(name_width);
        right_ = panel.origin().x + panel.width() - text_width(ui.fonts.small, "leaks 000") - ui.px(10);
        advance_ = std::ceil(text_width(ui.fonts.mono_bold, "0"));
        fit_ = static_cast<std::size_t>(std::max((right_ - left_) / advance_, 1.0F));
        // The cursor stays in sight, with something before it and more behind it.
        std::size_t longest = 0;
        for (const Storage storage : trace::all_storages)
            longest = std::max(longest, runs.run(storage).side().prints());
        const std::size_t before = fit_ * 2 / 3;
        first_ = done_ > before && longest > fit_ ? std::min(done_ - before, longest - fit_) : 0;
    }

    void draw(float y) {
        draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x, y}, ui_.theme.dim, "COMPARE WITH");
        y += ui_.px(heading_height);
        const float row = ui_.px(row_height);
        const auto rows = std::min(static_cast<std::size_t>(std::max((panel_.bottom() - y) / row, 0.0F)),
                                   trace::all_storages.size());
        if (done_ > first_ && done_ <= first_ + fit_) {
            const float x = left_ + static_cast<float>(done_ - 1 - first_) * advance_;
            panel_.list().AddRect({x - 1, y - ui_.px(2)},
                                  {x + advance_ + 1, y + row * static_cast<float>(rows)},
                                  to_im(ui_.theme.dim), ui_.px(3), 0, std::max(ui_.px(1.5F), 1.0F));
        }
        for (const Storage storage : chosen(rows)) {
            name_of(storage, y);
            output_of(storage, y);
            y += row;
        }
    }

  private:
    /// Those that matter most, where there is not room for all; in the order in which they are always listed.
    [[nodiscard]] std::vector<Storage> chosen(std::size_t rows) const {
        std::vector<Storage> wanted = {session_.storage(), Storage::global, Storage::contextvar,
                                       Storage::thread_local_, Storage::context_shared};
        wanted.insert(wanted.end(), trace::all_storages.begin(), trace::all_storages.end());
        std::vector<Storage> found;
        for (const Storage storage : wanted) {
            if (found.size() < rows && std::ranges::find(found, storage) == found.end())
                found.push_back(storage);
        }
        std::ranges::sort(found);
        return found;
    }

    [[nodiscard]] bool hovered(ImVec2 from, ImVec2 to) const {
        return ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(from, to);
    }

    void name_of(Storage storage, float y) {
        const ImVec2 from(panel_.origin().x, y);
        const ImVec2 to(left_ - ui_.px(8), y + ui_.px(row_height));
        const bool on = storage == session_.storage();
        const bool over = hovered(from, to);
        if (over && ImGui::IsMouseClicked(ImGuiMouseButton_Left)) wish_.storage = storage;
        if (over) ImGui::SetTooltip("Select this storage");
        if (on) {
            panel_.list().AddRectFilled({from.x - ui_.px(10), from.y + ui_.px(3)},
                                        {from.x - ui_.px(7), to.y - ui_.px(3)}, to_im(ui_.theme.text));
        }
        draw_text(panel_.list(), ui_.fonts.small, {from.x, y + ui_.px(1)},
                  on || over ? ui_.theme.text : ui_.theme.dim, trace::name(storage), to.x - from.x);
    }

    void output_of(Storage storage, float y) {
        const session::Rerun& run = runs_.run(storage);
        const session::Side side = run.side();
        const session::Side here = side_of(session_);
        bool seen = false;  // whether a difference stands before this place
        for (std::size_t place = 0; place < first_ && !seen; ++place) seen = differ_at(here, side, place);
        const std::size_t end = std::min(side.prints(), first_ + fit_);
        for (std::size_t place = first_; place < end; ++place) {
            const ImVec2 at(left_ + static_cast<float>(place - first_) * advance_, y);
            const bool differs = differ_at(here, side, place);
            if (differs) ground(at, !seen);
            seen = seen || differs;
            print(side, place, at);
        }
        const std::string leaks =
            fmt::format("leaks {}{}", run.index().leaks_until(run.log().size() - 1), run.cut() ? "+" : "");
        const float wide = text_width(ui_.fonts.small, leaks);
        draw_text(panel_.list(), ui_.fonts.small, {panel_.origin().x + panel_.width() - wide, y + ui_.px(1)},
                  ui_.theme.dim, leaks);
    }

    /// Behind what differs; the first difference has a flag.
    void ground(ImVec2 at, bool first) {
        const float bottom = at.y + ui_.px(row_height - 1);
        panel_.list().AddRectFilled({at.x, at.y}, {at.x + advance_ - 1, bottom}, to_im(ui_.theme.line),
                                    ui_.px(2));
        if (!first) return;
        const float size = ui_.px(6);
        // It flies to the left, where it covers no symbol that differs.
        panel_.list().AddLine({at.x, at.y}, {at.x, bottom}, to_im(ui_.theme.text),
                              std::max(ui_.px(1.5F), 1.0F));
        panel_.list().AddTriangleFilled({at.x, at.y}, {at.x, at.y + size}, {at.x - size, at.y + size / 2},
                                        to_im(ui_.theme.text));
    }

    void print(const session::Side& side, std::size_t place, ImVec2 at) {
        const trace::PrintInfo& info = side.index.prints()[place];
        const timeline::Color hue =
            info.writer ? timeline::hue_of(ui_.theme, side.index, info.writer_task) : ui_.theme.text;
        draw_text(panel_.list(), ui_.fonts.mono_bold, at, place < done_ ? hue : hue.faded(future),
                  side.text(place), advance_ + 1);
        if (hovered(at, {at.x + advance_, at.y + ui_.px(row_height)}) &&
            ImGui::IsMouseClicked(ImGuiMouseButton_Left))
            wish_.print = place;
    }

    const Ui& ui_;
    const session::Session& session_;
    const session::StorageRuns& runs_;
    const Panel& panel_;
    OutputWish& wish_;
    std::size_t done_;  // prints up to the cursor
    float left_ = 0;
    float right_ = 0;
    float advance_ = 1;
    std::size_t fit_ = 1;
    std::size_t first_ = 0;  // the place that stands at the left
};

}  // namespace

float comparison_height(const Ui& ui) {
    return ui.px(heading_height + row_height * static_cast<float>(trace::all_storages.size()));
}

void comparison_rows(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
                     const Panel& panel, float y, OutputWish& wish) {
    Rows(ui, session, runs, panel, wish).draw(y);
}

}  // namespace loopscope::panels
