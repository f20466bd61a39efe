#include "app/timeline/track_tree.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/track_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::TrackTrace;
using testing::ElementsAre;
using trace::TrackKind;

/// The lanes of a tree, from the top: how deep they are indented, and what they are called.
std::vector<std::string> outline(const TrackTree& tree, const session::Session& session) {
    std::vector<std::string> lines;
    for (const TrackLane& lane : tree.lanes()) {
        const trace::Tracks& tracks = session.index().tracks();
        const StringId name =
            lane.counter != 0 ? tracks.counters()[lane.counter - 1].name : tracks.track(lane.track).name;
        lines.push_back(std::string(lane.depth, ' ') + std::string(session.log().strings()[name]) +
                        (lane.is_labelled ? "" : "'") + (lane.is_folded ? " folded" : ""));
    }
    return lines;
}

TEST(TrackTreeTest, tracks_stand_below_the_process_that_they_are_of_in_the_order_of_the_trace) {
    session::Session session = session::browser_and_server().session();
    TrackTree tree;
    tree.update(session.index());
    EXPECT_THAT(
        outline(tree, session),
        ElementsAre("Browser", " memory MB", " CrBrowserMain", " ThreadPoolForegroundWorker", " HTTP request",
                    " HTTP request'", "node server.js", " open handles", " JavaScriptMainThread",
                    " HTTPINCOMINGMESSAGE", " HTTPINCOMINGMESSAGE'", " PROMISE", " Timeout"));
    EXPECT_EQ(tree.lanes()[4].sharing, 3U) << "three requests share two lanes";
}

TEST(TrackTreeTest, lanes_are_as_high_as_their_slices_are_deep) {
    session::Session session = session::browser_and_server().session();
    TrackTree tree;
    tree.update(session.index());
    const TrackLane& main = tree.lanes()[2];
    EXPECT_EQ(main.rows, 3U);
    EXPECT_TRUE(main.has_instants);
    EXPECT_EQ(tree.lanes()[3].rows, 2U);
    std::uint64_t top = 0;
    for (std::size_t position = 0; position < tree.lanes().size(); ++position) {
        EXPECT_EQ(tree.lanes()[position].top, top);
        EXPECT_EQ(tree.lane_at(static_cast<double>(top)), position);
        EXPECT_EQ(tree.lane_at(static_cast<double>(top + tree.lanes()[position].height()) - 0.5), position);
        top += tree.lanes()[position].height();
    }
    EXPECT_EQ(tree.lane_at(static_cast<double>(top)), tree.lanes().size());
    EXPECT_EQ(tree.lane_at(-1), tree.lanes().size());
}

TEST(TrackTreeTest, folding_a_process_leaves_one_lane_of_it_and_folding_a_thread_one_row) {
    session::Session session = session::browser_and_server().session();
    TrackTree tree;
    tree.update(session.index());
    const TrackKey browser = tree.lanes()[0];
    const TrackKey main = tree.lanes()[2];
    ASSERT_TRUE(tree.toggle(main));
    EXPECT_TRUE(tree.lanes()[2].is_folded);
    EXPECT_EQ(tree.lanes()[2].rows, 1U);
    ASSERT_TRUE(tree.toggle(browser));
    EXPECT_EQ(outline(tree, session)[0], "Browser folded");
    EXPECT_EQ(outline(tree, session)[1], "node server.js");
    EXPECT_EQ(tree.fold_of(main.track), browser.track);
    EXPECT_EQ(tree.position_of_slices(main.lane - 1), 0U) << "what happens in it is shown by the process";
    EXPECT_EQ(tree.position_of_counter(1), 0U);
    ASSERT_TRUE(tree.toggle(browser));
    EXPECT_TRUE(tree.lanes()[2].is_folded) << "the thread is folded as it was";
    ASSERT_TRUE(tree.toggle_all());
    EXPECT_FALSE(tree.has_folds());
    ASSERT_TRUE(tree.toggle_all());
    EXPECT_THAT(outline(tree, session), ElementsAre("Browser folded", "node server.js folded"));
    EXPECT_FALSE(tree.toggle(TrackKey{0, 0, 1})) << "a counter has nothing to fold";
}

