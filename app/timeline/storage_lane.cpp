#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "app/session/words.hpp"
#include "app/timeline/strips.hpp"

namespace loopscope::timeline {
namespace {

using trace::Storage;

/// Whether everyone reads the same cell.
bool is_one_cell(Storage storage) { return storage == Storage::global || storage == Storage::thread_local_; }

class StorageArtist {
  public:
    StorageArtist(const Scene& scene, const Layout& layout, DrawList& out)
        : scene_(scene), layout_(layout), axis_(scene.axis()), layer_(out[DrawList::lanes]) {}

    void draw(const trace::SwitchInfo& from, std::uint32_t until) {
        if (is_one_cell(from.storage))
            one_cell(from, until);
        else
            cell_per_chain(from, until);
    }

  private:
    [[nodiscard]] float x(std::uint32_t event) const {
        return std::clamp(layout_.gutter + scene_.view.x(axis_.at(event)), layout_.gutter, layout_.gutter + layout_.width());
    }

    void one_cell(const trace::SwitchInfo& from, std::uint32_t until) {
        const auto& sets = scene_.index.sets();
        auto next = std::ranges::upper_bound(sets, from.event);
        if (next != sets.begin()) --next;  // what was written before stands there still
        for (; next != sets.end() && *next < until; ++next) {
            const std::uint32_t begin = std::max(*next, from.event);
            const std::uint32_t end = std::next(next) != sets.end() ? std::min(*std::next(next), until) : until;
            band(*next, x(begin), x(end), from.storage, begin);
        }
    }

    void band(std::uint32_t set, float begin, float end, Storage storage, std::uint32_t event) {
        if (end - begin < 1) return;
        const TaskId writer = scene_.log[set].task();
        const Color hue = scene_.hue(writer);
        const float gap = std::min(scene_.px(2), (end - begin) * 0.3F);
        const Rect rect{std::round(begin), layout_.storage.y, std::max(std::round(end - begin - gap), 1.0F), layout_.storage.height};
        layer_.quads.push_back({rect, std::min(scene_.px(4), rect.width / 2), 0, 0, scene_.at(event, hue.faded(0.75F)), {}});
        const float size = scene_.px(14);
        const float baseline = std::round(rect.y + rect.height / 2 + scene_.text.cap_height(Face::mono, size) / 2);
        const std::string_view value = scene_.log.strings()[StringId{scene_.log[set].a}];
        const std::string full = fmt::format("{} = '{}'  written by {}", name(storage), value,
                                             session::task_label(scene_.log, scene_.index, writer));
        if (scene_.text.width(full, Face::mono, size) + scene_.px(24) < rect.width) {
            add_text(layer_, scene_.text, full, rect.x + scene_.px(12), baseline, Face::mono, size, scene_.at(event, scene_.theme.ink));
        } else if (rect.width > scene_.px(12)) {
            add_text(layer_, scene_.text, value, rect.x + rect.width / 2, baseline, Face::mono_bold, size,
                     scene_.at(event, scene_.theme.ink), Align::center);
        }
    }

    void cell_per_chain(const trace::SwitchInfo& from, std::uint32_t until) {
        std::vector<std::uint32_t> firsts;  // each chain's first write
        for (const trace::TaskInfo& task : scene_.index.tasks()) {
            if (task.first_set && task.first_set.value < until) firsts.push_back(task.first_set.value);
        }
        if (firsts.empty()) return;
        const float row = layout_.storage.height / static_cast<float>(firsts.size());
        for (std::size_t place = 0; place < firsts.size(); ++place) {
            const std::uint32_t begin = std::max(firsts[place], from.event);
            const float left = x(begin);
            const Rect rect{std::round(left), layout_.storage.y + row * static_cast<float>(place), x(until) - left,
                            std::max(row - std::min(scene_.px(2), row * 0.4F), 1.0F)};
            if (rect.width < 1) continue;
            layer_.quads.push_back({rect, std::min(scene_.px(2), rect.height / 2), 0, 0,
                                    scene_.at(begin, scene_.hue(scene_.log[firsts[place]].task())), {}});
        }
    }

    const Scene& scene_;
    const Layout& layout_;
    Axis axis_;
    Layer& layer_;
};

}  // namespace

void draw_storage_lane(const Scene& scene, const Layout& layout, DrawList& out) {
    StorageArtist artist(scene, layout, out);
    const auto& switches = scene.index.switches();
    // Only up to the cursor: what is written later is not there yet. Two parts, so that what is to come stands back.
    for (std::size_t place = 0; place < switches.size(); ++place) {
        const std::uint32_t until = place + 1 < switches.size() ? switches[place + 1].event : scene.index.size() - 1;
        if (switches[place].event < scene.cursor && scene.cursor < until) {
            artist.draw(switches[place], scene.cursor);
            artist.draw({scene.cursor + 1, switches[place].storage}, until);
        } else {
            artist.draw(switches[place], until);
        }
    }
    const float size = scene.px(15);
    add_text(out[DrawList::labels], scene.text, "storage", scene.px(24),
             std::round(layout.storage.y + layout.storage.height / 2 + scene.text.cap_height(Face::sans, size) / 2), Face::sans, size,
             scene.theme.dim);
}

}  // namespace loopscope::timeline
