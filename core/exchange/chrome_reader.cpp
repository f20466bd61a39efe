// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_reader.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::exchange {
namespace {

/// The number of records between two calls of the progress function.
constexpr std::uint64_t progress_distance = 1U << 14;
/// The maximum number of records, however few of them have a meaning: a pipe may go on for ever.
constexpr std::uint64_t max_records = std::uint64_t{1} << 30;
/// The fraction of the work that is reading records; the rest is writing the log.
constexpr double reading = 0.7;
/// The maximum number of bytes that are scanned in one piece: a whole file may be pushed at once.
constexpr std::size_t max_piece = std::size_t{1} << 20;

}  // namespace

ChromeReader::ChromeReader(Incoming incoming, trace::LogProgress progress)
    : name_(std::move(incoming.title)),
      size_(incoming.size),
      progress_(std::move(progress)),
      imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0, {}},
      events_(*imported_.log, records_, omissions_) {
    imported_.info.program = name_;
}

Result<void> ChromeReader::push(std::span<const std::byte> bytes) {
    while (!bytes.empty() && wants_more()) {
        const auto piece = bytes.first(std::min(bytes.size(), max_piece));
        bytes = bytes.subspan(piece.size());
        scanner_.push(piece);
        if (!take_records()) return reading_stopped(name_);
    }
    return {};
}

Pausing<Result<Imported>> ChromeReader::finish_in_pieces() {
    if (wants_more()) scanner_.finish();
    imported_.records += scanner_.skipped();
    if (events_.empty()) co_return nothing();
    if (own_.is_own()) {
        if (auto log = own_.restore(name_, imported_.info, imported_.missing)) {
            imported_.log = std::move(log);
            co_return std::move(imported_);
        }
    }
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
    const std::function<bool(double)> progress = [this](double done) {
        return !progress_ || progress_(reading + (1 - reading) * done, imported_.log);
    };
    const bool written = co_await events_.write(progress);
    if (!written) co_return reading_stopped(name_);
    if (events_.empty()) co_return nothing();
    imported_.skipped = omissions_.records();
    imported_.omissions = omissions_.all();
    if (imported_.missing.empty())
        imported_.missing = missing();
    else if (const std::string more = missing(); !more.empty())
        imported_.missing += ". " + more;
    co_return std::move(imported_);
}

tl::unexpected<Error> ChromeReader::nothing() const {
    const auto because = [&](std::string_view why) {
        return fail(fmt::format("'{}' {}", name_, why), Error::Code::damaged);
    };
    if (scanner_.has_zeros())
        return because("has bytes of zero where JSON has none, as text in UTF-16 has; save it as UTF-8");
    if (!scanner_.is_trace())
        return because("is no Chrome trace: it begins neither with an array nor with an object");
    if (scanner_.gave_up())
        return because(
            fmt::format("goes on for more than {} MB without a record; open a file that Chrome or "
                        "Perfetto has saved",
                        RecordScanner::max_gap >> 20U));
    if (!scanner_.no_array().empty())
        return because(
            fmt::format("is no trace that can be shown: its traceEvents is {}, where an array of records "
                        "belongs",
                        scanner_.no_array()));
    if (!scanner_.has_array() && phases_ == 0)
        return because(
            "is JSON, but no trace: it has no array called traceEvents, and its objects have no phase "
            "(ph); open a file that Chrome or Perfetto has saved");
    const std::string omitted = omissions_.sentence(imported_.records);
    return because(fmt::format("has nothing to show among its {} records{}{}", imported_.records,
                               omitted.empty() ? "" : ": ", omitted));
}

bool ChromeReader::take_records() {
    for (std::string_view text = scanner_.next(); !text.empty(); text = scanner_.next()) {
        full_ = events_.full() || imported_.records == max_records;
        if (full_) break;
        const std::uint64_t origin = scanner_.record_begin();
        const ChromeRecord* const record = records_.read(text, RecordScanner::padding);
        if (record == nullptr) {
            omissions_.pass_over("without valid JSON", origin);
        } else {
            if (records_.had_bad_bytes())
                omissions_.note("record", "with bytes that are no UTF-8, shown as \uFFFD", origin);
            if (!record->args_kind.empty())
                omissions_.note("record",
                                fmt::format("whose args is {}, where an object belongs", record->args_kind),
                                origin);
            if (!record->phase.empty()) ++phases_;
            events_.take(*record, origin);
            own_.take(*record);
        }
        if (++imported_.records % progress_distance != 0 || !progress_) continue;
        const double done =
            size_ > 0 ? static_cast<double>(scanner_.position()) / static_cast<double>(size_) : 0;
        if (!progress_(reading * std::min(done, 1.0), imported_.log)) return false;
    }
    return true;
}

std::string ChromeReader::missing() const {
    std::string text = omissions_.sentence(imported_.records);
    const auto add = [&](std::string_view part) {
        text += fmt::format("{}{}", text.empty() ? "" : "; ", part);
    };
    if (full_)
        add(fmt::format("what comes after {} records was left out", imported_.records));
    else if (scanner_.gave_up())
        add("what comes after its last record has no end");
    else if (!scanner_.terminated())
        add("the file ends before its array does");
    if (events_.left_out() > 0) add(fmt::format("the last {} events did not fit", events_.left_out()));
    if (scanner_.another() > 0)
        add(fmt::format("another trace follows at byte {}, which was not read", scanner_.another()));
    return text.empty() ? text : fmt::format("'{}': {}", name_, text);
}

Result<Imported> read_chrome(std::string_view json, const std::string& name,
                             const trace::LogProgress& progress) {
    ChromeReader reader({name, name, json.size()}, progress);
    LOOPSCOPE_CHECK(reader.push(std::as_bytes(std::span<const char>(json))));
    return reader.finish();
}

}  // namespace loopscope::exchange
