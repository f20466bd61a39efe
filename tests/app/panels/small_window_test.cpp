// In a small window, and at other sizes of text, no word stands on another one.

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/panels/workspace.hpp"
#include "app/render/font_set.hpp"
#include "tests/support/headless_imgui.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

struct Box {
    ImVec2 from;
    ImVec2 to;

    [[nodiscard]] float area() const { return std::max(to.x - from.x, 0.0F) * std::max(to.y - from.y, 0.0F); }
};

Box common(const Box& one, const Box& other) {
    return {{std::max(one.from.x, other.from.x), std::max(one.from.y, other.from.y)},
            {std::min(one.to.x, other.to.x), std::min(one.to.y, other.to.y)}};
}

/// The characters that a list draws, each where it is seen: rectangles that take a part of the fonts'
/// texture.
std::vector<Box> characters_of(const ImDrawList& list) {
    std::vector<Box> boxes;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const Box clip{{command.ClipRect.x, command.ClipRect.y}, {command.ClipRect.z, command.ClipRect.w}};
        for (unsigned at = 0; at + 6 <= command.ElemCount; at += 3) {
            const ImDrawIdx* const index = &list.IdxBuffer[static_cast<int>(command.IdxOffset + at)];
            if (index[1] != index[0] + 1 || index[2] != index[0] + 2 || index[3] != index[0] ||
                index[5] != index[0] + 3)
                continue;
            const ImDrawVert* const corner = &list.VtxBuffer[static_cast<int>(command.VtxOffset + index[0])];
            const bool upright = corner[0].pos.y == corner[1].pos.y && corner[0].pos.x == corner[3].pos.x;
            if (!upright || corner[0].uv.x == corner[2].uv.x || corner[0].uv.y == corner[2].uv.y) continue;
            const Box seen = common({corner[0].pos, corner[2].pos}, clip);
            if (seen.area() > 1) boxes.push_back(seen);
        }
    }
    return boxes;
}

/// How many characters stand on others, and where the first one does.
struct Collisions {
    int count = 0;
    ImVec2 first;
};

Collisions collisions_in(const ImDrawList& list) {
    std::vector<Box> boxes = characters_of(list);
    std::ranges::sort(boxes, {}, [](const Box& box) { return box.from.x; });
    Collisions found;
    for (std::size_t one = 0; one < boxes.size(); ++one) {
        for (std::size_t other = one + 1; other < boxes.size() && boxes[other].from.x < boxes[one].to.x;
             ++other) {
            // Neighbours of one word may share the pixels at their edges.
            const Box both = common(boxes[one], boxes[other]);
            const float smaller = std::min(boxes[one].area(), boxes[other].area());
            if (both.area() < smaller * 0.35F || both.to.x - both.from.x < 1.5F) continue;
            if (found.count++ == 0) found.first = boxes[one].from;
        }
    }
    return found;
}

/// What a window of that size would have it drawn at, as Screen does.
float scale_of(gl::Size size) {
    const float fit = std::min(static_cast<float>(size.width) / 1920, static_cast<float>(size.height) / 1080);
    return std::round(std::max(fit, 0.68F) * 32) / 32;
}

class SmallWindowTest : public testing::Test {
  protected:
    /// Draws some frames, doing something before; no character may stand on another.
    void expect_readable(session::Session session, gl::Size size, float scale,
                         const std::vector<Action>& actions, const std::string& what) {
        HeadlessImGui imgui(with_fonts(scale));
        Workspace workspace(std::move(session), **fonts_);
        workspace.appearance().set_fonts(imgui.fonts(), scale);
        for (const Action action : actions) {
            imgui.frame(size, [&] { workspace.update(size, 0.1); });
            workspace.perform(action);
        }
        const ImDrawData* data = nullptr;
        // Cards on their way pass over others.
        for (int frame = 0; frame < 3 || (workspace.moving() && frame < 300); ++frame)
            data = &imgui.frame(size, [&] { workspace.update(size, 0.1); });
        for (int each = 0; each < data->CmdListsCount; ++each) {
            const ImDrawList& list = *data->CmdLists[each];
            const Collisions found = collisions_in(list);
            EXPECT_EQ(found.count, 0)
                << what << " at " << size.width << "x" << size.height << " x " << scale << ": in "
                << list._OwnerName << " at " << found.first.x << ", " << found.first.y;
        }
    }

