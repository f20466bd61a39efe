#include "core/feed/opening.hpp"

#include <fstream>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/feed/background_indexer.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/feeds.hpp"

namespace loopscope::feed {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using namespace std::chrono_literals;

class OpeningTest : public testing::Test {
  protected:
    /// What comes of opening a file, no time at a time.
    static Result<Opening::Arrival> open(const std::filesystem::path& file) {
        Opening opening(file);
        Rest rest;
        const Status status = poll_until_over([&] { return opening.poll(0ns); },
                                              [&](Status between) {
                                                  EXPECT_GE(opening.progress(), 0);
                                                  EXPECT_LE(opening.progress(), 1);
                                                  rest(between);
                                              });
        if (status == Status::failed) return tl::unexpected(opening.error());
        return opening.take();
    }

    void save(const Feed& feed, format::Info info) const {
        EXPECT_TRUE(format::save(path, feed.log(), info));
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "t.loopscope";
};

TEST_F(OpeningTest, of_a_run_of_ours_gives_one_that_can_be_switched) {
    const auto live = finished(setup_of("indication", trace::Storage::global, {{"duration", "600"}}));
    save(*live->feed, info_of(*live->feed));
    const auto arrived = open(path);
    ASSERT_TRUE(arrived);
    const Branch& opened = *arrived->branch;
    EXPECT_TRUE(opened.feed->can().select);
    EXPECT_EQ(trace::events_of(opened.feed->log()), trace::events_of(live->feed->log()));
    EXPECT_EQ(opened.feed->first_event(), live->feed->first_event());
    EXPECT_EQ(opened.index.size(), live->index.size());
    EXPECT_EQ(opened.feed->about().name, "indication");
}

TEST_F(OpeningTest, of_anything_else_gives_a_recording) {
    const std::shared_ptr<Branch> live = finished_seed();
    format::Info info = info_of(*live->feed);
    info.source += "// changed\n";
    info.notes = "look at print 3";
    save(*live->feed, info);
    const auto arrived = open(path);
    ASSERT_TRUE(arrived);
    EXPECT_FALSE(arrived->branch->feed->can().select);
    EXPECT_EQ(trace::events_of(arrived->branch->feed->log()), trace::events_of(live->feed->log()));
    EXPECT_EQ(arrived->notice, "Note: look at print 3");
}

TEST_F(OpeningTest, of_a_run_that_cannot_be_repeated_gives_a_recording) {
    const auto other = finished(setup_of("indication", trace::Storage::global, {{"symbols", "xyz"}}));
    save(*other->feed, info_of(*finished_seed()->feed));  // it says that its symbols are others
    const auto arrived = open(path);
    ASSERT_TRUE(arrived);
    EXPECT_FALSE(arrived->branch->feed->can().select);
    EXPECT_EQ(trace::output_of(arrived->branch->feed->log()), trace::output_of(other->feed->log()));
}

TEST_F(OpeningTest, says_why_a_file_cannot_be_opened) {
    EXPECT_THAT(open(path).error().message, HasSubstr("cannot open"));
    std::ofstream(path) << "no trace";
    EXPECT_THAT(open(path).error().message, HasSubstr("t.loopscope"));
}

TEST_F(OpeningTest, can_be_stopped) {
    std::filesystem::path large = folder.path() / "large.json";
    std::ofstream file(large);
    file << '[';
    for (int each = 0; each < 300'000; ++each)
        file << R"({"ph":"X","ts":)" << each << R"(,"dur":1,"pid":1,"tid":1,"name":"a"},)" << '\n';
    file.close();
    Opening opening(large);
    opening.cancel();
    ASSERT_EQ(complete(opening), Status::failed);
    EXPECT_THAT(opening.error().message, EndsWith("was stopped"));
}

TEST_F(OpeningTest, tells_by_the_first_bytes_what_a_file_is) {
    const std::shared_ptr<Branch> live = finished_seed();
    save(*live->feed, info_of(*live->feed));
    const auto renamed = folder.path() / "t.json";
    std::filesystem::rename(path, renamed);
    const auto ours = open(renamed);
    ASSERT_TRUE(ours) << ours.error().message;
    EXPECT_TRUE(ours->branch->feed->can().select);
    std::ofstream(path) << R"([{"ph":"X","ts":1,"dur":1,"pid":1,"tid":1,"name":"a"}])";
    const auto chrome = open(path);
    ASSERT_TRUE(chrome) << chrome.error().message;
    EXPECT_EQ(chrome->branch->feed->about().name, "t.loopscope");
}

TEST_F(OpeningTest, of_a_pipe_tells_how_much_it_read_and_ends_when_the_writer_does) {
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    Opening opening(pipe);
    std::ofstream writer(pipe);
    std::uint32_t written = 0;
    const auto write_more = [&] {
        writer << (written == 0 ? '[' : ',') << R"({"ph":"i","ts":1,"pid":1,"tid":1,"name":"a"})"
               << std::flush;
        ++written;
    };
    while (opening.how_far().bytes == 0) write_more();
    EXPECT_THAT(opening.how_far().text(), EndsWith(" read"));
    EXPECT_EQ(opening.poll(0ns), Status::waiting);
    writer.close();
    ASSERT_EQ(complete(opening), Status::ended);
    EXPECT_EQ(trace::all_of_kind(opening.take().branch->feed->log(), trace::Kind::instant).size(), written);
}

TEST_F(OpeningTest, can_be_stopped_while_a_pipe_says_nothing) {
    const auto pipe = folder.path() / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    Opening opening(pipe);
    const int writer = ::open(pipe.c_str(), O_WRONLY | O_CLOEXEC);  // once it is open on the other side
    opening.cancel();
    ASSERT_EQ(complete(opening), Status::failed);
    EXPECT_EQ(opening.error().message, "opening 'pipe' was stopped");
    ::close(writer);
    const Opening left(pipe);  // nobody writes, and nobody waits for it any more
}

TEST_F(OpeningTest, can_be_stopped_while_it_finds_out_what_is_in_a_recording) {
    auto log = std::make_unique<trace::Log>();
    log->emit(trace::Kind::begin, 0, log->intern("long").value);
    for (int each = 0; each < 2'000'000; ++each) log->emit(trace::Kind::iteration, 1, 0);
    Analysis known;
    double last = 0;
    EXPECT_FALSE(known.update(*log, log->size(), [&](double done) { return (last = done) < 0.4; }));
    EXPECT_LT(last, 1);
    EXPECT_LT(known.index.size(), log->size());
    EXPECT_TRUE(known.update(*log, log->size()));
    EXPECT_EQ(known.index.size(), log->size());
}

TEST_F(OpeningTest, learns_a_trace_while_it_grows) {
    const auto log = std::make_shared<trace::Log>();
    BackgroundIndexer indexer;
    log->emit(trace::Kind::begin, 0, log->intern("long").value);
    for (std::uint32_t each = 1; each < 2'000'000; ++each) {
        log->emit(trace::Kind::iteration, each, 0);
        if (each % 10'000 == 0) indexer.follow(log, log->size());
    }
    indexer.follow(log, log->size());
    double last = 0;
    while (indexer.advance()) {
        EXPECT_LE(last, indexer.done());
        last = indexer.done();
    }
    EXPECT_EQ(indexer.done(), 1);
    Analysis known = indexer.take();
    EXPECT_EQ(known.index.size(), log->size());
    EXPECT_EQ(known.index.iterations().size(), log->size() - 1);
    EXPECT_EQ(known.keyframes.seek(*log, log->size()).size(), log->size());
}

TEST_F(OpeningTest, stops_learning_when_nobody_waits_for_it) {
    const auto log = std::make_shared<trace::Log>();
    log->emit(trace::Kind::begin, 0, log->intern("long").value);
    for (std::uint32_t each = 1; each < 3'000'000; ++each) log->emit(trace::Kind::iteration, each, 0);
    BackgroundIndexer indexer;
    indexer.follow(log, log->size());
    EXPECT_TRUE(indexer.advance());
    EXPECT_LT(indexer.done(), 1);
}

TEST_F(OpeningTest, stops_when_nobody_waits_for_it_any_more) {
    save(*finished_seed()->feed, {});
    const Opening opening(path);
}

}  // namespace
}  // namespace loopscope::feed
