// SPDX-License-Identifier: MIT
#include "app/panels/files.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "core/base/input.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/recording_file.hpp"

namespace loopscope::panels {

format::Info info_to_save(const session::Session& session) {
    format::Info info = feed::info_of(session.feed());
    info.notes = session.annotations().notes;
    // If the file was cut short, some marks may be after its end.
    std::ranges::copy_if(session.annotations().marks, std::back_inserter(info.marks),
                         [&](const trace::Mark& mark) { return mark.event < session.log().end_index(); });
    return info;
}

void Files::leave_opening() {
    if (beginning_) beginning_->feed->stop();
    beginning_.reset();
    if (!opening_) return;
    opening_->cancel();
    left_.push_back(std::move(opening_));
}

void Files::open(std::filesystem::path file) {
    leave_opening();
    opened_ = file;
    opening_ = std::make_unique<feed::Opening>(std::move(file));
}

void Files::go_on_opening(std::unique_ptr<feed::Opening> opening, std::filesystem::path file,
                          std::shared_ptr<feed::Branch> beginning) {
    leave_opening();
    opened_ = std::move(file);
    opening_ = std::move(opening);
    beginning_ = std::move(beginning);
}

std::optional<std::string> Files::name_for(const session::Session& session,
                                           const std::optional<std::filesystem::path>& file) {
    if (saving_) return std::nullopt;
    to_replace_.clear();
    if (file) return std::filesystem::path(*file).replace_extension(".loopscope").string();
    const std::string_view name = session.about().name;
    if (name == standard_input_name) return std::string();
    return std::filesystem::path(name).replace_extension(".loopscope").string();
}

Files::Reply Files::save(const std::string& name, const session::Session& session,
                         const std::optional<std::filesystem::path>& file) {
    if (saving_) return {"", "Another run is being saved: wait until it is"};
    std::filesystem::path path(name);
    if (!path.has_stem() || path.stem() == ".loopscope") return {"", "A file needs a name"};
    if (!path.has_extension()) path += ".loopscope";
    if (path.extension() != ".loopscope")
        return {"", fmt::format("'{}' has to end in .loopscope; `loopscope convert` writes other formats",
                                path.string())};
    if (format::is_recording_name(path))
        return {"",
                fmt::format("'{}' is a name for recordings under way; choose another name", path.string())};
    std::error_code error;
    if (std::filesystem::exists(path, error) && path != to_replace_ && path != file) {
        to_replace_ = path;
        return {path.string(),
                fmt::format("'{}' exists: Enter again replaces it, Esc leaves it", path.string())};
    }
    to_replace_.clear();
    saved_ = SavedTraces::saved_in(path, session);
    saving_ = std::make_unique<feed::Saving>(std::move(path), session.branch(), info_to_save(session));
    return {};
}

Files::News Files::go_on(std::chrono::nanoseconds time) {
    News news = go_on_saving(time);
    std::erase_if(left_, [&](const auto& each) { return is_over(each->poll(time)); });
    if (opening_) go_on_opening(time, news);
    return news;
}

void Files::go_on_opening(std::chrono::nanoseconds time, News& news) {
    const Status status = opening_->poll(time);
    if (status == Status::ended) {
        news.arrival = opening_->take();
        news.begun = std::exchange(beginning_, nullptr);
        news.file = opened_;
        if (!news.arrival->notice.empty()) news.sentence = news.arrival->notice;
    } else if (status == Status::failed) {
        news.sentence = opening_->error().message;
        if (const auto begun = std::exchange(beginning_, nullptr)) {
            begun->feed->stop();
            news.sentence += fmt::format("; its first {} events are here", begun->feed->log().size());
        }
    } else if (auto beginning = opening_->take_beginning()) {
        news.beginning = beginning_ = std::move(beginning);
    }
    if (is_over(status)) opening_.reset();
}

Files::News Files::go_on_saving(std::chrono::nanoseconds time) {
    News news;
    if (!saving_) return news;
    const Status status = saving_->poll(time);
    if (!is_over(status)) return news;
    const auto saved = std::exchange(saving_, nullptr);
    if (status == Status::ended) {
        news.saved = std::move(saved_);
        news.sentence = fmt::format("Saved {} events to '{}'", saved->events(), saved->path().string());
    } else {
        news.save_failed = true;
        news.sentence = saved->error().message;
    }
    return news;
}

std::optional<std::string> Files::stop() {
    if (opening_) {
        opening_->cancel();
        return std::string();
    }
    if (!saving_ || !saving_->can_cancel()) return std::nullopt;
    saving_->cancel();
    return go_on_saving(std::chrono::nanoseconds(0)).sentence;
}

void Files::finish() {
    if (saving_) complete(*saving_);
    saving_.reset();
}

std::string Files::progress() const {
    if (opening_) {
        const std::string begun = beginning_ ? fmt::format(", of which the first {} events are shown",
                                                           beginning_->feed->log().size())
                                             : std::string();
        return fmt::format("Opening {}{}: {}.  Esc stops", opening_->name(), begun,
                           opening_->how_far().text());
    }
    if (!saving_) return {};
    return fmt::format("Saving {}: {:.0f} %{}", saving_->path().string(), 100 * saving_->progress(),
                       saving_->can_cancel() ? ".  Esc stops" : "");
}

}  // namespace loopscope::panels
