// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_reader.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::exchange {
namespace {

/// The number of packets between two calls of the progress function.
constexpr std::uint64_t packets_between = 1U << 13;
/// The fraction of the work that is reading packets; the rest is writing the log.
constexpr double reading_packets = 0.7;

}  // namespace

PerfettoReader::PerfettoReader(Incoming incoming, trace::LogProgress progress)
    : name_(std::move(incoming.title)),
      size_(incoming.size),
      progress_(std::move(progress)),
      events_(*imported_.log, omissions_) {
    imported_.info.program = name_;
}

Result<void> PerfettoReader::push(std::span<const std::byte> bytes) {
    scanner_.push(bytes);
    if (!take_packets()) return reading_stopped(name_);
    return {};
}

/// Takes the packets that are complete by now. Returns false if the progress function stopped it.
bool PerfettoReader::take_packets() {
    while (!events_.full()) {
        const auto packet = scanner_.next();
        if (!packet) return true;
        events_.take(packet->bytes, packet->origin);
        if (++imported_.records % packets_between != 0 || !progress_) continue;
        const double done =
            size_ > 0 ? static_cast<double>(scanner_.position()) / static_cast<double>(size_) : 0;
        if (!progress_(reading_packets * std::min(done, 1.0), imported_.log)) return false;
    }
    return true;
}

Pausing<Result<Imported>> PerfettoReader::finish_in_pieces() {
    imported_.records = events_.packets();
    if (events_.empty()) co_return nothing();
    if (events_.own().is_own()) {
        if (auto log = events_.own().restore(name_, imported_.info, imported_.missing)) {
            imported_.log = std::move(log);
            co_return std::move(imported_);
        }
    }
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
    const std::function<bool(double)> progress = [this](double done) {
        return !progress_ || progress_(reading_packets + (1 - reading_packets) * done, imported_.log);
    };
    const bool written = co_await events_.write(progress);
    if (!written) co_return reading_stopped(name_);
    if (imported_.log->size() == 1) co_return nothing();
    imported_.skipped = omissions_.records();
    if (const std::string wrong = fault(); !wrong.empty())
        imported_.missing += fmt::format("{}'{}': {}", imported_.missing.empty() ? "" : ". ", name_, wrong);
    imported_.omissions = omissions_.all();
    co_return std::move(imported_);
}

tl::unexpected<Error> PerfettoReader::nothing() const {
    const std::string why = fault();
    return fail(
        fmt::format(
            "'{}' has no track events among its {} packets, and nothing else of Perfetto's is shown: record "
            "with the data source track_event{}{}",
            name_, events_.packets(), why.empty() ? "" : "; ", why),
        Error::Code::damaged);
}

/// Returns what is missing, as a part of a sentence; empty: nothing.
std::string PerfettoReader::fault() const {
    std::string text = omissions_.sentence(events_.packets());
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    if (events_.full())
        add(fmt::format("what comes after {} packets was left out", events_.packets()));
    else if (scanner_.damaged())
        add(fmt::format("what comes after byte {} is no packet, and was left out", scanner_.position()));
    else if (scanner_.inside())
        add(fmt::format("the file ends inside the packet at byte {}", scanner_.position()));
    return text;
}

}  // namespace loopscope::exchange