  private:
    static HeadlessFonts& with_fonts(float scale) {
        static std::vector<std::pair<float, std::unique_ptr<HeadlessFonts>>> all;
        const auto found = std::ranges::find(all, scale, [](const auto& each) { return each.first; });
        if (found != all.end()) return *found->second;
        all.emplace_back(scale, std::make_unique<HeadlessFonts>(scale));
        return *all.back().second;
    }

    Result<std::unique_ptr<render::FontSet>> fonts_ = render::FontSet::create();
};

constexpr gl::Size sizes[] = {{640, 480}, {800, 600}, {1024, 768}, {1280, 720}};

TEST_F(SmallWindowTest, under_every_storage_at_the_start_in_the_middle_and_at_the_end) {
    for (const gl::Size size : sizes) {
        for (const trace::Storage storage : trace::all_storages) {
            session::Session session = session::finished_seed(storage);
            const EventIndex end = session.cursor();
            for (const EventIndex cursor : {EventIndex{0}, EventIndex{end.value / 2}, end}) {
                session::Session there = session::finished_seed(storage);
                there.seek(cursor);
                expect_readable(std::move(there), size, scale_of(size), {},
                                std::string(name(storage)) + " at " + std::to_string(cursor.value));
            }
        }
    }
}

TEST_F(SmallWindowTest, in_every_program) {
    for (const gl::Size size : sizes) {
        for (const scenario::Program* program : scenario::catalogue()) {
            session::Session session(session::setup_of(program->name, trace::Storage::contextvar));
            extend(session, 20'000);
            session.seek(EventIndex{session.log().size() / 2});
            expect_readable(std::move(session), size, scale_of(size), {}, std::string(program->name));
        }
    }
}

TEST_F(SmallWindowTest, with_what_can_stand_in_the_place_of_panels) {
    for (const gl::Size size : sizes) {
        const float scale = scale_of(size);
        expect_readable(session::finished_seed(), size, scale, {Action::compare}, "compare");
        expect_readable(session::finished_seed(), size, scale, {Action::compare, Action::storage_contextvar},
                        "compared");
        expect_readable(session::finished_seed(), size, scale, {Action::explore}, "explore");
        expect_readable(session::finished_seed(), size, scale, {Action::lesson}, "lessons");
        expect_readable(session::finished_seed(), size, scale * 1.25F, {Action::present}, "present");
        expect_readable(session::finished_seed(), size, scale, {Action::language}, "Python");
    }
}

TEST_F(SmallWindowTest, with_larger_and_smaller_text) {
    for (const gl::Size size : sizes) {
        for (const float zoom : {0.5F, 1.5F, 3.0F}) {
            const float largest =
                std::min(static_cast<float>(size.width) / 640, static_cast<float>(size.height) / 480);
            const float scale = std::round(std::min(scale_of(size) * zoom, largest) * 32) / 32;
            expect_readable(session::finished_seed(), size, scale, {}, "zoomed");
        }
    }
}

TEST_F(SmallWindowTest, with_names_of_a_strangers_file) {
    for (const gl::Size size : sizes) {
        expect_readable(
            session::recording_of(session::two_threads(std::string(5000, 'n'), std::string(5000, 's'))), size,
            scale_of(size), {}, "long names");
        expect_readable(session::recording_of(session::two_threads("one\\ntwo##three", "a\\nb")), size,
                        scale_of(size), {}, "names with line breaks");
        expect_readable(
            session::recording_of(session::two_tasks(std::string(5000, 'n'), std::string(5000, 's'))), size,
            scale_of(size), {}, "long names of tasks");
        expect_readable(session::recording_of(session::two_tasks("one\ntwo##three", "a\nb")), size,
                        scale_of(size), {}, "names of tasks with line breaks");
    }
}

}  // namespace
}  // namespace loopscope::panels
