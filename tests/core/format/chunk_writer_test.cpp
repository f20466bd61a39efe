#include "core/format/chunk_writer.hpp"

#include <gtest/gtest.h>

#include "core/format/chunk_reader.hpp"
#include "core/format/columns.hpp"
#include "core/format/reader.hpp"
#include "core/scenario/listing.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::format {
namespace {

using Bytes = std::vector<std::byte>;

struct Written {
    Bytes bytes;
    std::vector<std::uint32_t> events;    ///< in each chunk of events
    std::vector<std::size_t> chunk_ends;  ///< of those
};

/// What a program's file says besides its events.
Info info_of(std::string_view name) {
    const scenario::Program& program = **scenario::find_program(name);
    return {std::string(program.name),
            {},
            std::string(program.source_file),
            std::string(scenario::listings_of(program).native.text()),
            "Loopscope",
            {},
            {}};
}

Written write(const trace::Log& log, const Info& info, Effort effort = Effort::thorough) {
    Written written;
    ChunkWriter writer(
        [&](std::span<const std::byte> more) -> Result<void> {
            written.bytes.insert(written.bytes.end(), more.begin(), more.end());
            return {};
        },
        effort);
    EXPECT_TRUE(writer.begin(info));
    EXPECT_TRUE(writer.events(log, log.size(), true));
    EXPECT_TRUE(writer.end());
    ChunkReader reader("t", written.bytes.size(), ChunkReader::Unfolding::here);
    Chunk::Step last = Chunk::Step::read;
    const auto take = [&](const Chunk& chunk) {
        last = chunk.step;
        if (chunk.step != Chunk::Step::read || chunk.kind != ChunkKind::events) return true;
        written.events.push_back(static_cast<std::uint32_t>(chunk.events.events.size()));
        written.chunk_ends.push_back(static_cast<std::size_t>(chunk.end));
        return true;
    };
    EXPECT_TRUE(reader.push(written.bytes, take));
    EXPECT_TRUE(reader.finish(take));
    EXPECT_EQ(last, Chunk::Step::ended);
    return written;
}

/// Bytes of the file with all chunks as large as they may be, as Loopscope's first files had them: at zstd's
/// usual level, small ones with the dictionary.
std::size_t size_in_large_chunks(const trace::Log& log, const Info& info) {
    constexpr std::size_t max_small = std::size_t{16} << 10;
    trace::Log nothing;
    for (std::uint32_t id = 1; id <= log.strings().size(); ++id)
        static_cast<void>(nothing.intern(log.strings()[StringId{id}]));
    std::size_t size = write(nothing, info).bytes.size();
    Compressor compressor;
    for (EventIndex at; at < log.end_index(); at = at + chunk_events) {
        ByteWriter raw;
        write_events(raw, log, at, std::min(chunk_events, log.end_index() - at));
        const Content content = raw.size() <= max_small ? Content::events : Content::text;
        size += chunk_header_size + compressor.compress(raw.bytes(), content)->size();
    }
    return size;
}

scenario::ProgramRun lock_fairness(const char* rounds) {
    return scenario::run_program("lock-fairness", trace::Storage::contextvar, {{"rounds", rounds}});
}

TEST(ChunkWriter, lets_no_file_grow_by_more_than_a_twentieth_for_its_small_chunks) {
    const auto expect_small = [](std::string_view program, const trace::Log& log) {
        const Info info = info_of(program);
        const auto limit = static_cast<double>(size_in_large_chunks(log, info)) * 1.05;
        EXPECT_LE(static_cast<double>(write(log, info).bytes.size()), limit)
            << program << ", " << log.size() << " events";
    };
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages)
            expect_small(program->name, scenario::run_program(program->name, storage).log());
    }
    for (const auto* const rounds : {"100", "130", "300", "1000"})
        expect_small("lock-fairness", lock_fairness(rounds).log());
    for (const auto* const duration : {"0.1", "0.4", "1", "1.6", "3.2"}) {
        for (const auto* const name : {"indication", "threads"}) {
            const auto run = scenario::run_program(name, trace::Storage::contextvar,
                                                   {{"interval", "1ms"}, {"duration", duration}});
            expect_small(name, run.log());
        }
    }
}