TEST(TrackTreeTest, a_filter_leaves_what_is_meant_with_the_groups_around_it_and_all_below_it) {
    session::Session session = session::browser_and_server().session();
    TrackTree tree;
    tree.update(session.index());
    const std::size_t all = tree.tracks();
    const auto named = [&](std::string_view name) {
        return [&session, name](std::uint32_t track) {
            return session.log().strings()[session.index().tracks().track(track).name] == name;
        };
    };
    const auto no_counter = [](std::uint32_t) { return false; };
    tree.set_filter(named("PROMISE"), no_counter);
    EXPECT_THAT(outline(tree, session), ElementsAre("node server.js", " PROMISE"));
    EXPECT_EQ(tree.tracks_left(), 1U);
    EXPECT_EQ(tree.tracks(), all);
    tree.set_filter(named("Browser"), no_counter);
    EXPECT_EQ(tree.lanes().size(), 6U) << "all of the process that is meant";
    tree.set_filter([](std::uint32_t) { return false; }, [](std::uint32_t counter) { return counter == 2; });
    EXPECT_THAT(outline(tree, session), ElementsAre("node server.js", " open handles"));
    tree.set_filter([](std::uint32_t) { return false; }, no_counter);
    EXPECT_TRUE(tree.lanes().empty());
    tree.set_filter({}, {});
    EXPECT_EQ(tree.lanes().size(), 13U);
}

TEST(TrackTreeTest, all_that_came_of_one_resource_has_its_hue) {
    session::Session session = session::browser_and_server().session();
    TrackTree tree;
    tree.update(session.index());
    const auto hue_of = [&](std::string_view identity) -> std::optional<std::uint32_t> {
        for (std::uint32_t track = 1; track <= session.index().tracks().tracks().size(); ++track) {
            if (session.log().strings()[session.index().tracks().track(track).identity] == identity)
                return tree.hue_of(track);
        }
        return std::nullopt;
    };
    ASSERT_TRUE(hue_of("12"));
    EXPECT_EQ(hue_of("13"), hue_of("12"));
    EXPECT_EQ(hue_of("14"), hue_of("12"));
    EXPECT_NE(hue_of("15"), hue_of("12"));
    EXPECT_FALSE(hue_of("17")) << "slices of a thread have the hues of their names";
}

TEST(TrackTreeTest, many_operations_of_one_name_begin_folded_and_empty_tracks_have_no_lane) {
    TrackTrace all;
    all.track("idle process", TrackKind::process, "1");
    const auto process = all.track("busy process", TrackKind::process, "2");
    all.track("idle thread", TrackKind::thread, "3", process);
    for (int each = 0; each < 100; ++each) {
        const auto request = all.track("request", TrackKind::operation, "7", process);
        all.slice(each, 200 + each, request, "request");
    }
    session::Session session = all.session();
    TrackTree tree;
    tree.update(session.index());
    EXPECT_THAT(outline(tree, session), ElementsAre("busy process", " request folded"));
    EXPECT_EQ(tree.lanes()[1].sharing, 100U);
    ASSERT_TRUE(tree.toggle(tree.lanes()[1]));
    EXPECT_EQ(tree.lanes().size(), 101U);
}

TEST(TrackTreeTest, groups_in_groups_are_indented_however_deep_they_are) {
    TrackTrace all;
    std::uint32_t parent = 0;
    constexpr std::uint32_t deep = 100'000;
    for (std::uint32_t each = 0; each < deep; ++each)
        parent = all.track("group", TrackKind::plain, {}, parent);
    all.slice(0, 1, parent, "slice");
    session::Session session = all.session();
    TrackTree tree;
    tree.update(session.index());
    ASSERT_EQ(tree.lanes().size(), deep);
    EXPECT_EQ(tree.lanes().back().depth, deep - 1);
    EXPECT_EQ(tree.position_of_slices(0), deep - 1);
    ASSERT_TRUE(tree.toggle(tree.lanes()[0]));
    EXPECT_EQ(tree.lanes().size(), 1U);
    EXPECT_EQ(tree.position_of_slices(0), 0U);
}

}  // namespace
}  // namespace loopscope::timeline
