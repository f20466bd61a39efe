// SPDX-License-Identifier: MIT
#include "core/format/saver.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::format {
namespace {

/// How many events are written between two calls of the progress function: about a tenth of a second's work.
constexpr std::uint32_t events_between_calls = 500'000;
/// How many events are written before the memory of those is given back that are in a file.
constexpr std::uint32_t events_between_rests = 16'000'000;

}  // namespace

struct Saver::Target {
    Target(AtomicFile its_file, const trace::Log& its_log, std::uint32_t its_until, const Info& its_info)
        : file(std::move(its_file)), log(its_log), until(its_until), info(its_info) {}

    AtomicFile file;
    const trace::Log& log;
    std::uint32_t until;
    const Info& info;
    ChunkWriter writer{[this](std::span<const std::byte> bytes) { return file.write(bytes); }};
};

Saver::Saver(std::unique_ptr<Target> target) : target_(std::move(target)) {}
Saver::Saver(Saver&& other) noexcept = default;
Saver::~Saver() = default;

Result<Saver> Saver::create(const std::filesystem::path& path, const trace::Log& log, std::uint32_t until,
                            const Info& info) {
    LOOPSCOPE_TRY(file, AtomicFile::open(path));
    Saver saver(std::make_unique<Target>(std::move(file), log, until, info));
    LOOPSCOPE_CHECK(saver.target_->writer.begin(info));
    return saver;
}

std::uint32_t Saver::written() const {
    return target_->writer.size();
}

Result<bool> Saver::write(std::uint32_t events) {
    Target& to = *target_;
    const std::uint32_t left = to.until - written();
    const std::uint32_t part = std::max(events, chunk_events);  // a smaller part would wait for more events
    const bool last = part >= left;
    LOOPSCOPE_CHECK(to.writer.events(to.log, this->written() + std::min(part, left), last));
    return last;
}

Result<void> Saver::commit() {
    if (auto written = target_->writer.notes(target_->info); !written) return written;
    if (auto written = target_->writer.end(); !written) return written;
    return target_->file.commit();
}

Result<void> save(const std::filesystem::path& path, const trace::Log& log, const Info& info,
                  const Progress& progress) {
    LOOPSCOPE_TRY(saver, Saver::create(path, log, log.size(), info));
    for (std::uint32_t rested = 0;;) {
        LOOPSCOPE_TRY(whole, saver.write(events_between_calls));
        if (whole || saver.written() - rested >= events_between_rests) {
            log.let_go();
            rested = saver.written();
        }
        if (whole) return saver.commit();
        if (progress && !progress(static_cast<double>(saver.written()) / log.size()))
            return fail(fmt::format("writing '{}' was stopped", path.string()), Error::Code::cancelled);
    }
}

Result<std::string> bytes_of(const trace::Log& log, const Info& info) {
    std::string bytes;
    ChunkWriter writer([&bytes](std::span<const std::byte> some) -> Result<void> {
        for (const std::byte each : some) bytes.push_back(static_cast<char>(each));
        return {};
    });
    LOOPSCOPE_CHECK(writer.begin(info));
    LOOPSCOPE_CHECK(writer.events(log, log.size(), true));
    LOOPSCOPE_CHECK(writer.notes(info));
    LOOPSCOPE_CHECK(writer.end());
    return bytes;
}

}  // namespace loopscope::format
