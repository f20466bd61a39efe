// SPDX-License-Identifier: MIT
// Fuzzes the picture of a trace: the timeline with a size, zoom and cursor that the input chooses, sentences
// about the trace, and whole frames of the window with commands between them. Everything except OpenGL runs.
//
// The first eight bytes of the input choose the view. A trace follows: a Chrome trace, a .loopscope file, or
// the content of its chunks.

#include <cstdlib>

#include "app/panels/hover.hpp"
#include "app/panels/track_hover.hpp"
#include "app/panels/workspace.hpp"
#include "app/render/font_set.hpp"
#include "app/session/search.hpp"
#include "app/timeline/timeline.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/explain/causes.hpp"
#include "core/explain/why.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/reader.hpp"
#include "fuzz/accepted.hpp"
#include "fuzz/chunks.hpp"
#include "tests/support/headless_imgui.hpp"

namespace {

using namespace loopscope;

constexpr std::size_t head = 8;
/// The maximum number of glyphs in a picture, more than one of this size has room for: a file must not have
/// more of them drawn.
constexpr std::size_t max_glyphs = 400'000;

struct Trace {
    std::shared_ptr<trace::Log> log;
    format::Info info;
};

std::optional<Trace> read(std::span<const std::byte> input) {
    if (input.empty()) return std::nullopt;
    const char kind = static_cast<char>(input[0]);
    if (kind == '[' || kind == '{') {
        auto imported = exchange::read_trace(input, "input");
        return imported ? std::optional(Trace{imported->log, {}}) : std::nullopt;
    }
    const auto rest = input.subspan(1);
    auto loaded = (static_cast<unsigned char>(kind) & 1U) != 0 ? format::load(rest, "input")
                                                               : format::load(fuzz::file_of(rest), "input");
    return loaded ? std::optional(Trace{loaded->log, loaded->info}) : std::nullopt;
}

const render::FontSet& fonts() {
    static const std::unique_ptr<render::FontSet> set = std::move(render::FontSet::create().value());
    return *set;
}

/// The view of the trace that the input chooses.
class Look {
  public:
    explicit Look(std::span<const std::byte> bytes) : bytes_(bytes) {}

    [[nodiscard]] gl::Size size() const {
        constexpr gl::Size sizes[] = {{640, 480}, {320, 320}, {1920, 1080}, {1000, 300}, {333, 2000}};
        return sizes[byte(0) % 5];
    }
    [[nodiscard]] int zoom() const { return byte(1) % 64; }
    [[nodiscard]] timeline::AxisKind axis() const {
        return byte(1) < 128 ? timeline::AxisKind::sequence : timeline::AxisKind::time;
    }
    [[nodiscard]] EventIndex cursor(std::uint32_t events) const {
        return EventIndex::of(std::uint64_t{byte(2)} * events / 255);
    }
    [[nodiscard]] float x(float width) const { return width * static_cast<float>(byte(3)) / 255; }
    [[nodiscard]] float y(float height) const { return height * static_cast<float>(byte(4)) / 255; }
    /// Returns the command that is carried out between two frames.
    [[nodiscard]] std::optional<panels::Action> action(std::size_t number) const {
        const auto& all = panels::commands();
        const std::size_t at = byte(5 + number);
        return at < all.size() ? std::optional(all[at].action) : std::nullopt;
    }

  private:
    [[nodiscard]] unsigned byte(std::size_t at) const { return static_cast<unsigned>(bytes_[at]); }

