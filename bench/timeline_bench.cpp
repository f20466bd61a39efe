// Measures the timeline's geometry: `timeline_bench EVENTS LANES [sequence|time]`. Writes a trace, reads it
// into the index, and moves the view: the whole trace, in to one event, along the axis, and out again. Prints
// a line of JSON with the CPU time of a frame, up to the draw list; nothing is painted.

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/render/font_set.hpp"
#include "app/timeline/timeline.hpp"
#include "bench/measure.hpp"
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

class Flight {
  public:
    Flight(const trace::Log& log, const trace::Index& index, AxisKind kind, const TextMetrics& text)
        : log_(log), index_(index), text_(text), cursor_{index.size() / 3 * 2} {
        view_.axis = kind;
        tree_.update(index);
        if (tree_.has_groups()) tree_.toggle_all();
        layout_ = Layout::create(width, height, tree_.lanes().size(), 1);
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
        tree_.update(index_);
        const Scene scene{log_, index_, cursor_, view_, Theme::dark_theme(), text_, 1};
        draw(scene, layout_, tree_, tiles_, list_);
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
    LaneTree tree_;
    Layout layout_;
    Tiles tiles_;
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

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) {
        std::fprintf(stderr, "usage: %s EVENTS LANES [sequence|time]\n", argv[0]);
        return 2;
    }
    const bool time = argc > 3 && std::strcmp(argv[3], "time") == 0;
    const bench::SyntheticTrace what{static_cast<std::uint32_t>(std::atoll(argv[1])),
                                     static_cast<std::uint32_t>(std::atoll(argv[2]))};
    trace::Log log;
    bench::write(what, log);
    const double before = bench::resident_bytes();
    trace::Index index;
    const double build = bench::time_of([&] { index.update(log); });
    const double memory = bench::resident_bytes() - before;
    const auto fonts = render::FontSet::create();
    if (!fonts) return 1;
    Flight flight(log, index, time ? AxisKind::time : AxisKind::sequence, **fonts);
    flight.fly();
    const auto events = static_cast<double>(log.size());
    const std::size_t frames = flight.frames().size();
    const double worst = *std::ranges::max_element(flight.frames());
    std::printf(R"({"events": %u, "lanes": %u, "axis": "%s", "index_ns_per_event": %.2f, )"
                R"("index_bytes_per_event": %.2f, "frames": %zu, "first_ms": %.2f, "p50_ms": %.3f, )"
                R"("p99_ms": %.3f, "worst_ms": %.3f, "instances": %zu})"
                "\n",
                log.size(), what.lanes, time ? "time" : "sequence", build / events, memory / events, frames,
                flight.first_frame(), percentile(flight.frames(), 0.5), percentile(flight.frames(), 0.99),
                worst, flight.max_instances());
}
