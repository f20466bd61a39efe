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

Recording::Recording(const RecordedProgram& program, format::Info info, format::Recorder recorder)
    : intake_(log_, program.name), info_(std::move(info)), recorder_(std::move(recorder)) {
    intake_.set_sources(program.sources);
}

Result<std::unique_ptr<Recording>> Recording::create(const fs::path& target, const RecordedProgram& program) {
    format::Info info;
    info.program = program.name;
    info.origin = program.origin;
    if (!program.sources.empty()) {
        info.source_file = fs::path(program.sources.front()).filename();
        info.source = text_of_source(program.sources.front());
    }
    LOOPSCOPE_TRY(recorder, format::Recorder::create(target, info));
    return std::unique_ptr<Recording>(new Recording(program, std::move(info), std::move(recorder)));
}

Result<bool> Recording::follow(const fs::path& spool) {
    if (!spool_) {
        auto opened = intake::SpoolFile::open(spool);
        if (!opened) return tl::unexpected(opened.error());
        if (!*opened) return false;
        spool_.emplace(std::move(**opened));
        const std::vector<std::string>& about = spool_->about();
        if (about.size() > about_version) info_.origin += " of " + about[about_version];
        if (about.size() > about_folder) folder_ = about[about_folder];
    }
    LOOPSCOPE_TRY(records, spool_->read());
    const Result<void> taken = intake_.push(records);
    // What stands before a record that is wrong is written all the same.
    if (has_trace()) {
        LOOPSCOPE_CHECK(recorder_.record(log_));
    }
    if (!taken) return tl::unexpected(taken.error());
    return !records.empty();
}

/// Adds the texts of the files that lines are of.
void Recording::list_files() {
    const std::vector<std::string>& files = intake_.files();
    for (std::size_t at = 0; at < files.size(); ++at) {
        const fs::path path(files[at]);
        if (path.empty()) continue;
        if (at == 0 && !info_.source.empty()) continue;
        std::string text = text_of_source(folder_ / path);
        if (text.empty()) continue;
        if (at == 0) {
            info_.source_file = path.filename();
            info_.source = std::move(text);
        } else if (info_.listings.size() < format::Allowance::max_listings) {
            info_.listings.push_back({static_cast<std::uint32_t>(at + 1), std::move(text)});
        }
    }
}

Result<void> Recording::finish(std::optional<int> signal) {
    intake_.finish(signal);
    if (!has_trace()) return {};
    list_files();
    return recorder_.finish(log_, info_);
}

}  // namespace loopscope::feed
