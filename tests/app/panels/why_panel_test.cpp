#include "app/panels/why_panel.hpp"

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "tests/support/headless_imgui.hpp"

namespace loopscope::panels {
namespace {

using trace::Kind;

/// A session at a print whose value was written in another file, by a task with a name of so many characters.
session::Session at_a_print(std::size_t name) {
    auto shared = std::make_shared<trace::Log>();
    trace::Log& log = *shared;
    const auto text = [&](const std::string& words) { return log.intern(words).value; };
    log.emit(Kind::begin, 0, text("app"));
    log.emit(Kind::file, 1, text("/home/ann/the_file_of_the_program.py"));
    using trace::tagged;
    log.emit(Kind::spawn, 1, text(std::string(name, 'n')), tagged(trace::Start::soon, 2));
    log.emit(Kind::variable, 1, text("request_id"), text("-"));
    log.emit(Kind::storage, 0, 0, tagged(trace::Storage::contextvar));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1, 0, tagged(trace::Resume::first));
    const EventIndex write = log.emit(Kind::set, 1, text("r1"), tagged(1, 30));
    const EventIndex read = log.emit(Kind::get, 1, write.value, tagged(1, 90));
    log.emit(Kind::print_value, 1, read.value, 90U << 8);
    auto feed = std::make_shared<feed::FileFeed>(std::move(shared), format::Info{}, "test");
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();
    session::Session session(std::move(branch));
    session.go_to_head();
    return session;
}

class WhyPanelTest : public testing::Test {
  protected:
    /// Returns whether WHY, as large as in a window of 1280x720, leaves out the end of something.
    static bool cuts(const session::Session& session) {
        static HeadlessFonts with_fonts(0.6875F);
        HeadlessImGui imgui(with_fonts);
        const Ui ui{timeline::Theme::dark_theme(), imgui.fonts(), imgui.scale()};
        WhyPanel panel;
        const ImDrawData& drawn = imgui.frame({1280, 720}, [&] {
            panel.update(ui, session, {462, 504, 424, 216});
        });
        bool found = false;
        for (ImFont* const font : {ui.fonts.large, ui.fonts.text, ui.fonts.small}) {
            const ImFontGlyph* const ellipsis = font->FindGlyph(0x2026);
            for (int list = 0; list < drawn.CmdListsCount; ++list) {
                for (const ImDrawVert& vertex : drawn.CmdLists[list]->VtxBuffer)
                    found |= vertex.uv.x == ellipsis->U0 && vertex.uv.y == ellipsis->V0;
            }
        }
        return found;
    }
};

TEST_F(WhyPanelTest, its_sentences_are_whole_however_long_they_are_as_long_as_a_font_has_room_for_them) {
    for (const std::size_t name : {4U, 40U, 70U, 100U, 130U, 160U})
        EXPECT_FALSE(cuts(at_a_print(name))) << name;
}

TEST_F(WhyPanelTest, a_sentence_that_no_font_has_room_for_says_that_it_is_cut) {
    EXPECT_TRUE(cuts(at_a_print(3000)));
}

}  // namespace
}  // namespace loopscope::panels