    std::span<const std::byte> bytes_;
};

void check(const timeline::DrawList& list) {
    std::size_t glyphs = 0;
    for (const timeline::Layer& layer : list.layers) glyphs += layer.glyphs.size();
    if (glyphs > max_glyphs) std::abort();
}

/// Draws a trace as tracks, as it is in the window and with all that can be folded.
void draw_tracks(const session::Session& session, const Look& look) {
    const auto width = static_cast<float>(look.size().width);
    const auto height = static_cast<float>(look.size().height);
    timeline::TrackTree tree;
    tree.update(session.index());
    timeline::View view;
    view.axis = timeline::AxisKind::time;
    timeline::Scene scene = {
        session.log(), session.index(), session.cursor(), view, timeline::Theme::dark_theme(), fonts(), 1};
    scene.marks = session.annotations().marks;
    scene.arrows = timeline::Arrows::all;
    timeline::SliceTiles tiles;
    timeline::DrawList list;
    for (int each = 0; each < 2; ++each) {
        const auto layout = timeline::layout_of(tree, width, height, 1);
        const std::int64_t end = scene.axis().end();
        view.fit(end, layout.width(), 1);
        view.zoom_steps(look.zoom(), look.x(layout.width()), layout.width(), end);
        view.scroll = look.y(std::max(layout.content_height - layout.lanes.height, 0.0F));
        draw(scene, layout, tree, tiles, list);
        check(list);
        for (const float x : {0.0F, look.x(width), width - 1}) {
            const timeline::Hit hit = timeline::hit(scene, layout, tree, x, look.y(height));
            static_cast<void>(panels::track_hover_text(session, tree, hit));
        }
        tree.toggle_all();
    }
}

void draw_timeline(const session::Session& session, const Look& look) {
    const auto width = static_cast<float>(look.size().width);
    const auto height = static_cast<float>(look.size().height);
    timeline::LaneTree tree;
    tree.update(session.index());
    const auto layout = timeline::Layout::create(width, height, tree.lanes().size(), 1);
    timeline::View view;
    view.axis = look.axis();
    const std::int64_t end = timeline::Axis(view.axis, session.log(), session.index()).end();
    view.fit(end, layout.width(), 1);
    view.zoom_steps(look.zoom(), look.x(layout.width()), layout.width(), end);
    view.scroll = look.y(std::max(layout.content_height - layout.lanes.height, 0.0F));
    timeline::Scene scene = {
        session.log(), session.index(), session.cursor(), view, timeline::Theme::dark_theme(), fonts(), 1};
    scene.marks = session.annotations().marks;
    scene.arrows = timeline::Arrows::all;
    timeline::Tiles tiles;
    timeline::DrawList list;
    draw(scene, layout, tree, tiles, list);
    check(list);
    for (const float x : {0.0F, look.x(width), width - 1}) {
        const timeline::Hit hit = timeline::hit(scene, layout, tree, tiles, x, look.y(height));
        static_cast<void>(panels::hover_text(session, hit));
    }
}

void tell(session::Session& session) {
    const explain::Facts facts = session.facts();
    static_cast<void>(explain::why(facts).text());
    static_cast<void>(explain::causes(facts));
    static_cast<void>(explain::history(facts, 20));
    session::Search search(session, "a", session::Direction::forward);
    complete(search, session);
}

void draw_window(session::Session session, const Look& look) {
    static panels::HeadlessFonts with_fonts(0.75F);
    panels::HeadlessImGui imgui(with_fonts);
    panels::Workspace workspace(std::move(session), fonts());
    workspace.appearance().set_fonts(imgui.fonts(), imgui.scale());
    const gl::Size size = look.size();
    ImGuiIO& io = ImGui::GetIO();
    io.MousePos = {look.x(static_cast<float>(size.width)), look.y(static_cast<float>(size.height))};
    std::size_t vertices = 0;
    for (std::size_t frame = 0; frame < 4; ++frame) {
        io.MouseDown[0] = frame == 2;
        render::Damage damage;
        const ImDrawData& data = imgui.frame(size, [&] { workspace.update(size, 0.1); });
        workspace.lay_out(damage);
        vertices = std::max(vertices, static_cast<std::size_t>(data.TotalVtxCount));
        if (frame >= 3) break;
        if (const auto action = look.action(frame); action && *action != panels::Action::save)
            workspace.perform(*action);
    }
    if (vertices > 4 * max_glyphs) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    if (input.size() <= head) return 0;
    auto trace = read(input.subspan(head));
    if (!trace) return 0;
    const Look look(input.first(head));
    feed::Annotations annotations{trace->info.notes, trace->info.marks};
    auto branch =
        std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(trace->log, trace->info, "input"));
    branch->update();
    session::Session session(std::move(branch), std::move(annotations));
    session.seek(look.cursor(session.log().size()));
    draw_timeline(session, look);
    draw_tracks(session, look);
    tell(session);
    draw_window(std::move(session), look);
    return 0;
}
