#include <gtest/gtest.h>

#include "app/session/drive.hpp"
#include "app/session/hits.hpp"
#include "app/session/pursuit.hpp"
#include "core/feed/file_feed.hpp"
#include "core/trace/event.hpp"

// A session that shows a trace of tracks: where steps and searches lead.
namespace loopscope::session {
namespace {

/// Two tracks: `load` with `parse` in it and the instant `paint` on the first, then `load` on the second.
class SessionOfTracks : public testing::Test {
  protected:
    SessionOfTracks() {
        add(trace::Kind::begin);
        add(trace::Kind::track, 1, text("main"));
        add(trace::Kind::track, 2, text("worker"));
        first_load_ = add(trace::Kind::slice, 1, text("load"));
        add(trace::Kind::argument, 1, text("bytes"), text("parse"));
        parse_ = add(trace::Kind::slice, 1, text("parse"));
        paint_ = add(trace::Kind::instant, 1, text("paint"));
        add(trace::Kind::slice_end, 1);
        add(trace::Kind::slice_end, 1);
        second_load_ = add(trace::Kind::slice, 2, text("load"));
        add(trace::Kind::slice_end, 2);
        session_.emplace(std::make_unique<feed::FileFeed>(log_, format::Info{}, "other"));
    }

    EventIndex add(trace::Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log_->emit(kind, subject, a, b);
    }
    std::uint32_t text(std::string_view words) { return log_->intern(words).value; }

    /// Takes a step. Returns the cursor; nothing, if there was no such place and it stayed.
    std::optional<EventIndex> go(Pursuit::What what, Direction direction = Direction::forward) {
        Pursuit pursuit(*session_, {what, {}, {}, direction});
        EXPECT_EQ(complete(pursuit, *session_), Status::ended);
        return pursuit.found() ? std::optional(session_->cursor()) : std::nullopt;
    }
    std::optional<EventIndex> find(const char* words, Direction direction = Direction::forward) {
        Search search(*session_, words, direction);
        const Session& session = *session_;
        EXPECT_EQ(complete(search, session), Status::ended);
        EXPECT_EQ(search.progress(), 1);
        return search.found();
    }

    EventIndex first_load_, parse_, paint_, second_load_;
    std::optional<Session> session_;

  private:
    std::shared_ptr<trace::Log> log_ = std::make_shared<trace::Log>();
};

TEST_F(SessionOfTracks, begins_before_anything_has_begun) {
    EXPECT_EQ(session_->cursor(), EventIndex{0});
    EXPECT_TRUE(session_->index().is_of_tracks());
    EXPECT_FALSE(session_->has_storages());
}

TEST_F(SessionOfTracks, is_stepped_from_slice_to_slice) {
    EXPECT_EQ(go(Pursuit::What::handle), first_load_);
    EXPECT_EQ(go(Pursuit::What::handle), parse_);
    EXPECT_EQ(go(Pursuit::What::handle), paint_);
    EXPECT_EQ(go(Pursuit::What::handle), second_load_);
    EXPECT_EQ(go(Pursuit::What::handle), std::nullopt);
    EXPECT_EQ(session_->cursor(), second_load_) << "a step that leads nowhere has moved the cursor";
    EXPECT_EQ(go(Pursuit::What::handle, Direction::back), paint_);
    EXPECT_EQ(go(Pursuit::What::iteration, Direction::back), first_load_);
    EXPECT_EQ(go(Pursuit::What::iteration), second_load_);
    EXPECT_EQ(go(Pursuit::What::print, Direction::back), paint_);
    EXPECT_EQ(go(Pursuit::What::leak), std::nullopt);
    EXPECT_EQ(go(Pursuit::What::difference), std::nullopt);
    EXPECT_EQ(session_->cursor(), paint_);
}

TEST_F(SessionOfTracks, finds_slices_and_instants_by_name_and_goes_round) {
    EXPECT_EQ(find("load"), first_load_);
    session_->seek(first_load_);
    EXPECT_EQ(find("load"), second_load_);
    EXPECT_EQ(find("load", Direction::back), second_load_);
    session_->seek(second_load_);
    EXPECT_EQ(find("load"), first_load_);
    EXPECT_EQ(find("pa"), parse_) << "of two that fit the nearer one is found";
    EXPECT_EQ(find("pa", Direction::back), paint_);
    EXPECT_EQ(find("nothing"), std::nullopt);
    EXPECT_EQ(find("main"), std::nullopt) << "a track is no slice";
}

TEST_F(SessionOfTracks, has_hits_that_are_its_slices_and_instants) {
    Hits hits;
    const auto count = [&](const std::string& text) {
        hits.look_for(text);
        hits.update(*session_, std::chrono::seconds(10));
        EXPECT_TRUE(hits.is_complete());
        return hits.count();
    };
    EXPECT_EQ(count("load"), 2U);
    EXPECT_TRUE(hits.has(first_load_));
    session_->seek(second_load_);
    EXPECT_EQ(place_text(hits, *session_), "2 of 2");
    EXPECT_EQ(count("pa"), 2U);
    EXPECT_EQ(place_text(hits, *session_), "2 found");
    EXPECT_EQ(count("bytes"), 0U);
}

}  // namespace
}  // namespace loopscope::session
