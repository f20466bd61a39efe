#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/exchange/happenings.hpp"
#include "core/exchange/import.hpp"
#include "core/exchange/record_scanner.hpp"

namespace loopscope::exchange {
namespace {

/// Records between two calls of the progress function.
constexpr std::uint64_t progress_distance = 1U << 14;
/// Most records, however few of them mean something: a pipe may go on for ever.
constexpr std::uint64_t max_records = std::uint64_t{1} << 30;
/// The part of the work that is reading; the rest is playing what was read.
constexpr double reading = 0.7;

class ChromeImporter {
  public:
    ChromeImporter(Source& source, std::string name)
        : source_(source), scanner_(source), name_(std::move(name)), lanes_(*imported_.log) {}

    Result<Imported> import(const trace::LogProgress& progress);

  private:
    /// Gives false if it was stopped.
    bool read_all(const trace::LogProgress& progress);
    /// Whether it means something.
    bool take(const ChromeRecord& record);
    bool add(const ChromeRecord& record, Happening::Kind kind, std::uint32_t lane);
    /// Gives false if it was stopped. REQUIRES: something happens.
    bool play(const trace::LogProgress& progress);
    [[nodiscard]] std::string missing(const LanePlayer& player, std::uint64_t left_out) const;

    Source& source_;
    RecordScanner scanner_;
    std::string name_;
    Imported imported_{std::make_shared<trace::Log>(), 0, 0, {}};
    Lanes lanes_;
    Happenings happenings_;
    bool full_ = false;  // what comes next was not read
};

Result<Imported> ChromeImporter::import(const trace::LogProgress& progress) {
    imported_.log->emit(trace::Kind::begin, 0, imported_.log->intern(name_).value);
    const auto stopped = [&] { return fail(fmt::format("reading '{}' was stopped", name_)); };
    if (!read_all(progress)) return stopped();
    if (!scanner_.is_trace())
        return fail(fmt::format("'{}' is no Chrome trace: it begins neither with an array nor with an object",
                                name_));
    if (happenings_.size() == 0 && scanner_.gave_up())
        return fail(
            fmt::format("'{}' goes on for more than {} MB without a record; open a file that Chrome or "
                        "Perfetto has saved",
                        name_, RecordScanner::max_gap >> 20));
    if (happenings_.size() == 0)
        return fail(
            fmt::format("'{}' has no slices and no instants among its {} records: there is nothing to show",
                        name_, imported_.records));
    if (!play(progress)) return stopped();
    return std::move(imported_);
}

bool ChromeImporter::read_all(const trace::LogProgress& progress) {
    ChromeRecordReader reader;
    for (std::string_view text = scanner_.next(); !text.empty(); text = scanner_.next()) {
        if (happenings_.size() == trace::max_events || imported_.records == max_records) {
            full_ = true;
            break;
        }
        const auto record = reader.read(text, RecordScanner::padding);
        if (!record || !take(*record)) ++imported_.skipped;
        if (++imported_.records % progress_distance == 0 && progress && source_.size() > 0 &&
            !progress(
                reading * static_cast<double>(scanner_.position()) / static_cast<double>(source_.size()),
                imported_.log))
            return false;
    }
    imported_.records += scanner_.skipped();
    imported_.skipped += scanner_.skipped();
    return true;
}

bool ChromeImporter::take(const ChromeRecord& record) {
    using Kind = Happening::Kind;
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

bool ChromeImporter::add(const ChromeRecord& record, Happening::Kind kind, std::uint32_t lane) {
    if (!record.time || lane == Lanes::limit) return false;
    Happening happening;
    happening.time = record.time->count();
    happening.end = std::min(happening.time + record.duration.count(), farthest_time);
    happening.lane = lane;
    happening.name = kind == Happening::Kind::end ? 0 : imported_.log->intern(record.name).value;
    happening.kind = kind;
    happenings_.add(happening);
    return true;
}

bool ChromeImporter::play(const trace::LogProgress& progress) {
    const auto all = static_cast<double>(happenings_.size());
    std::optional<LanePlayer> player;
    std::uint64_t begun = 0;
    bool stopped = false;
    const std::uint64_t played = happenings_.play_all([&](const Happening& each) {
        if (!player) player.emplace(*imported_.log, lanes_, each.time);
        if (player->full()) return false;
        if (++begun % progress_distance == 0 && progress)
            stopped = !progress(reading + (1 - reading) * static_cast<double>(begun) / all, imported_.log);
        if (!stopped) player->play(each);
        return !stopped;
    });
    if (stopped) return false;
    player->finish();
    imported_.skipped += player->unmatched();
    imported_.missing = missing(*player, happenings_.size() - played);
    return true;
}

std::string ChromeImporter::missing(const LanePlayer& player, std::uint64_t left_out) const {
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
    if (player.unfinished() > 0) add(fmt::format("{} slices have no end", player.unfinished()));
    if (left_out > 0) add(fmt::format("the last {} records did not fit", left_out));
    return text.empty() ? text : fmt::format("'{}': {}", name_, text);
}

}  // namespace

Result<Imported> import_chrome(Source& source, const std::string& name, const trace::LogProgress& progress) {
    return ChromeImporter(source, name).import(progress);
}

Result<Imported> import_chrome(const std::filesystem::path& path, const trace::LogProgress& progress) {
    const auto source = FileSource::open(path);
    if (!source) return tl::unexpected(source.error());
    auto imported = import_chrome(**source, path.filename().string(), progress);
    if (auto read = (*source)->check(); !read) return tl::unexpected(read.error());
    return imported;
}

}  // namespace loopscope::exchange
