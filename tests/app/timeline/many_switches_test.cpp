#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using trace::Kind;
using trace::Storage;

/// A task that writes now and then, while the storage is switched again and again.
std::shared_ptr<trace::Log> switching(std::uint32_t switches) {
    auto log = std::make_shared<trace::Log>();
    log->emit(Kind::begin);
    log->emit(Kind::storage, 0, 0, trace::tagged(Storage::global));
    log->emit(Kind::variable, 1, log->intern("symbol").value);
    log->emit(Kind::spawn, 1, log->intern("main").value, trace::tagged(trace::Start::soon));
    for (std::uint32_t each = 1; each <= switches; ++each) {
        log->emit(Kind::iteration, each, 1);
        log->emit(Kind::step, 1, 0, trace::tagged(each == 1 ? trace::Resume::first : trace::Resume::value));
        log->emit(Kind::set, 1, log->intern("x").value, 1);
        log->emit(Kind::suspend, 1, 0, trace::tagged(trace::Wait::yield));
        log->emit(Kind::storage, 0, 0, trace::tagged(each % 2 == 0 ? Storage::global : Storage::contextvar));
    }
    return log;
}

TEST(ManySwitches, cost_a_picture_no_more_than_its_pixels) {
    const auto log = switching(4'000);
    ASSERT_TRUE(trace::check(*log)) << trace::check(*log).error().message;
    session::Session session(std::make_unique<feed::FileFeed>(log, format::Info{}, "many"));
    TimelineScene timeline(session);
    timeline.draw();
    const auto pixels = static_cast<std::size_t>(TimelineScene::width);
    EXPECT_LT(timeline.list[DrawList::arrows].quads.size(), pixels + 10) << "flags";
    EXPECT_GT(timeline.list[DrawList::arrows].quads.size(), 100u);
    EXPECT_LT(timeline.list[DrawList::lanes].quads.size(), 10 * pixels) << "what was stored";
}

TEST(ManySwitches, of_those_that_share_a_pixel_the_last_is_told) {
    const auto log = switching(4'000);
    session::Session session(std::make_unique<feed::FileFeed>(log, format::Info{}, "many"));
    session.go_to_head();
    TimelineScene timeline(session);
    timeline.draw();
    float last = 0;
    for (const Segment& each : timeline.list[DrawList::arrows].segments) {
        if (each.y0 == timeline.layout.flags.y) last = std::max(last, each.x0);
    }
    EXPECT_EQ(last, std::round(timeline.x(session.index().switches().back().event)));
}

}  // namespace
}  // namespace loopscope::timeline
