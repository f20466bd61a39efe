#include "app/panels/track_hover.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/track_scene.hpp"

namespace loopscope::panels {
namespace {

using session::Session;
using session::TrackTrace;
using testing::EndsWith;
using testing::StartsWith;
using timeline::TrackScene;
using trace::TrackKind;

/// A process with two threads, one of which is called by its number, and a counter.
TrackTrace put_and_take() {
    TrackTrace all;
    const auto process = all.track("process 1", TrackKind::process, "1");
    const auto one = all.track("thread 7", TrackKind::thread, "7", process);
    const auto other = all.track("worker", TrackKind::thread, "17", process);
    const auto counter = all.counter("bytes", process);
    all.slice(0, 100, one, "put");
    all.slice(500, 600, other, "take");
    all.flow(50, one, 510, other, "hand over", "12");
    all.count(10, counter, 27'812'345);
    return all;
}

class TrackHoverTest : public testing::Test {
  protected:
    [[nodiscard]] std::string over(float x, float y) const {
        return track_hover_text(session_, picture_.tree, picture_.hit(x, y));
    }
    /// Over the label of a lane.
    [[nodiscard]] std::string over_label(std::size_t lane) const {
        const timeline::TrackPlace place(picture_.layout, picture_.tree, 0);
        return over(picture_.layout.gutter - 40, place.top(picture_.tree.lanes()[lane]) + 4);
    }

    Session session_ = put_and_take().session();
    TrackScene picture_{session_};
};

TEST_F(TrackHoverTest, says_each_name_and_number_once) {
    EXPECT_EQ(over_label(0), "process 1");
    std::vector<std::string> labels;
    for (std::size_t lane = 0; lane < picture_.tree.lanes().size(); ++lane)
        labels.push_back(over_label(lane));
    EXPECT_THAT(labels, testing::Contains("thread 7\nprocess 1"));
    EXPECT_THAT(labels, testing::Contains("thread worker 17\nprocess 1"));
    EXPECT_THAT(labels, testing::Contains("counter bytes\nthe value 27,812,345\nprocess 1"));
}

TEST_F(TrackHoverTest, says_of_an_arrow_what_the_flow_is_called_and_where_it_leads) {
    session_.seek(picture_.slice("put"));
    picture_.draw();
    const timeline::Segment middle = picture_.list[timeline::DrawList::arrows].segments[13];
    EXPECT_EQ(over(middle.x1, middle.y1),
              "flow hand over\nfrom put on thread 7 at 0.000050 s\nto take on worker 17 at "
              "0.000510 s\nsize: 12");
    const timeline::Rect put = picture_.rect(picture_.slice("put"));
    const float x = picture_.layout.gutter + picture_.view.x(50'000);
    EXPECT_THAT(over(x, put.y + put.height / 2), StartsWith("put\n100 µs"));
    EXPECT_THAT(over(x, put.y + put.height / 2), EndsWith("size: 12"))
        << "the slice first, and then the arrow";
}

}  // namespace
}  // namespace loopscope::panels
