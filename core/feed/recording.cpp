// SPDX-License-Identifier: MIT
#include "core/feed/recording.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "core/base/result.hpp"
#include "core/format/allowance.hpp"

namespace loopscope::feed {
namespace {

namespace fs = std::filesystem;

/// The lines of SpoolFile::about().
constexpr std::size_t about_version = 0;
constexpr std::size_t about_executable = 1;
constexpr std::size_t about_folder = 2;

/// Returns the text of a source file; nothing if it cannot be read, or is none that a trace can hold.
std::string text_of_source(const fs::path& path) {
    std::error_code unknown;
    if (!fs::is_regular_file(path, unknown)) return {};
    const std::uintmax_t size = fs::file_size(path, unknown);
    if (unknown || size > format::Allowance::max_source) return {};
    std::ifstream file(path, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(file), {});
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    if (!file || text.size() > format::Allowance::max_source || lines > format::Allowance::max_source_lines)
        return {};
    return text;
}

}  // namespace

Recording::Recording(const RecordedProgram& program, format::Info info, Delivery delivery)
    : intake_(log_, program.name), info_(std::move(info)) {
    intake_.set_sources(program.sources);
    if (!program.schedule.empty()) intake_.allow_any_order();
    if (delivery == Delivery::whole_handles) whole_handles_.emplace();
}

Result<std::unique_ptr<Recording>> Recording::create(const std::optional<fs::path>& target,
                                                     const RecordedProgram& program, Delivery delivery) {
    format::Info info;
    info.program = program.name;
    info.origin = program.origin;
    info.notes = program.notes;
    info.schedule = program.schedule;
    if (!program.sources.empty()) {
        info.source_file = fs::path(program.sources.front()).filename();
        info.source = text_of_source(program.sources.front());
    }
    std::unique_ptr<Recording> recording(new Recording(program, info, delivery));
    if (target) {
        LOOPSCOPE_TRY(recorder, format::Recorder::create(*target, info));
        recording->recorder_.emplace(std::move(recorder));
    }
    return recording;
}

/// Opens the spool, if it is there and not open yet. Returns whether it is open.
Result<bool> Recording::open(const fs::path& spool) {
    if (spool_) return true;
    auto opened = intake::SpoolFile::open(spool);
    if (!opened) return tl::unexpected(opened.error());
    if (!*opened) return false;
    spool_.emplace(std::move(**opened));
    const std::vector<std::string>& about = spool_->about();
    if ((spool_->flags() & SPOOL_ANY_THREAD) != 0) {
        intake_.allow_any_thread();
        if (about.size() > about_executable) executable_ = about[about_executable];
    }
    if (about.size() > about_version) info_.origin += " of " + about[about_version];
    if (about.size() > about_folder) folder_ = about[about_folder];
    return true;
}

Result<bool> Recording::follow(const fs::path& spool) {
    LOOPSCOPE_TRY(is_open, open(spool));
    if (!is_open) return false;
    LOOPSCOPE_TRY(records, spool_->read());
    LOOPSCOPE_CHECK(take(whole_handles_ ? whole_handles_->add(records) : records));
    return !records.empty();
}

Result<void> Recording::take(std::span<const Spool_record> records) {
    Result<void> taken = intake_.push(records);
    // What stands before a record that is wrong is written all the same.
    if (has_trace() && recorder_) {
        LOOPSCOPE_CHECK(recorder_->record(log_));
    }
    log_.pack(log_.end_index());
    return taken;
}

Result<void> Recording::release() {
    return whole_handles_ ? take(whole_handles_->release()) : Result<void>();
}

Result<void> Recording::select(VariableId variable, trace::Storage storage) {
    const Spool_record record{SPOOL_STORAGE, variable.value, 0, static_cast<std::uint32_t>(storage)};
    return take({&record, 1});
}

/// Returns where a source is that a recorder names. A compiler names it as it was called, which may have been
/// in any folder above the one that it wrote the program to.
fs::path Recording::find_source(const fs::path& path) const {
    fs::path found = folder_ / path;
    std::error_code unknown;
    if (path.is_absolute() || executable_.empty() || fs::exists(found, unknown)) return found;
    for (fs::path above = executable_.parent_path(); above.has_relative_path(); above = above.parent_path()) {
        if (fs::exists(above / path, unknown)) return (above / path).lexically_normal();
    }
    return found;
}

/// Adds the texts of the files that lines are of.
void Recording::list_files() {
    const std::vector<std::string>& files = intake_.files();
    info_.listings.clear();
    for (std::size_t at = 0; at < files.size(); ++at) {
        const fs::path path(files[at]);
        if (path.empty()) continue;
        if (at == 0 && !info_.source.empty()) continue;
        std::string text = text_of_source(find_source(path));
        if (text.empty()) continue;
        if (at == 0) {
            info_.source_file = path.filename();
            info_.source = std::move(text);
        } else if (info_.listings.size() < format::Allowance::max_listings) {
            info_.listings.push_back({static_cast<std::uint32_t>(at + 1), std::move(text)});
        }
    }
}

void Recording::end(std::optional<int> signal) {
    // What is wrong with the last records ends the trace before them.
    static_cast<void>(release());
    intake_.finish(signal);
}

Result<void> Recording::finish(std::optional<int> signal, const Progress& progress) {
    end(signal);
    if (!has_trace()) return {};
    list_files();
    return recorder_ ? recorder_->finish(log_, info_, progress) : Result<void>();
}

}  // namespace loopscope::feed
