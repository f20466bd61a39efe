#include "core/exchange/unpacking_reader.hpp"

#include <functional>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/read_trace.hpp"
#include "tests/core/exchange/packed.hpp"
#include "tests/core/exchange/told_tracks.hpp"

namespace loopscope::exchange {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view one_slice = R"([{"ph":"X","ts":0,"dur":2,"pid":1,"tid":7,"name":"work"}])";

Result<Imported> read_text(std::string_view text) {
    return read_trace(std::as_bytes(std::span(text)), "t.gz");
}

std::vector<std::string> lines_of(std::string_view text) {
    const auto read = read_text(text);
    if (!read) return {read.error().message};
    return ToldTracks(*read->log).lines;
}

/// Returns what is said of a text: what is missing, or why there is nothing.
std::string said_of(std::string_view text) {
    const auto read = read_text(text);
    return read ? read->missing : read.error().message;
}

/// Returns a trace of as many slices.
std::string many_slices(int count) {
    std::string json = "[";
    for (int at = 0; at < count; ++at)
        json +=
            fmt::format(R"({{"ph":"X","ts":{},"dur":1,"pid":1,"tid":1,"name":"{:x}"}},)", 2 * at, at * 7919);
    json.back() = ']';
    return json;
}

TEST(UnpackingReader, reads_what_is_in_gzip_or_zstd) {
    const auto expected = ElementsAre("process 1/thread 7: work 0..2");
    for (const auto& packed : {gzipped(one_slice), zstandard(one_slice)}) {
        EXPECT_THAT(lines_of(packed), expected);
        EXPECT_EQ(said_of(packed), "");
    }
}

TEST(UnpackingReader, makes_the_same_of_what_is_packed_as_of_what_is_not) {
    const std::string json = many_slices(10'000);
    const auto expected = read_text(json);
    ASSERT_TRUE(expected);
    for (const auto& packed : {gzipped(json), zstandard(json)}) {
        const auto read = read_text(packed);
        ASSERT_TRUE(read) << read.error().message;
        ASSERT_EQ(read->log->size(), expected->log->size());
        for (EventIndex at; at < read->log->end_index(); ++at)
            ASSERT_EQ((*read->log)[at], (*expected->log)[at]);
    }
}

TEST(UnpackingReader, reads_several_members_as_one_text) {
    const std::string_view begin = one_slice.substr(0, 20);
    const std::string_view end = one_slice.substr(20);
    const auto expected = ElementsAre("process 1/thread 7: work 0..2");
    EXPECT_THAT(lines_of(gzipped(begin) + gzipped("") + gzipped(end)), expected);
    EXPECT_THAT(lines_of(zstandard(begin) + zstandard(end)), expected);
    const std::string skipped("\x50\x2a\x4d\x18\x03\x00\x00\x00???", 11);  // a frame to be skipped
    EXPECT_THAT(lines_of(skipped + zstandard(begin) + skipped + zstandard(end)), expected);
    EXPECT_EQ(said_of(gzipped(one_slice) + std::string(1000, '\0')), "") << "zeros fill up a tape";
}

TEST(UnpackingReader, of_nothing_says_that_there_is_nothing) {
    UnpackingReader reader({"t.gz", "t.gz", 0}, {});
    ASSERT_TRUE(reader.push({}));
    const auto read = reader.finish();
    ASSERT_FALSE(read);
    EXPECT_THAT(read.error().message, HasSubstr("t.gz"));
}

TEST(UnpackingReader, shows_what_stands_before_the_end_of_what_is_cut_off) {
    const std::string json = many_slices(10'000);
    for (const auto& packed : {gzipped(json), zstandard(json)}) {
        const std::string_view cut = std::string_view(packed).substr(0, packed.size() / 2);
        EXPECT_GT(lines_of(cut).size(), 2'000U);
        EXPECT_THAT(said_of(cut), HasSubstr("data are cut off, and what they would go on with is missing"));
    }
    EXPECT_THAT(said_of(gzipped(one_slice).substr(0, 10)),
                AllOf(HasSubstr("'t.gz' is empty"), HasSubstr("its gzip data are cut off")));
}

TEST(UnpackingReader, shows_what_stands_before_what_is_damaged) {
    for (std::string packed : {gzipped(many_slices(10'000)), zstandard(many_slices(10'000))}) {
        for (std::size_t at = packed.size() / 2; at < packed.size() / 2 + 50; ++at) packed[at] = '\xff';
        EXPECT_GT(lines_of(packed).size(), 500U);
        EXPECT_THAT(said_of(packed), HasSubstr("data are damaged before byte "));
    }
    std::string wrong_sum = gzipped(one_slice);
    wrong_sum[wrong_sum.size() - 5] = static_cast<char>(wrong_sum[wrong_sum.size() - 5] ^ 1);
    EXPECT_THAT(lines_of(wrong_sum), ElementsAre("process 1/thread 7: work 0..2"));
    EXPECT_THAT(said_of(wrong_sum), HasSubstr("'t.gz': its gzip data are damaged"));
}

TEST(UnpackingReader, says_what_follows_that_is_not_packed) {
    const std::string begin = gzipped(one_slice.substr(0, one_slice.size() - 1));
    EXPECT_THAT(lines_of(begin + "hello"), ElementsAre("process 1/thread 7: work 0..2"));
    EXPECT_THAT(said_of(begin + "hello"),
                HasSubstr("what comes after byte " + std::to_string(begin.size()) + " is no gzip"));
}

TEST(UnpackingReader, says_that_a_trace_is_packed_twice_and_follows_it_no_further) {
    EXPECT_THAT(said_of(gzipped(gzipped(one_slice))),
                AllOf(HasSubstr("'t.gz' is compressed twice"), HasSubstr("zcat FILE")));
    EXPECT_THAT(said_of(gzipped(zstandard(one_slice))), HasSubstr("compressed twice"));
}

TEST(UnpackingReader, says_what_is_packed_if_it_is_no_trace) {
    EXPECT_THAT(said_of(gzipped("PERFILE2........")), HasSubstr("'t.gz' is a recording of Linux's perf"));
    EXPECT_THAT(said_of(gzipped("hello")), HasSubstr("is no trace that can be read"));
    EXPECT_THAT(said_of(gzipped("")), HasSubstr("'t.gz' is empty"));
}

TEST(UnpackingReader, stops_at_what_unpacks_to_too_much) {
    std::string json(one_slice.substr(0, one_slice.size() - 1));
    json.resize(70'000'000, ' ');
    const std::string packed = zstandard(json + "," + std::string(one_slice.substr(1)));
    ASSERT_LT(packed.size(), 30'000U);
    const auto read = read_text(packed);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_THAT(ToldTracks(*read->log).lines, ElementsAre("process 1/thread 7: work 0..2"));
    EXPECT_THAT(read->missing,
                HasSubstr("it unpacks to more than is read of a file of its size, and what comes after 6"));
}

TEST(UnpackingReader, refuses_zstd_that_refers_too_far_back) {
    // A frame whose header asks for a window of 2 GB (RFC 8878, 3.1.1.1).
    const std::string frame("\x28\xb5\x2f\xfd\x00\xa8\x01\x00\x00", 9);
    EXPECT_THAT(said_of(frame), HasSubstr("refer to more than 134 MB back"));
}

TEST(UnpackingReader, tells_how_far_it_is_by_the_bytes_of_the_file) {
    const std::string packed = gzipped(many_slices(50'000));
    std::vector<double> told;
    AnyReader reader({"t.gz", "t.gz", packed.size()}, [&](double done, const auto&) {
        told.push_back(done);
        return true;
    });
    ASSERT_TRUE(reader.push(std::as_bytes(std::span(packed))));
    ASSERT_TRUE(reader.finish());
    ASSERT_GT(told.size(), 3U);
    EXPECT_TRUE(std::ranges::is_sorted(told));
    EXPECT_LT(told.front(), 0.5);
    EXPECT_LE(told.back(), 1.0);
}

TEST(UnpackingReader, stops_when_it_is_told_to) {
    const std::string packed = gzipped(many_slices(50'000));
    AnyReader reader({"t.gz", "t.gz", packed.size()}, [](double, const auto&) { return false; });
    Result<void> pushed = reader.push(std::as_bytes(std::span(packed)));
    if (pushed) {
        const auto finished = reader.finish();
        ASSERT_FALSE(finished);
        EXPECT_EQ(finished.error().code, Error::Code::cancelled);
    } else {
        EXPECT_EQ(pushed.error().code, Error::Code::cancelled);
    }
}

}  // namespace
}  // namespace loopscope::exchange
