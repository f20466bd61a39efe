// SPDX-License-Identifier: MIT
#include "app/panels/exports.hpp"

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/export/page.hpp"
#include "app/export/png.hpp"
#include "app/export/timeline_svg.hpp"
#include "app/panels/files.hpp"
#include "core/base/input.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/text_export.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/saver.hpp"

namespace loopscope::panels {
namespace {

namespace fs = std::filesystem;

/// The size of a drawing: that of `--size`, unless another one is asked for.
constexpr gl::Size drawing_size{1920, 1080};
constexpr int large = 2;

std::string_view ending_of(ExportAs as) {
    switch (as) {
        case ExportAs::picture:
        case ExportAs::large_picture: return ".png";
        case ExportAs::drawing: return ".svg";
        case ExportAs::chrome: return ".json";
        case ExportAs::table: return ".csv";
        case ExportAs::page: return ".html";
    }
    return {};
}

/// Returns a function that draws the timeline as it is at the cursor. The index is made anew on the thread:
/// the one of the session grows meanwhile.
feed::Exporting::Write draw_timeline(const fs::path& path, const session::Session& session,
                                     const timeline::Theme& theme) {
    return [path, cursor = session.cursor(), marks = session.annotations().marks, &theme](
               const trace::Log* log, const Progress& progress) -> Result<void> {
        feed::Analysis known;
        const auto half = [&](double done) { return progress(done / 2); };
        if (!known.update(*log, log->size(), half))
            return fail(fmt::format("Not written: '{}' is unchanged", path.string()), Error::Code::cancelled);
        const auto other_half = [&](double) { return progress(0.5); };
        return export_::write_timeline_svg({*log, known.index, cursor, marks}, path, {drawing_size, theme},
                                           other_half);
    };
}

feed::Exporting::Write write_log(ExportAs as, const fs::path& path, const session::Session& session) {
    if (as == ExportAs::table) {
        return [path](const trace::Log* log, const Progress& progress) {
            return exchange::write_csv(path, *log, progress);
        };
    }
    format::Info info = feed::info_of(session.feed());
    info.notes = session.annotations().notes;
    return [path, info = std::move(info)](const trace::Log* log, const Progress& progress) {
        return exchange::write_chrome(path, *log, info, progress);
    };
}

/// Returns a function that writes a page with the trace, or with the show, and the view as it is.
feed::Exporting::Write write_page(const fs::path& path, const session::Session& session,
                                  const timeline::Theme& theme, Exports::Show show) {
    export_::PageContents contents;
    contents.title = session.about().name;
    contents.note = session.annotations().notes;
    contents.theme = theme.name;
    contents.lesson = std::move(show.lesson);
    contents.demo = std::move(show.demo);
    contents.file = std::move(show.file);
    const bool has_show = !contents.lesson.empty() || !contents.demo.empty();
    if (!has_show) {
        contents.at = session.cursor();
        contents.file = fs::path(session.about().name).filename().replace_extension(".loopscope").string();
    }
    return [path, contents = std::move(contents), has_show, info = info_to_save(session)](
               const trace::Log* log, const Progress&) mutable -> Result<void> {
        if (!has_show) {
            LOOPSCOPE_TRY(bytes, format::bytes_of(*log, info));
            contents.trace = std::move(bytes);
        }
        return export_::write_page(path, contents);
    };
}

}  // namespace

std::string Exports::choose(ExportAs as, const session::Session& session,
                            const std::optional<fs::path>& file) {
    as_ = as;
    to_replace_.clear();
    const std::string_view name = session.about().name;
    const fs::path proposed = file ? *file : name == standard_input_name ? fs::path("trace") : fs::path(name);
    return fs::path(proposed).replace_extension(ending_of(as)).string();
}

Exports::Reply Exports::start(const std::string& name, const session::Session& session,
                              const timeline::Theme& theme, Show show) {
    if (busy()) return {"", "Another file is being written: wait until it is, or stop it with Escape"};
    fs::path path(name);
    const std::string_view ending = ending_of(as_);
    if (!path.has_stem() || path.stem() == ending) return {"", "A file needs a name"};
    if (!path.has_extension()) path += ending;
    if (path.extension() != ending) return {"", fmt::format("'{}' has to end in {}", path.string(), ending)};
    std::error_code unknown;
    if (fs::exists(path, unknown) && path != to_replace_) {
        to_replace_ = path;
        return {path.string(),
                fmt::format("'{}' exists: Enter again replaces it, Esc leaves it", path.string())};
    }
    to_replace_.clear();
    switch (as_) {
        case ExportAs::picture: wanted_ = Wanted{path, 1}; break;
        case ExportAs::large_picture: wanted_ = Wanted{path, large}; break;
        case ExportAs::drawing:
            job_ = std::make_unique<feed::Exporting>(path, session.branch(),
                                                     draw_timeline(path, session, theme));
            break;
        case ExportAs::chrome:
        case ExportAs::table:
            job_ = std::make_unique<feed::Exporting>(path, session.branch(), write_log(as_, path, session));
            break;
        case ExportAs::page:
            job_ = std::make_unique<feed::Exporting>(path, session.branch(),
                                                     write_page(path, session, theme, std::move(show)));
            break;
    }
    return {};
}

std::optional<Exports::Wanted> Exports::take_wanted() {
    return std::exchange(wanted_, std::nullopt);
}

void Exports::write(const fs::path& file, gl::Image picture) {
    const auto kept = std::make_shared<const gl::Image>(std::move(picture));
    job_ = std::make_unique<feed::Exporting>(file, nullptr,
                                             [file, kept](const trace::Log*, const Progress& progress) {
                                                 return export_::write_png(file, *kept, progress);
                                             });
}

std::string Exports::go_on(std::chrono::nanoseconds time) {
    if (!job_ || !is_over(job_->poll(time))) return {};
    const auto over = std::exchange(job_, nullptr);
    was_written_ = over->poll(time) == Status::ended;
    return was_written_ ? fmt::format("Written: '{}'", over->path().string()) : over->error().message;
}

bool Exports::stop() {
    if (job_) job_->cancel();
    return job_ != nullptr;
}

std::string Exports::progress() const {
    if (!job_) return {};
    const double done = job_->progress();
    return fmt::format("Writing {}{}.  Esc stops", job_->path().string(),
                       done > 0 ? fmt::format(": {:.0f} %", 100 * done) : std::string());
}

void Exports::finish() {
    if (job_) complete(*job_);
    job_.reset();
}

}  // namespace loopscope::panels
