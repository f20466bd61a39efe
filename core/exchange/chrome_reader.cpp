#include "core/exchange/chrome_reader.hpp"

#include <algorithm>
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
      lanes_(*imported_.log) {
    imported_.info.program = name_;
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
}

Result<void> ChromeReader::push(std::span<const std::byte> bytes) {
    while (!bytes.empty() && wants_more()) {
        const auto piece = bytes.first(std::min(bytes.size(), max_piece));
        bytes = bytes.subspan(piece.size());
        scanner_.push(piece);
        if (!take_records()) return stopped();
    }
    return {};
}

Result<Imported> ChromeReader::finish() {
    if (wants_more()) scanner_.finish();
    imported_.records += scanner_.skipped();
    imported_.skipped += scanner_.skipped();
    if (sorter_.size() == 0) return nothing();
    if (!serialize()) return stopped();
    return std::move(imported_);
}

tl::unexpected<Error> ChromeReader::stopped() const {
    return fail(fmt::format("reading '{}' was stopped", name_), Error::Code::cancelled);
}

tl::unexpected<Error> ChromeReader::nothing() const {
    if (!scanner_.is_trace())
        return fail(
            fmt::format("'{}' is no Chrome trace: it begins neither with an array nor with an object", name_),
            Error::Code::damaged);
    if (scanner_.gave_up())
        return fail(
            fmt::format("'{}' goes on for more than {} MB without a record; open a file that Chrome or "
                        "Perfetto has saved",
                        name_, RecordScanner::max_gap >> 20),
            Error::Code::damaged);
    return fail(
        fmt::format("'{}' has no slices and no instants among its {} records: there is nothing to show{}",
                    name_, imported_.records,
                    scanner_.has_array() ? ""
                                         : ", for it has no array called traceEvents; open a file that "
                                           "Chrome or Perfetto has saved"),
        Error::Code::damaged);
}

bool ChromeReader::take_records() {
    for (std::string_view text = scanner_.next(); !text.empty(); text = scanner_.next()) {
        full_ = sorter_.size() == trace::max_events || imported_.records == max_records;
        if (full_) break;
        const auto record = records_.read(text, RecordScanner::padding);
        if (!record || !take(*record)) ++imported_.skipped;
        if (++imported_.records % progress_distance != 0 || !progress_) continue;
        const double done =
            size_ > 0 ? static_cast<double>(scanner_.position()) / static_cast<double>(size_) : 0;
        if (!progress_(reading * std::min(done, 1.0), imported_.log)) return false;
    }
    return true;
}

bool ChromeReader::take(const ChromeRecord& record) {
    using Kind = LaneEvent::Kind;
    switch (record.phase) {
        case 'M': return lanes_.name(record);
        case 'X':
            return add(record, record.duration > Duration(0) ? Kind::slice : Kind::instant,
                       lanes_.thread(record));
        case 'B': return add(record, Kind::begin, lanes_.thread(record));
        case 'E': return add(record, Kind::end, lanes_.thread(record));
        case 'i':
        case 'I': return add(record, Kind::instant, lanes_.thread(record));
        case 'b':
        case 'S': return add(record, Kind::begin, lanes_.async(record));
        case 'e':
        case 'F': return add(record, Kind::end, lanes_.async(record));
        case 'n':
        case 'T':
        case 'p': return add(record, Kind::instant, lanes_.async(record));
        default: return false;  // flows, counters, samples, snapshots …
    }
}

bool ChromeReader::add(const ChromeRecord& record, LaneEvent::Kind kind, std::uint32_t lane) {
    if (!record.time || lane == Lanes::limit) return false;
    LaneEvent event;
    event.time = record.time->count();
    event.end = std::min(event.time + record.duration.count(), max_time);
    event.lane = lane;
    event.name = kind == LaneEvent::Kind::end ? 0 : imported_.log->intern(record.name).value;
    event.kind = kind;
    sorter_.add(event);
    return true;
}

bool ChromeReader::serialize() {
    const auto all = static_cast<double>(sorter_.size());
    std::optional<LaneSerializer> serializer;
    std::uint64_t begun = 0;
    bool stopped = false;
    const std::uint64_t visited = sorter_.visit_in_order([&](const LaneEvent& each) {
        if (!serializer) serializer.emplace(*imported_.log, lanes_, each.time);
        if (serializer->full()) return false;
        if (++begun % progress_distance == 0 && progress_)
            stopped = !progress_(reading + (1 - reading) * static_cast<double>(begun) / all, imported_.log);
        if (!stopped) serializer->add(each);
        return !stopped;
    });
    if (stopped) return false;
    serializer->finish();
    imported_.skipped += serializer->unmatched();
    imported_.missing = missing(*serializer, sorter_.size() - visited);
    return true;
}

std::string ChromeReader::missing(const LaneSerializer& serializer, std::uint64_t left_out) const {
    std::string text;
    const auto add = [&](std::string_view part) {
        text += fmt::format("{}{}", text.empty() ? "" : "; ", part);
    };
    if (imported_.skipped > 0)
        add(fmt::format("{} of {} records have no meaning here and were skipped", imported_.skipped,
                        imported_.records));
    if (full_)
        add(fmt::format("what comes after {} records was left out", imported_.records));
    else if (scanner_.gave_up())
        add("what comes after its last record has no end");
    else if (!scanner_.terminated())
        add("the file ends before its array does");
    if (serializer.unfinished() > 0) add(fmt::format("{} slices have no end", serializer.unfinished()));
    if (left_out > 0) add(fmt::format("the last {} records did not fit", left_out));
    return text.empty() ? text : fmt::format("'{}': {}", name_, text);
}

Result<Imported> read_chrome(std::string_view json, const std::string& name,
                             const trace::LogProgress& progress) {
    ChromeReader reader({name, name, json.size()}, progress);
    LOOPSCOPE_CHECK(reader.push(std::as_bytes(std::span(json))));
    return reader.finish();
}

}  // namespace loopscope::exchange
