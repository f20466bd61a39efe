#include "core/format/reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/format/checksum.hpp"
#include "core/format/chunk_writer.hpp"
#include "core/format/compression.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;
using trace::events_of;
using trace::Kind;
using trace::strings_of;

using Bytes = std::vector<std::byte>;

/// A file in memory.
Bytes file_of(const trace::Log& log, const Info& info = {}, bool whole = true) {
    Bytes bytes;
    ChunkWriter writer([&](std::span<const std::byte> more) -> Result<void> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    });
    EXPECT_TRUE(writer.begin(info));
    EXPECT_TRUE(writer.events(log, log.size(), true));
    if (whole) {
        EXPECT_TRUE(writer.notes(info));
        EXPECT_TRUE(writer.end());
    }
    return bytes;
}

/// A run that is short, so that every byte of its file can be tried.
scenario::ProgramRun short_run() {
    scenario::ProgramRun run("indication", trace::Storage::contextvar);
    run.advance_to_prints(6);
    return run;
}

void expect_same(const trace::Log& loaded, const trace::Log& saved) {
    EXPECT_EQ(events_of(loaded), events_of(saved));
    EXPECT_EQ(strings_of(loaded), strings_of(saved));
}

/// Whether one log is what another one begins with.
bool begins_with(const trace::Log& log, const trace::Log& beginning) {
    if (beginning.size() > log.size()) return false;
    for (EventIndex at; at < beginning.end_index(); ++at) {
        if (!(beginning[at] == log[at])) return false;
    }
    return true;
}

/// The same file as a writer makes it that has no dictionary.
Bytes recompressed(std::span<const std::byte> bytes) {
    Bytes plain(bytes.begin(), bytes.begin() + header_size);
    Compressor compressor;
    Decompressor decompressor;
    for (bytes = bytes.subspan(header_size); !bytes.empty();) {
        ByteReader in(bytes.subspan(4));
        Bytes raw(in.u32());
        const auto stored = bytes.subspan(chunk_header_size, in.u32());
        EXPECT_TRUE(decompressor.decompress(stored, raw));
        const auto again = compressor.compress(raw, Content::text).value();
        ByteWriter head;
        head.append(bytes.first(8));
        head.u32(static_cast<std::uint32_t>(again.size()));
        head.append(bytes.subspan(12, 4));
        head.u64(checksum(head.bytes(), again));
        head.append(again);
        plain.insert(plain.end(), head.bytes().begin(), head.bytes().end());
        bytes = bytes.subspan(chunk_header_size + stored.size());
    }
    return plain;
}

TEST(Reader, gives_back_every_program_under_every_storage_byte_for_byte) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const auto run = scenario::run_program(program->name, storage);
            const auto loaded = load(file_of(run.log()), "t.loopscope");
            ASSERT_TRUE(loaded) << loaded.error().message;
            expect_same(*loaded->log, run.log());
            EXPECT_EQ(loaded->missing, "");
        }
    }
}

