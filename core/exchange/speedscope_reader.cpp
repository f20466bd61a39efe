// SPDX-License-Identifier: MIT
#include "core/exchange/speedscope_reader.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::exchange {
namespace {

/// The fraction of the work that is reading; the rest is parsing and writing the log.
constexpr double reading_speedscope = 0.3;
constexpr std::size_t bytes_between = std::size_t{1} << 22;

}  // namespace

SpeedscopeReader::SpeedscopeReader(Incoming incoming, trace::LogProgress progress)
    : name_(std::move(incoming.title)), size_(incoming.size), progress_(std::move(progress)) {
    imported_.info.program = name_;
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
}

Result<void> SpeedscopeReader::push(std::span<const std::byte> bytes) {
    const auto kept = bytes.first(std::min(bytes.size(), max_size - text_.size()));
    text_.append(reinterpret_cast<const char*>(kept.data()), kept.size());
    if (!progress_ || text_.size() - reported_ < bytes_between) return {};
    reported_ = text_.size();
    const double done = size_ > 0 ? static_cast<double>(reported_) / static_cast<double>(size_) : 0;
    if (!progress_(reading_speedscope * std::min(done, 1.0), imported_.log)) return reading_stopped(name_);
    return {};
}

Pausing<Result<Imported>> SpeedscopeReader::finish_in_pieces() {
    Omissions omissions;
    SpeedscopeProfiles profiles;
    const bool full_text = !wants_more();
    const auto progress = [this](double from, double done) {
        constexpr double each = (1 - reading_speedscope) / 2;
        return !progress_ || progress_(reading_speedscope + each * (from + done), imported_.log);
    };
    const bool read =
        profiles.read(text_, *imported_.log, omissions, [&](double done) { return progress(0, done); });
    if (!read) co_return reading_stopped(name_);
    if (profiles.records.empty()) co_return nothing(profiles);
    co_await profiles.records.match(omissions);
    const std::function<bool(double)> writing = [&](double done) { return progress(1, done); };
    const bool written = co_await profiles.records.write(*imported_.log, profiles.numbers, writing);
    if (!written) co_return reading_stopped(name_);
    imported_.records = profiles.events;
    imported_.skipped = omissions.records();
    imported_.omissions = omissions.all();
    std::string text = omissions.sentence(profiles.events);
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : "; ") + part; };
    if (full_text || profiles.records.full())
        add(fmt::format("what comes after {} events was left out", profiles.events));
    else if (profiles.cut)
        add("the file ends before it is complete");
    else if (profiles.damaged)
        add("the file is damaged, and what comes behind that place is missing");
    if (!text.empty()) imported_.missing = fmt::format("'{}': {}", name_, text);
    co_return std::move(imported_);
}

tl::unexpected<Error> SpeedscopeReader::nothing(const SpeedscopeProfiles& profiles) const {
    if (profiles.samples > 0)
        return fail(
            fmt::format("'{}' is a profile of speedscope that holds samples, which have no begin and no end; "
                        "https://www.speedscope.app shows them",
                        name_),
            Error::Code::unsupported);
    return fail(
        fmt::format("'{}' is a profile of speedscope without events that can be shown{}; record it again",
                    name_,
                    profiles.cut       ? ", for it ends before it is complete"
                    : profiles.damaged ? ", for it is damaged"
                                       : ""),
        Error::Code::damaged);
}

}  // namespace loopscope::exchange
