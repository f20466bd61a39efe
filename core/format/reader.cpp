#include "core/format/reader.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/ahead.hpp"
#include "core/base/source.hpp"
#include "core/format/bytes.hpp"
#include "core/format/chunk_reader.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::format {
namespace {

/// Puts chunks together to a trace.
class Loader {
  public:
    explicit Loader(std::string name) : name_(std::move(name)) {}

    /// Takes chunks until there are no more. `next` gives a Chunk*; `size`: bytes of the file, 0: not known.
    template <class Next>
    Result<Loaded> load(Next next, std::uint64_t size, const trace::LogProgress& progress);

  private:
    void content(const Chunk& chunk);
    void info(ByteReader& in);
    void schedule(ByteReader& in, std::uint32_t number);
    void events(const Chunk::Events& chunk);
    void strings(const Chunk::Events& chunk);
    void notes(ByteReader& in);
    void end(ByteReader& in);
    std::string missing(const Chunk& last) const;

    std::string name_;
    Loaded loaded_{std::make_shared<trace::Log>(), {}, {}};
    trace::Checker checker_;
    std::uint64_t text_ = 0;
    std::string wrong_;  // what a whole chunk says that cannot be
    bool ended_ = false;
};

void Loader::content(const Chunk& chunk) {
    constexpr std::string_view misfit = "its lengths do not fit its content";
    if (!chunk.decompressed) {
        wrong_ = "it cannot be decompressed";
        return;
    }
    if ((chunk.number == 0) != (chunk.kind == ChunkKind::info)) {
        wrong_ = "a file begins with what was run, and says it once";
        return;
    }
    ByteReader in(chunk.raw);
    switch (chunk.kind) {
        case ChunkKind::info: info(in); break;
        case ChunkKind::schedule: schedule(in, chunk.number); break;
        case ChunkKind::events:
            if (chunk.events.sound)
                events(chunk.events);
            else
                wrong_ = misfit;
            return;
        case ChunkKind::notes: notes(in); break;
        case ChunkKind::end: end(in); break;
        default: return;  // of a later version, which says with its number whether it can do without
    }
    if (wrong_.empty() && (in.failed() || !in.at_end())) wrong_ = misfit;
}

void Loader::info(ByteReader& in) {
    Info& info = loaded_.info;
    info.program = in.text();
    info.source_file = in.text();
    info.source = in.text();
    info.origin = in.text();
    for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) {
        const std::string_view name = in.text();
        info.parameters.emplace_back(name, in.text());
    }
}

void Loader::schedule(ByteReader& in, std::uint32_t number) {
    if (number != 1) {
        wrong_ = "it names a schedule anywhere but after what was run";
        return;
    }
    loaded_.info.schedule = in.text();
    if (loaded_.info.schedule.empty()) in.fail();
    checker_.allow_any_order();
}

void Loader::strings(const Chunk::Events& chunk) {
    trace::Log& log = *loaded_.log;
    ByteReader in(chunk.strings);
    for (std::uint64_t count = chunk.string_count; count > 0; --count) {
        const std::string_view text = in.text();
        text_ += text.size();
        const std::size_t before = log.strings().size();
        if (text_ <= most_text && log.intern(text).value == before + 1) continue;
        wrong_ = "a string is empty, not new, or one too many";
        return;
    }
}

void Loader::events(const Chunk::Events& chunk) {
    trace::Log& log = *loaded_.log;
    if (chunk.before != log.size() || chunk.strings_before != log.strings().size()) {
        wrong_ = "it does not follow the one before it";
        return;
    }
    strings(chunk);
    const auto strings = static_cast<std::uint32_t>(log.strings().size());
    if (!wrong_.empty()) return;
    if (const auto checked = checker_.check(chunk.events, strings); !checked) {
        wrong_ = checked.error().message;
        return;
    }
    for (const trace::Event& event : chunk.events) log.append(event);
}

void Loader::notes(ByteReader& in) {
    Info& info = loaded_.info;
    info.notes = in.text();
    info.marks.clear();
    for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) {
        const std::uint64_t event = in.varint();
        if (event >= loaded_.log->size()) in.fail();
        info.marks.push_back({static_cast<std::uint32_t>(event), std::string(in.text())});
    }
}

void Loader::end(ByteReader& in) {
    ended_ = true;
    const std::uint64_t events = in.varint();
    if (events != loaded_.log->size() || in.varint() != loaded_.log->strings().size())
        wrong_ = "it says that there are more events or fewer";
}

std::string Loader::missing(const Chunk& last) const {
    const std::uint32_t event = loaded_.log->size() - 1;
    if (last.step == Chunk::Step::damaged && ended_)
        return fmt::format("'{}' is whole, but more follows after byte {}, which was left out", name_,
                           last.end);
    if (last.step == Chunk::Step::damaged)
        return fmt::format("'{}' is damaged after byte {}; shown is what comes before it, up to event {}",
                           name_, last.end, event);
    return fmt::format(
        "'{}' ends after byte {} without an end, as when recording was interrupted; shown is all of it, up "
        "to event {}",
        name_, last.end, event);
}

template <class Next>
Result<Loaded> Loader::load(Next next, std::uint64_t size, const trace::LogProgress& progress) {
    const Chunk* chunk = next();
    for (; chunk->step == Chunk::Step::read; chunk = next()) {
        content(*chunk);
        if (!wrong_.empty())
            return fail(fmt::format("'{}' is not sound: in the chunk before byte {}, {}; make the file again",
                                    name_, chunk->end, wrong_));
        if (progress && size > 0 &&
            !progress(static_cast<double>(chunk->end) / static_cast<double>(size), loaded_.log))
            return fail(fmt::format("reading '{}' was stopped", name_));
    }
    if (loaded_.log->size() == 0)
        return fail(fmt::format("'{}' is {} before its first event: nothing of it can be shown", name_,
                                chunk->step == Chunk::Step::damaged ? "damaged" : "cut off"));
    if (chunk->step != Chunk::Step::ended) loaded_.missing = missing(*chunk);
    return std::move(loaded_);
}

}  // namespace

Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name) {
    MemorySource source(bytes);
    ChunkReader reader(source, std::string(name));
    if (auto known = reader.header(); !known) return tl::unexpected(known.error());
    Chunk chunk;
    const auto next = [&] {
        reader.next(chunk);
        return &chunk;
    };
    return Loader(std::string(name)).load(next, bytes.size(), {});
}

Result<Loaded> load(const std::filesystem::path& path, const trace::LogProgress& progress) {
    const auto source = FileSource::open(path);
    if (!source) return tl::unexpected(source.error());
    ChunkReader reader(**source, path.string());
    if (auto known = reader.header(); !known) return tl::unexpected(known.error());
    const std::uint64_t size = (*source)->size();
    auto loaded = [&] {
        // A chunk is read and unpacked while the one before it is checked.
        bool over = false;
        Ahead<Chunk> chunks([&](Chunk& chunk) {
            if (over) return false;
            reader.next(chunk);
            over = chunk.step != Chunk::Step::read;
            return true;
        });
        return Loader(path.string()).load([&] { return chunks.next(); }, size, progress);
    }();
    if (auto read = (*source)->check(); !read) return tl::unexpected(read.error());
    return loaded;
}

}  // namespace loopscope::format