TEST(Reader, gives_back_a_trace_of_many_chunks) {
    const auto run = scenario::run_program("indication", trace::Storage::contextvar,
                                           {{"interval", "1ms"}, {"duration", "10"}});
    ASSERT_GT(run.log().size(), 3 * chunk_events);
    const Bytes bytes = file_of(run.log());
    const auto loaded = load(bytes, "t.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    expect_same(*loaded->log, run.log());
    EXPECT_LE(bytes.size(), run.log().size()) << "a byte an event";
}

TEST(Reader, needs_four_bytes_an_event_at_most_for_the_shortest_program) {
    for (const scenario::Program* program : scenario::catalogue()) {
        const auto run = scenario::run_program(program->name, trace::Storage::contextvar);
        EXPECT_LE(file_of(run.log()).size(), 4 * run.log().size()) << program->name;
    }
}

TEST(Reader, reads_chunks_that_were_written_without_the_dictionary) {
    const auto run = short_run();
    const Bytes bytes = file_of(run.log());
    const auto again = load(recompressed(bytes), "t.loopscope");
    ASSERT_TRUE(again) << again.error().message;
    expect_same(*again->log, run.log());
    EXPECT_GT(recompressed(bytes).size(), bytes.size());
}

TEST(Reader, gives_back_what_else_is_in_the_file) {
    const Info info{"indication",
                    {{"symbols", "01"}, {"interval", "0.1"}},
                    "indication.cpp",
                    "the text\n",
                    "Loopscope 0.1",
                    "look at c",
                    {{EventIndex{3}, "here"}, {EventIndex{9}, ""}},
                    "ties,2=1"};
    const auto run = short_run();
    const auto loaded = load(file_of(run.log(), info), "t.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->info, info);
}

TEST(Reader, opens_a_file_that_is_cut_at_any_byte_up_to_its_last_whole_chunk) {
    const auto run = short_run();
    const Bytes bytes = file_of(run.log(), {"indication", {}, {}, {}, {}, "a note", {}});
    int opened = 0;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto loaded = load(std::span(bytes).first(size), "t.loopscope");
        if (!loaded) {
            EXPECT_THAT(loaded.error().message, HasSubstr("'t.loopscope'")) << size;
            continue;
        }
        ++opened;
        EXPECT_THAT(loaded->missing, HasSubstr("ends after byte")) << size;
        EXPECT_EQ(events_of(*loaded->log), events_of(run.log())) << size;
    }
    EXPECT_GT(opened, 10) << "the notes and the end";
}

TEST(Reader, never_takes_a_file_with_a_changed_byte_for_a_whole_one) {
    const auto run = short_run();
    Bytes bytes = file_of(run.log(), {"indication", {}, {}, {}, {}, "a note", {}});
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const auto change : {std::byte{0xff}, std::byte(1U << at % 8)}) {
            bytes[at] ^= change;
            const auto loaded = load(bytes, "t.loopscope");
            bytes[at] ^= change;
            if (!loaded) continue;
            EXPECT_NE(loaded->missing, "") << "byte " << at;
            EXPECT_TRUE(begins_with(run.log(), *loaded->log)) << "byte " << at;
        }
    }
}

TEST(Reader, says_that_more_follows_after_the_end) {
    const auto run = short_run();
    Bytes bytes = file_of(run.log());
    bytes.push_back(std::byte{0});
    const auto loaded = load(bytes, "t.loopscope");
    ASSERT_TRUE(loaded);
    EXPECT_THAT(loaded->missing, HasSubstr("more follows"));
}

TEST(Reader, refuses_what_is_no_trace_in_one_sentence) {
    const auto empty = load(Bytes{}, "t.loopscope");
    ASSERT_FALSE(empty);
    EXPECT_EQ(empty.error().message,
              "'t.loopscope' is no .loopscope file; open one that Loopscope has saved");
    const auto missing = load(std::filesystem::path("/nowhere/t.loopscope"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message,
              "cannot open '/nowhere/t.loopscope': there is no such file; check its name and folder");
    const auto folder = load(std::filesystem::path("/"));
    ASSERT_FALSE(folder);
    EXPECT_THAT(folder.error().message, HasSubstr("is a folder"));
}

TEST(Reader, tells_callers_by_a_code_what_is_missing_damaged_and_too_new) {
    using Code = Error::Code;
    EXPECT_EQ(load(std::filesystem::path("/nowhere/t.loopscope")).error().code, Code::not_found);
    const Bytes sound = file_of(short_run().log());
    EXPECT_EQ(load(std::span(sound).first(20), "t.loopscope").error().code, Code::damaged);
    Bytes later = sound;
    later[8] = std::byte{2};
    EXPECT_EQ(load(later, "t.loopscope").error().code, Code::unsupported);
    EXPECT_EQ(load(std::span(sound).subspan(1), "t.loopscope").error().code, Code::unsupported);
}

TEST(Reader, refuses_events_that_the_rules_forbid) {
    trace::Log log;
    log.emit(Kind::begin);
    log.emit(Kind::step, 1);
    const auto loaded = load(file_of(log), "t.loopscope");
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, HasSubstr("event 1 (step) is wrong"));
}

TEST(Reader, refuses_a_later_version) {
    Bytes bytes = file_of(short_run().log());
    bytes[8] = std::byte{2};
    const auto loaded = load(bytes, "t.loopscope");
    ASSERT_FALSE(loaded);
    EXPECT_THAT(loaded.error().message, HasSubstr("version 2"));
}

TEST(Checksum, is_xxh64_of_both_parts) {
    EXPECT_EQ(checksum({}, {}), 0xef46db3751d8e999ULL) << "of nothing, as its specification says";
}

}  // namespace
}  // namespace loopscope::format