TEST(ChunkWriter, puts_a_short_trace_into_chunks_so_that_a_flipped_bit_loses_only_a_part) {
    const auto run = lock_fairness("1000");
    ASSERT_GT(run.log().size(), 40'000u);
    ASSERT_LT(run.log().size(), chunk_events);
    Written written = write(run.log(), info_of("lock-fairness"));
    ASSERT_GT(written.events.size(), 4u);
    std::uint32_t whole = 0;  // events in the chunks before the damage
    for (std::size_t chunk = 1; chunk < written.events.size(); ++chunk) {
        whole += written.events[chunk - 1];
        for (const std::size_t at : {written.chunk_ends[chunk - 1], written.chunk_ends[chunk] - 1}) {
            written.bytes[at] ^= std::byte{1};
            const auto loaded = load(written.bytes, "t.loopscope");
            written.bytes[at] ^= std::byte{1};
            ASSERT_TRUE(loaded) << loaded.error().message;
            EXPECT_EQ(loaded->log->size(), whole);
            EXPECT_NE(loaded->missing, "");
        }
    }
}

TEST(ChunkWriter, divides_a_short_trace_also_where_all_repeats_and_has_large_chunks_in_a_long_one) {
    const auto chunks_of = [](const char* duration) {
        const auto run = scenario::run_program("indication", trace::Storage::contextvar,
                                               {{"interval", "1ms"}, {"duration", duration}});
        return write(run.log(), info_of("indication")).events;
    };
    const auto of_short = chunks_of("1");
    EXPECT_EQ(of_short.size(), 2u);
    const auto of_long = chunks_of("10");
    EXPECT_LT(of_long.size(), 10u);
    EXPECT_EQ(*std::ranges::max_element(of_long), chunk_events);
}

/// Makes a log print so many texts of a megabyte, each of which shrinks to next to nothing.
void print_long_texts(trace::Log& log, int count) {
    log.emit(trace::Kind::begin);
    for (int each = 0; each < count; ++each)
        log.emit(trace::Kind::print, 0,
                 log.intern(std::string(std::size_t{1} << 20, 'a') + std::to_string(each)).value);
}

TEST(ChunkWriter, makes_a_file_as_long_as_a_reader_wants_it_for_the_texts_in_it) {
    trace::Log log;
    print_long_texts(log, 40);
    const Written written = write(log, {});
    EXPECT_LT(written.bytes.size(), 2'000'000U);
    // From a pipe: the reader does not know how long the file is, so there has to be room at any time.
    Reader reader("t.loopscope", {});
    for (std::span<const std::byte> rest(written.bytes); !rest.empty();) {
        const auto piece = rest.first(std::min<std::size_t>(rest.size(), 100'000));
        ASSERT_TRUE(reader.push(piece));
        rest = rest.subspan(piece.size());
    }
    const auto loaded = reader.finish();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->missing, "");
    EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(log));
    EXPECT_EQ(loaded->log->printed_text(EventIndex{40}), log.printed_text(EventIndex{40}));
}

TEST(ChunkWriter, adds_nothing_to_a_file_whose_texts_are_few) {
    trace::Log log;
    print_long_texts(log, 10);
    EXPECT_LT(write(log, {}).bytes.size(), 20'000U);
}

TEST(ChunkWriter, puts_4096_events_into_a_chunk_at_most_while_a_file_grows) {
    const auto run = lock_fairness("1000");
    const Written written = write(run.log(), {}, Effort::quick);
    EXPECT_EQ(*std::ranges::max_element(written.events), 4096u);
    const auto loaded = load(written.bytes, "t.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(run.log()));
}

}  // namespace
}  // namespace loopscope::format
