// SPDX-License-Identifier: MIT
// Measures how long each panel takes for a frame, by itself, over traces of different lengths: `panels_bench
// [EVENTS...]`, by default 10^5 to 10^8. Lays out each panel in 200 frames while nothing happens, and in 100
// frames that each follow a step, with the cursor at the end of the trace, in the middle and at the start.
// Nothing is painted. Prints tables in Markdown: milliseconds of CPU time, and the ratio of the longest
// trace's time to the shortest one's.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/compare_panel.hpp"
#include "app/panels/details_panel.hpp"
#include "app/panels/frame.hpp"
#include "app/panels/hover.hpp"
#include "app/panels/imgui_frame.hpp"
#include "app/panels/loop_panel.hpp"
#include "app/panels/output_panel.hpp"
#include "app/panels/source_panel.hpp"
#include "app/panels/storage_panel.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/top_bar.hpp"
#include "app/panels/why_panel.hpp"
#include "app/platform/offscreen_context.hpp"
#include "app/render/font_set.hpp"
#include "app/session/drive.hpp"
#include "bench/hard_trace.hpp"
#include "bench/measure.hpp"
#include "bench/slice_trace.hpp"
#include "core/feed/file_feed.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/transitions.hpp"

namespace {

using namespace loopscope;
using session::Direction;

constexpr gl::Size size{1920, 1080};
constexpr int warm_up = 20;
constexpr int still_frames = 200;
constexpr int steps = 100;
constexpr double frame_time = 1.0 / 60;

/// The cost of some frames in milliseconds: the maximum of the fastest tenth, the median, and all of them.
struct Cost {
    double fast = 0;
    double median = 0;
    double maximum = 0;
};

Cost cost_of(std::vector<double> samples) {
    std::ranges::sort(samples);
    return {samples[samples.size() / 10], samples[samples.size() / 2], samples.back()};
}

/// By panel and place of the cursor, in the order of the traces' lengths.
using Costs = std::map<std::string, std::vector<Cost>>;

/// Holds everything that panels are drawn with.
class Stage {
  public:
    explicit Stage(const render::FontSet& metrics)
        : fonts_(imgui_.set_scale(timeline::Theme::dark_theme(), 1)), metrics_(metrics) {}

    [[nodiscard]] panels::Ui ui() const { return {timeline::Theme::dark_theme(), fonts_, 1}; }
    [[nodiscard]] const panels::Frame& frame() const { return frame_; }
    [[nodiscard]] const timeline::TextMetrics& metrics() const { return metrics_; }

    /// Returns how long `lay_out` takes, in a frame of its own.
    double time(const std::function<void()>& lay_out) {
        imgui_.begin(size, frame_time, {});
        ImGui::PushFont(fonts_.text);
        const double took = bench::time_of(lay_out) * 1e-6;
        ImGui::PopFont();
        render::Damage damage;
        imgui_.end(damage);
        return took;
    }

  private:
    panels::ImGuiFrame imgui_{nullptr};
    panels::Fonts fonts_;
    const render::FontSet& metrics_;
    panels::Frame frame_{size, 1, {}};
};

/// All panels of one session.
class Panels {
  public:
    Panels(Stage& stage, session::Session& session) : stage_(stage), session_(session) {}

    /// Measures each panel at the present cursor, whose name is `where`.
    void measure(const std::string& where, Direction direction, Costs& still, Costs& stepping) {
        const EventIndex cursor = session_.cursor();
        for (const auto& [name, lay_out] : all()) {
            for (int each = 0; each < warm_up; ++each) stage_.time(lay_out);
            std::vector<double> samples;
            for (int each = 0; each < still_frames; ++each) samples.push_back(stage_.time(lay_out));
            still[name + where].push_back(cost_of(std::move(samples)));
            samples = {};
            for (int each = 0; each < steps; ++each) {
                step(session_, session::Pursuit::What::handle, direction);
                static_cast<void>(session_.state());
                samples.push_back(stage_.time(lay_out));
            }
            stepping[name + where].push_back(cost_of(std::move(samples)));
            session_.seek(cursor);
        }
        std::vector<double> samples;
        for (int each = 0; each < steps; ++each) {
            samples.push_back(bench::time_of([&] {
                                  step(session_, session::Pursuit::What::handle, direction);
                                  static_cast<void>(session_.state());
                              }) *
                              1e-6);
        }
        stepping["the step itself" + where].push_back(cost_of(std::move(samples)));
        session_.seek(cursor);
    }

  private:
    using LayOut = std::function<void()>;
    [[nodiscard]] const panels::Frame& at() const { return stage_.frame(); }

    std::vector<std::pair<std::string, LayOut>> all() {
        std::vector<std::pair<std::string, LayOut>> all;
        const auto add = [&](const char* name, LayOut lay_out) {
            all.emplace_back(name, std::move(lay_out));
        };
        add("top bar",
            [this] { bench::keep(bar_.update(stage_.ui(), session_, {}, player_, menu_, at().bar).action); });
        add("timeline, all of it", [this] { timeline(all_, &panels::TimelinePanel::fit_all); });
        add("timeline at the cursor", [this] { timeline(near_, nullptr); });
        add("WHY", [this] { why_.update(stage_.ui(), session_, at().why); });
        if (session_.index().is_of_tracks()) {
            add("DETAILS", [this] { details_.update(stage_.ui(), session_, at().why); });
            return all;
        }
        add("LOOP", [this] {
            loop_.update(stage_.ui(), session_, at().loop, panels::Language::native, frame_time, false);
        });
        add("STORAGE", [this] { storage_.update(stage_.ui(), session_, at().storage); });
        add("SOURCE",
            [this] { source_.update(stage_.ui(), session_, at().source, panels::Language::native); });
        add("OUTPUT", [this] {
            runs_.update(session_, 0);
            panels::output_panel(stage_.ui(), {session_, hits_}, runs_.any() ? &runs_ : nullptr, scroll_,
                                 at().output);
        });
        add("tooltip", [this] {
            timeline::Hit hit;
            hit.event = session_.cursor();
            hit.task = TaskId{1};
            bench::keep(panels::hover_text(session_, hit).size());
        });
        if (!session_.setup()) return all;
        add("COMPARE", [this] {
            if (!compare_.shown()) compare_.toggle(session_);
            compare_.update(stage_.ui(), session_, at().source);
        });
        return all;
    }

