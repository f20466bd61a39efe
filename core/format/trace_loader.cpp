// SPDX-License-Identifier: MIT
#include "core/format/trace_loader.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/size_text.hpp"

namespace loopscope::format {
namespace {

constexpr std::string_view misfit = "its lengths do not fit its content";

}  // namespace

void TraceLoader::content(const Chunk& chunk) {
    allowance_.stored(chunk.end, size_);
    if ((chunk.number == 0) != (chunk.kind == ChunkKind::info))
        wrong_ = "a file begins with what was run, and says it once";
    else if (chunk.number >= Allowance::max_chunks)
        wrong_ = fmt::format("there are more than {} chunks", Allowance::max_chunks);
    else if (!is_known(chunk.kind))  // padding, or of a later version: passed over
        wrong_ = allowance_.take_passed(chunk.stored) ? "" : "too much of it is of kinds that are not known";
    else if (chunk.too_large)
        wrong_ = fmt::format("{} unfold to {}, too much for a file of that size", size_text(chunk.stored),
                             size_text(chunk.size));
    else if (!chunk.decompressed)
        wrong_ = "it cannot be decompressed";
    else
        read(chunk);
}

void TraceLoader::read(const Chunk& chunk) {
    ByteReader in(chunk.raw);
    switch (chunk.kind) {
        case ChunkKind::info: info(in); break;
        case ChunkKind::schedule: schedule(in, chunk.number); break;
        case ChunkKind::events: return events(chunk.events);
        case ChunkKind::sources: sources(in); break;
        case ChunkKind::notes: notes(in); break;
        case ChunkKind::end: end(in); break;
        case ChunkKind::padding: break;
    }
    if (wrong_.empty() && (in.failed() || !in.at_end())) wrong_ = misfit;
}

void TraceLoader::info(ByteReader& in) {
    Info& info = loaded_.info;
    info.program = in.text();
    info.source_file = in.text();
    info.source = in.text();
    info.origin = in.text();
    const std::uint64_t count = in.varint();
    if (count > Allowance::max_parameters) {
        wrong_ = fmt::format("it names {} parameters, and a program has at most {}", count,
                             Allowance::max_parameters);
        return;
    }
    std::size_t names = info.program.size() + info.source_file.size() + info.origin.size();
    for (std::uint64_t each = 0; each < count && !in.failed(); ++each) {
        const std::string_view name = in.text();
        info.parameters.emplace_back(name, in.text());
        names += name.size() + info.parameters.back().second.size();
    }
    if (!take_text(in.size())) return;
    if (names > Allowance::max_names)
        wrong_ = fmt::format("its names have {}, and may have {}", size_text(names),
                             size_text(Allowance::max_names));
    else
        check_listing(info.source);
}

bool TraceLoader::check_listing(std::string_view source) {
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(source, '\n'));
    if (source.size() <= Allowance::max_source && lines <= Allowance::max_source_lines) return true;
    wrong_ = fmt::format("its source has {} in {} lines, and may have {} in {}", size_text(source.size()),
                         lines, size_text(Allowance::max_source), Allowance::max_source_lines);
    return false;
}

void TraceLoader::sources(ByteReader& in) {
    const std::uint64_t count = in.varint();
    std::vector<Listing>& listings = loaded_.info.listings;
    if (count > Allowance::max_listings - listings.size()) {
        wrong_ = fmt::format("there are more than {} listings", Allowance::max_listings);
        return;
    }
    for (std::uint64_t each = 0; each < count && !in.failed(); ++each) {
        const std::uint64_t file = in.varint();
        const std::string_view text = in.text();
        if (in.failed()) return;
        if (!check_listing(text) || !take_text(text.size() + Allowance::text_overhead)) return;
        if (file < 2 || file > trace::max_files || !listed_.insert(static_cast<std::uint32_t>(file)).second) {
            wrong_ = fmt::format("it lists file {}, which there is not, or twice", file);
            return;
        }
        listings.push_back({static_cast<std::uint32_t>(file), std::string(text)});
    }
}

void TraceLoader::schedule(ByteReader& in, std::uint32_t number) {
    if (number != 1) {
        wrong_ = "it names a schedule anywhere but after what was run";
        return;
    }
    loaded_.info.schedule = in.text();
    if (loaded_.info.schedule.empty()) in.fail();
    if (!take_text(loaded_.info.schedule.size())) return;
    checker_.allow_any_order();
}

bool TraceLoader::take_text(std::uint64_t bytes) {
    if (allowance_.take_text(bytes)) return true;
    wrong_ = "its texts are too large for a file of that size";
    return false;
}

void TraceLoader::strings(const Chunk::Events& chunk) {
    trace::Log& log = *loaded_.log;
    ByteReader in(chunk.strings);
    for (std::uint64_t count = chunk.string_count; count > 0; --count) {
        const std::string_view text = in.text();
        if (!take_text(text.size() + Allowance::text_overhead)) return;
        const std::size_t before = log.strings().size();
        if (log.intern(text).value == before + 1) continue;
        wrong_ = "a string is empty, or not new";
        return;
    }
}

