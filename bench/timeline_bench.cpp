// SPDX-License-Identifier: MIT
// Measures the timeline's geometry: `timeline_bench EVENTS LANES [sequence|time]` for lanes of tasks,
// `timeline_bench SLICES TRACKS tracks` for an imported trace. Writes a trace, reads it into the index, and
// moves the view: the whole trace, in to one event, along the axis, and out again. Prints a line of JSON with
// the CPU time of a frame, up to the draw list; nothing is painted.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "app/render/font_set.hpp"
#include "app/timeline/timeline.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "bench/measure.hpp"
#include "bench/slice_trace.hpp"
#include "bench/synthetic_trace.hpp"

namespace {

using namespace loopscope;
using namespace loopscope::timeline;

/// The size of the timeline in a window of 1920x1080 pixels.
constexpr float width = 1329;
constexpr float height = 696;

std::size_t instances_of(const DrawList& list) {
    std::size_t count = 0;
    for (const Layer& layer : list.layers)
        count += layer.bands.size() + layer.quads.size() + layer.segments.size() + layer.glyphs.size();
    return count;
}

/// Lanes of tasks.
class Tasks {
  public:
    explicit Tasks(const trace::Index& index) {
        update(index);
        if (tree_.has_groups()) tree_.toggle_all();
    }
    void update(const trace::Index& index) { tree_.update(index); }
    [[nodiscard]] Layout layout() const { return Layout::create(width, height, tree_.lanes().size(), 1); }
    void draw(const Scene& scene, const Layout& layout, DrawList& out) {
        timeline::draw(scene, layout, tree_, tiles_, out);
    }

  private:
    LaneTree tree_;
    Tiles tiles_;
};

/// The tracks of an imported trace, in a window that is as wide as theirs.
class Tracks {
  public:
    explicit Tracks(const trace::Index& index) { update(index); }
    void update(const trace::Index& index) { tree_.update(index); }
    [[nodiscard]] Layout layout() const { return layout_of(tree_, 1920, height, 1); }
    void draw(const Scene& scene, const Layout& layout, DrawList& out) {
        timeline::draw(scene, layout, tree_, tiles_, out);
    }

  private:
    TrackTree tree_;
    SliceTiles tiles_;
};

template <class Lanes>
class Flight {
  public:
    Flight(const trace::Log& log, const trace::Index& index, AxisKind kind, const TextMetrics& text)
        : log_(log), index_(index), text_(text), cursor_{index.size() / 3 * 2}, lanes_(index) {
        view_.axis = kind;
        layout_ = lanes_.layout();
        const Axis axis(kind, log, index);
        end_ = axis.end();
        view_.fit(end_, layout_.width(), 1);
        target_ = axis.at(cursor_);
    }

    void fly() {
        frame();
        while (view_.scale < 1.0 && frames_.size() < 4000) zoom(1.06);
        for (int each = 0; each < 200; ++each) pan(40);
        while (view_.scale > minimum()) {
            zoom(1 / 1.06);
            if (frames_.size() % 10 == 0) pan(25);
            if (frames_.size() % 50 == 0) scroll();
        }
    }

    std::vector<double>& frames() { return frames_; }
    [[nodiscard]] std::size_t max_instances() const { return max_instances_; }
    [[nodiscard]] double first_frame() const { return first_frame_; }

  private:
    [[nodiscard]] double minimum() const {
        return static_cast<double>(layout_.width()) / static_cast<double>(end_) * 0.9;
    }
    void zoom(double factor) {
        const float x = std::min(std::max(view_.x(target_), 0.0F), layout_.width());
        view_.zoom(factor, x, layout_.width(), end_);
        frame();
    }
    void pan(float pixels) {
        view_.pan(pixels);
        frame();
    }
    void scroll() {
        view_.scroll += 3 * layout_.lane_height;
        if (view_.scroll > std::max(layout_.content_height - layout_.lanes.height, 0.0F)) view_.scroll = 0;
    }

    void frame() {
        const double start = bench::cpu_time();
        lanes_.update(index_);
        const Scene scene{log_, index_, cursor_, view_, Theme::dark_theme(), text_, 1};
        lanes_.draw(scene, layout_, list_);
        const double took = (bench::cpu_time() - start) * 1e-6;
        if (frames_.empty()) first_frame_ = took;
        frames_.push_back(took);
        max_instances_ = std::max(max_instances_, instances_of(list_));
    }

    const trace::Log& log_;
    const trace::Index& index_;
    const TextMetrics& text_;
    EventIndex cursor_;
    View view_;
    Lanes lanes_;
    Layout layout_;
    DrawList list_;
    std::int64_t end_ = 0;
    std::int64_t target_ = 0;
    std::vector<double> frames_;  // in milliseconds
    std::size_t max_instances_ = 0;
    double first_frame_ = 0;
};

double percentile(std::vector<double>& samples, double share) {
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(samples.size() - 1));
    std::ranges::nth_element(samples, samples.begin() + at);
    return samples[static_cast<std::size_t>(at)];
}

/// Flies over a trace and prints what its frames cost.
template <class Lanes>
int measure(const trace::Log& log, const char* lanes, AxisKind axis, const char* name) {
    const double before = bench::resident_bytes();
    trace::Index index;
    const double build = bench::time_of([&] { index.update(log); });
    const double memory = bench::resident_bytes() - before;
    const auto fonts = render::FontSet::create();
    if (!fonts) return 1;
    Flight<Lanes> flight(log, index, axis, **fonts);
    flight.fly();
    const auto events = static_cast<double>(log.size());
    const std::size_t frames = flight.frames().size();
    const double worst = *std::ranges::max_element(flight.frames());
    std::printf(R"({"events": %u, "lanes": %s, "axis": "%s", "index_ns_per_event": %.2f, )"
                R"("index_bytes_per_event": %.2f, "frames": %zu, "first_ms": %.2f, "p50_ms": %.3f, )"
                R"("p99_ms": %.3f, "worst_ms": %.3f, "instances": %zu})"
                "\n",
                log.size(), lanes, name, build / events, memory / events, frames, flight.first_frame(),
                percentile(flight.frames(), 0.5), percentile(flight.frames(), 0.99), worst,
                flight.max_instances());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s EVENTS LANES [sequence|time|tracks]\n", argv[0]);
        return 2;
    }
    const std::string_view kind = argc > 3 ? argv[3] : "sequence";
    const auto count = static_cast<std::uint32_t>(std::atoll(argv[1]));
    const auto lanes = static_cast<std::uint32_t>(std::atoll(argv[2]));
    trace::Log log;
    if (kind == "tracks") {
        bench::write(bench::SliceTrace{count, lanes}, log);
        return measure<Tracks>(log, argv[2], AxisKind::time, "tracks");
    }
    bench::write(bench::SyntheticTrace{count, lanes}, log);
    return measure<Tasks>(log, argv[2], kind == "time" ? AxisKind::time : AxisKind::sequence,
                          kind == "time" ? "time" : "sequence");
}
