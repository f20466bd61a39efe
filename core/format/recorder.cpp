// SPDX-License-Identifier: MIT
#include "core/format/recorder.hpp"

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/format/recording_file.hpp"
#include "core/format/saver.hpp"

namespace loopscope::format {
namespace {

/// The number of events that are written at once: half of what may be lost, because as many may come before
/// the next call.
constexpr std::uint32_t enough_events = small_chunk_events / 2;
/// The time after which fewer events are written, too; the rest of 0.1 s is for the next call.
constexpr std::chrono::milliseconds long_enough(50);

}  // namespace

Recorder::Recorder(std::unique_ptr<RecordingFile> file)
    : file_(std::move(file)),
      writer_([to = file_.get()](std::span<const std::byte> bytes) { return to->write(bytes); },
              Effort::quick),
      written_(Clock::now()) {}
Recorder::Recorder(Recorder&& other) noexcept = default;
Recorder::~Recorder() = default;

Result<Recorder> Recorder::create(const std::filesystem::path& path, const Info& info) {
    LOOPSCOPE_TRY(target, WriteTarget::find(path));
    LOOPSCOPE_TRY(file, RecordingFile::create(target));
    Recorder recorder(std::make_unique<RecordingFile>(std::move(file)));
    LOOPSCOPE_CHECK(recorder.writer_.begin(info));
    return recorder;
}

std::string Recorder::notice() const {
    if (file_->set_aside().empty()) return {};
    return fmt::format("an earlier recording of {} was interrupted; what it had is now called {}",
                       file_->target().name().string(), file_->set_aside().string());
}

Result<void> Recorder::record(const trace::Log& log) {
    const std::uint32_t waiting = log.size() - writer_.size();
    if (waiting >= enough_events || (waiting > 0 && Clock::now() - written_ >= long_enough))
        return flush(log);
    return {};
}

Result<void> Recorder::flush(const trace::Log& log) {
    if (auto written = writer_.events(log, log.size(), true); !written) return with_remains(written.error());
    written_ = Clock::now();
    if (writer_.size() > 0) file_->keep();
    return {};
}

Result<void> Recorder::finish(const trace::Log& log, const Info& info, const Progress& progress) {
    const WriteTarget& target = file_->target();
    if (target.is_stream() || !save(target.name(), log, info, progress)) return finish_as_it_is(log, info);
    file_->remove();
    return {};
}

Result<void> Recorder::finish_as_it_is(const trace::Log& log, const Info& info) {
    if (auto written = flush(log); !written) return written;
    if (auto written = writer_.sources(info); !written) return with_remains(written.error());
    if (auto written = writer_.notes(info); !written) return with_remains(written.error());
    if (auto written = writer_.end(); !written) return with_remains(written.error());
    if (auto written = file_->commit(); !written) return with_remains(written.error());
    return {};
}

tl::unexpected<Error> Recorder::with_remains(const Error& error) const {
    if (!file_->kept()) return tl::unexpected(error);
    return fail(
        fmt::format("{}; what was recorded until then is in {}", error.message, file_->path().string()),
        error.code);
}

}  // namespace loopscope::format