    void timeline(panels::TimelinePanel& panel,
                  void (panels::TimelinePanel::*show)(const session::Session&)) {
        panel.update(stage_.ui(), session_, stage_.metrics(), stage_.frame().timeline, frame_time);
        if (show) (panel.*show)(session_);
        if (!show && !zoomed_) panel.zoom(60, session_);
        zoomed_ = zoomed_ || !show;
        render::Damage damage;
        panel.lay_out(stage_.ui(), session_, stage_.metrics(), damage);
    }

    Stage& stage_;
    session::Session& session_;
    panels::FrameChoice choice_;
    std::vector<std::filesystem::path> recent_;
    panels::Menu::State menu_{choice_, recent_};
    panels::TopBar bar_;
    panels::Player player_;
    panels::TimelinePanel all_;
    panels::TimelinePanel near_;
    panels::LoopPanel loop_;
    panels::StoragePanel storage_;
    panels::OutputScroll scroll_;
    panels::SourcePanel source_;
    panels::WhyPanel why_;
    panels::DetailsPanel details_;
    panels::ComparePanel compare_;
    session::StorageRuns runs_;
    session::Hits hits_;
    bool zoomed_ = false;
};

/// Measures all panels with the cursor at the end, in the middle and at the start.
void measure(Stage& stage, session::Session& session, const std::string& of, Costs& still, Costs& stepping) {
    Panels panels(stage, session);
    session.go_to_head();
    panels.measure(of + ", end", Direction::back, still, stepping);
    session.seek({session.head().value / 2});
    panels.measure(of + ", middle", Direction::forward, still, stepping);
    session.go_to_start();
    panels.measure(of + ", start", Direction::forward, still, stepping);
}

void measure_recording(Stage& stage, std::uint32_t events, Costs& still, Costs& stepping) {
    const bench::HardTrace hard{events};
    const auto log = std::make_shared<trace::Log>();
    write(hard, *log);
    if (const auto checked = log->size() > 1'000'000 ? Result<void>() : trace::check(*log); !checked) {
        std::fprintf(stderr, "%s\n", checked.error().message.c_str());
        std::exit(1);
    }
    auto branch =
        std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log, info_of(hard), "hard"));
    branch->update();
    session::Session session(std::move(branch), bench::annotations_of(*log));
    measure(stage, session, "", still, stepping);
}

/// Measures an imported trace, of a hundred threads.
void measure_tracks(Stage& stage, std::uint32_t events, Costs& still, Costs& stepping) {
    const auto log = std::make_shared<trace::Log>();
    write(bench::SliceTrace{events / 5 * 2, 100}, *log);
    auto branch =
        std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log, format::Info{}, "tracks"));
    branch->update();
    session::Session session(std::move(branch));
    measure(stage, session, " of tracks", still, stepping);
}

/// Measures a program of the catalogue, which has other runs to compare with.
void measure_program(Stage& stage, std::uint32_t events, Costs& still, Costs& stepping) {
    const scenario::Program* const program = scenario::find_program("indication").value();
    const std::vector<scenario::Setting> settings = {{"duration", "3600"}, {"interval", "0.001"}};
    feed::Setup setup;
    setup.program = program;
    setup.arguments = scenario::Arguments::create(scenario::all_parameters(*program), settings).value();
    session::Session session(setup);
    while (session.log().size() < events && extend(session, 100'000)) continue;
    measure(stage, session, " of a program", still, stepping);
}

void print(const char* title, const std::vector<std::uint32_t>& lengths, const Costs& costs) {
    std::printf("\n%s\n\n| panel, cursor |", title);
    for (const std::uint32_t length : lengths) std::printf(" %.0e |", static_cast<double>(length));
    std::printf(" most of the longest | longest / shortest |\n|---|");
    for (std::size_t each = 0; each < lengths.size() + 2; ++each) std::printf("---|");
    for (const auto& [name, row] : costs) {
        std::printf("\n| %s |", name.c_str());
        for (const Cost& cost : row) std::printf(" %.3f |", cost.median);
        std::printf(" %.3f | %.2f |", row.back().maximum, row.back().fast / row.front().fast);
    }
    std::printf("\n");
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::uint32_t> lengths;
    for (int each = 1; each < argc; ++each)
        lengths.push_back(static_cast<std::uint32_t>(std::atof(argv[each])));
    if (lengths.empty()) lengths = {100'000, 1'000'000, 10'000'000, 100'000'000};
    const auto context = platform::OffscreenContext::create();
    const auto metrics = render::FontSet::create();
    if (!context || !metrics) return 1;
    Stage stage(**metrics);
    Costs still;
    Costs stepping;
    for (const std::uint32_t events : lengths) {
        measure_recording(stage, events, still, stepping);
        measure_program(stage, events, still, stepping);
        measure_tracks(stage, events, still, stepping);
        std::fprintf(stderr, "%u events measured\n", events);
    }
    print("At rest, ms a frame (median):", lengths, still);
    print("After each step, ms a frame (median):", lengths, stepping);
}