void TraceLoader::events(const Chunk::Events& chunk) {
    trace::Log& log = *loaded_.log;
    if (chunk.too_many) {
        wrong_ = fmt::format("it has more than {} events", max_chunk_events);
        return;
    }
    if (!chunk.sound) {
        wrong_ = misfit;
        return;
    }
    if (chunk.before != log.size() || chunk.strings_before != log.strings().size()) {
        wrong_ = "it does not follow the one before it";
        return;
    }
    const std::uint64_t count = log.size() + chunk.events.size();
    if (count > allowance_.max_events()) {
        wrong_ = fmt::format("there are more than {} events", allowance_.max_events());
        return;
    }
    if (!allowance_.holds_events(count)) {
        wrong_ = fmt::format("there are {} events by then, too many for a file of that size", count);
        return;
    }
    strings(chunk);
    if (!wrong_.empty()) return;
    const auto strings = static_cast<std::uint32_t>(log.strings().size());
    checker_.allow(allowance_.room());
    if (const auto checked = checker_.check(chunk.events, strings); !checked) {
        wrong_ = checked.error().message;
        return;
    }
    for (const trace::Event& event : chunk.events) log.append(event);
}

void TraceLoader::notes(ByteReader& in) {
    std::string notes(in.text());
    const std::uint64_t count = in.varint();
    if (notes.size() > Allowance::max_notes || count > Allowance::max_marks) {
        wrong_ =
            fmt::format("it has {} of notes and {} marks, and may have {} and {}", size_text(notes.size()),
                        count, size_text(Allowance::max_notes), Allowance::max_marks);
        return;
    }
    std::vector<trace::Mark> marks;
    for (std::uint64_t each = 0; each < count && !in.failed(); ++each) {
        const std::uint64_t event = in.varint();
        if (event >= loaded_.log->size()) in.fail();
        marks.push_back({EventIndex::of(event), std::string(in.text())});
    }
    if (!take_text(in.size() + count * Allowance::text_overhead) || in.failed()) return;
    loaded_.info.notes = std::move(notes);
    loaded_.info.marks = std::move(marks);
}

void TraceLoader::end(ByteReader& in) {
    ended_ = true;
    const std::uint64_t events = in.varint();
    if (events != loaded_.log->size() || in.varint() != loaded_.log->strings().size())
        wrong_ = "it says that there are more events or fewer";
}

std::string TraceLoader::shown() const {
    return fmt::format("shown is what comes before it, up to event {}", loaded_.log->size() - 1);
}

std::string TraceLoader::newer() const {
    return fmt::format("'{}' needs a newer Loopscope: {}; open it with the Loopscope that saved it", name_,
                       wrong_);
}

std::string TraceLoader::missing() const {
    if (checker_.needs_later_version()) return fmt::format("{}; {}", newer(), shown());
    if (!wrong_.empty())
        return fmt::format("'{}' is not sound: in the chunk before byte {}, {}; {}", name_, last_end_, wrong_,
                           shown());
    if (last_step_ == Chunk::Step::damaged && ended_)
        return fmt::format("'{}' is whole, but more follows after byte {}, which was left out", name_,
                           last_end_);
    if (last_step_ == Chunk::Step::damaged)
        return fmt::format("'{}' is damaged after byte {}; {}", name_, last_end_, shown());
    return fmt::format(
        "'{}' ends after byte {} without an end, as when recording was interrupted; shown is all of it, up "
        "to event {}",
        name_, last_end_, loaded_.log->size() - 1);
}

bool TraceLoader::take(const Chunk& chunk) {
    last_step_ = chunk.step;
    last_end_ = chunk.end;
    if (chunk.step != Chunk::Step::read) return false;
    content(chunk);
    if (!wrong_.empty()) return false;
    const double done = size_ > 0 ? static_cast<double>(chunk.end) / static_cast<double>(size_) : 0;
    stopped_ = progress_ && !progress_(std::min(done, 1.0), loaded_.log);
    return !stopped_;
}

Result<Loaded> TraceLoader::finish() {
    if (loaded_.log->size() == 0 && checker_.needs_later_version()) return fail(newer());
    if (loaded_.log->size() == 0 && !wrong_.empty())
        return fail(fmt::format("'{}' is not sound: in the chunk before byte {}, {}; make the file again",
                                name_, last_end_, wrong_),
                    Error::Code::damaged);
    if (loaded_.log->size() == 0)
        return fail(fmt::format("'{}' is {} before its first event: nothing of it can be shown", name_,
                                last_step_ == Chunk::Step::damaged ? "damaged" : "cut off"),
                    Error::Code::damaged);
    if (last_step_ != Chunk::Step::ended) loaded_.missing = missing();
    if (const std::string passed = checker_.passed_over().sentence(); !passed.empty())
        loaded_.missing += fmt::format("{}{}", loaded_.missing.empty() ? "" : ". ", passed);
    return std::move(loaded_);
}

}  // namespace loopscope::format
