#include "core/format/reader.hpp"

#include <array>
#include <cstring>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <zstd.h>

#include "core/base/source.hpp"
#include "core/format/checksum.hpp"
#include "core/format/columns.hpp"
#include "core/format/compression.hpp"
#include "core/format/layout.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::format {
namespace {

/// Reads one file, chunk by chunk.
class Reader {
  public:
    Reader(Source& source, std::string name) : source_(source), name_(std::move(name)) {}

    Result<Loaded> load(const Progress& progress);

  private:
    /// What became of a chunk.
    enum class Step { read, ended, cut, damaged };
    struct Head {
        ChunkKind kind{};
        std::uint32_t raw = 0;
        std::uint32_t stored = 0;
    };

    Result<void> header();
    Step chunk();
    std::optional<Head> head(std::span<const std::byte> bytes) const;
    void content(ChunkKind kind);
    void info(ByteReader& in);
    void events(ByteReader& in);
    void schedule(ByteReader& in);
    void strings(ByteReader& in);
    void notes(ByteReader& in);
    void end(ByteReader& in);
    std::string missing(Step how) const;

    Source& source_;
    std::string name_;
    std::uint64_t at_ = 0;  // bytes of whole chunks
    std::uint32_t number_ = 0;
    Loaded loaded_{std::make_unique<trace::Log>(), {}, {}};
    trace::Checker checker_;
    std::uint64_t text_ = 0;
    Decompressor decompressor_;
    std::vector<std::byte> raw_;
    std::string wrong_;  // what a whole chunk says that cannot be
    bool ended_ = false;
};

Result<void> Reader::header() {
    const auto bytes = source_.take(header_size);
    if (bytes.size() < signature.size() || std::memcmp(bytes.data(), signature.data(), signature.size()) != 0)
        return fail(fmt::format("'{}' is no .loopscope file; open one that Loopscope has saved", name_));
    ByteReader in(bytes.subspan(signature.size()));
    const std::uint32_t found = in.u32();
    const std::uint32_t zero = in.u32();
    if (in.failed()) return fail(fmt::format("'{}' ends in its header: nothing of it can be shown", name_));
    if (found != version || zero != 0)
        return fail(
            fmt::format("'{}' is of version {} of the format, and this Loopscope reads version {}; open it "
                        "with the Loopscope that saved it",
                        name_, found, version));
    at_ = header_size;
    return {};
}

std::optional<Reader::Head> Reader::head(std::span<const std::byte> bytes) const {
    ByteReader in(bytes);
    Head head;
    head.kind = static_cast<ChunkKind>(in.u32());
    head.raw = in.u32();
    head.stored = in.u32();
    const bool sound = in.u32() == number_ && head.raw <= most_chunk_bytes &&
                       head.stored <= ZSTD_COMPRESSBOUND(std::size_t{most_chunk_bytes});
    return sound ? std::optional(head) : std::nullopt;
}

Reader::Step Reader::chunk() {
    const auto bytes = source_.take(chunk_header_size);
    if (bytes.empty() && ended_) return Step::ended;
    if (bytes.size() < chunk_header_size) return ended_ ? Step::damaged : Step::cut;
    std::array<std::byte, chunk_header_size> kept{};  // the source may use its bytes again
    std::memcpy(kept.data(), bytes.data(), kept.size());
    const auto found = head(kept);
    if (!found || ended_) return Step::damaged;
    const auto stored = source_.take(found->stored);
    if (stored.size() < found->stored) return Step::cut;
    ByteReader sum(std::span<const std::byte>(kept).subspan(16));
    if (checksum(std::span<const std::byte>(kept).first(16), stored) != sum.u64()) return Step::damaged;
    raw_.resize(found->raw);
    if (decompressor_.decompress(stored, raw_))
        content(found->kind);
    else
        wrong_ = "it cannot be decompressed";
    ++number_;
    at_ += chunk_header_size + found->stored;
    return Step::read;
}

void Reader::content(ChunkKind kind) {
    ByteReader in(raw_);
    if ((number_ == 0) != (kind == ChunkKind::info)) {
        wrong_ = "a file begins with what was run, and says it once";
        return;
    }
    switch (kind) {
        case ChunkKind::info: info(in); break;
        case ChunkKind::schedule: schedule(in); break;
        case ChunkKind::events: events(in); break;
        case ChunkKind::notes: notes(in); break;
        case ChunkKind::end: end(in); break;
        default: return;  // of a later version, which says with its number whether it can do without
    }
    if (wrong_.empty() && (in.failed() || !in.at_end())) wrong_ = "its lengths do not fit its content";
}

void Reader::info(ByteReader& in) {
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

void Reader::schedule(ByteReader& in) {
    if (number_ != 1) {
        wrong_ = "it names a schedule anywhere but after what was run";
        return;
    }
    loaded_.info.schedule = in.text();
    if (loaded_.info.schedule.empty()) in.fail();
    checker_.allow_any_order();
}

void Reader::strings(ByteReader& in) {
    trace::Log& log = *loaded_.log;
    if (in.varint() != log.strings().size()) in.fail();
    for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) {
        const std::string_view text = in.text();
        text_ += text.size();
        const std::size_t before = log.strings().size();
        if (text_ > most_text || log.intern(text).value != before + 1) in.fail();  // empty, or not new
    }
}

void Reader::events(ByteReader& in) {
    trace::Log& log = *loaded_.log;
    if (in.varint() != log.size()) in.fail();
    strings(in);
    const std::uint64_t count = in.varint();
    if (in.failed() || count > in.left() || log.size() + count > most_events) return in.fail();
    const auto read = read_events(in, log.size(), static_cast<std::uint32_t>(count));
    if (in.failed()) return;
    const auto strings = static_cast<std::uint32_t>(log.strings().size());
    for (const trace::Event& event : read) {
        if (const auto checked = checker_.check(event, strings); !checked) {
            wrong_ = checked.error().message;
            return;
        }
        log.append(event);
    }
}

void Reader::notes(ByteReader& in) {
    Info& info = loaded_.info;
    info.notes = in.text();
    info.marks.clear();
    for (std::uint64_t count = in.varint(); count > 0 && !in.failed(); --count) {
        const std::uint64_t event = in.varint();
        if (event >= loaded_.log->size()) in.fail();
        info.marks.push_back({static_cast<std::uint32_t>(event), std::string(in.text())});
    }
}

void Reader::end(ByteReader& in) {
    ended_ = true;
    const std::uint64_t events = in.varint();
    if (events != loaded_.log->size() || in.varint() != loaded_.log->strings().size())
        wrong_ = "it says that there are more events or fewer";
}

std::string Reader::missing(Step how) const {
    const std::uint32_t last = loaded_.log->size() - 1;
    if (how == Step::damaged && ended_)
        return fmt::format("'{}' is whole, but more follows after byte {}, which was left out", name_, at_);
    if (how == Step::damaged)
        return fmt::format("'{}' is damaged after byte {}; shown is what comes before it, up to event {}",
                           name_, at_, last);
    return fmt::format(
        "'{}' ends after byte {} without an end, as when recording was interrupted; shown is all of it, up "
        "to event {}",
        name_, at_, last);
}

Result<Loaded> Reader::load(const Progress& progress) {
    if (auto known = header(); !known) return tl::unexpected(known.error());
    Step step = Step::read;
    while (step == Step::read) {
        step = chunk();
        if (!wrong_.empty())
            return fail(fmt::format("'{}' is not sound: in the chunk before byte {}, {}; make the file again",
                                    name_, at_, wrong_));
        if (progress && source_.size() > 0 &&
            !progress(static_cast<double>(at_) / static_cast<double>(source_.size())))
            return fail(fmt::format("reading '{}' was stopped", name_));
    }
    if (loaded_.log->size() == 0)
        return fail(fmt::format("'{}' is {} before its first event: nothing of it can be shown", name_,
                                step == Step::damaged ? "damaged" : "cut off"));
    if (step != Step::ended) loaded_.missing = missing(step);
    return std::move(loaded_);
}

}  // namespace

Result<Loaded> load(std::span<const std::byte> bytes, std::string_view name) {
    MemorySource source(bytes);
    return Reader(source, std::string(name)).load({});
}

Result<Loaded> load(const std::filesystem::path& path, const Progress& progress) {
    const auto source = FileSource::open(path);
    if (!source) return tl::unexpected(source.error());
    auto loaded = Reader(**source, path.string()).load(progress);
    if (auto read = (*source)->check(); !read) return tl::unexpected(read.error());
    return loaded;
}

}  // namespace loopscope::format
