#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/format/saver.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/text.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/core/format/hand_made.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;
using trace::Kind;
using trace::tagged;

/// A trace that has one of each kind that only recorded and imported programs have.
std::shared_ptr<trace::Log> one_of_each() {
    auto made = std::make_shared<trace::Log>();
    trace::Log& log = *made;
    const std::uint32_t text = log.intern("text").value;
    const auto variable = VariableId{256};
    log.emit(Kind::begin, 0, text);
    for (std::uint32_t number = 1; number <= variable.value; ++number) log.emit(Kind::variable, number);
    log.emit(Kind::storage, variable.value, 0, tagged(trace::Storage::contextvar));
    log.emit(Kind::file, 2, text);
    for (int each = 0; each < 2; ++each) log.emit(Kind::ready, 0, 0, tagged(trace::Callback::signal));
    log.emit(Kind::copy, 0, text, tagged(0, 11));
    log.emit(Kind::iteration, 1, 2);
    log.emit(Kind::callback, 0, 0, tagged(trace::Callback::signal));
    log.emit(Kind::line, 0, 0, tagged(0, 12));
    const auto found = log.emit(Kind::found, 0, text, trace::about_variable(variable));
    log.emit(Kind::get, 0, found.value, trace::about_variable(variable));
    log.emit(Kind::set, 0, text, trace::about_variable(variable));
    log.emit(Kind::reset, 0, found.value, trace::about_variable(variable));
    log.emit(Kind::change, 0, text, trace::about_variable(variable));
    log.emit(Kind::changed, 1, found.value, trace::about_variable(variable));
    log.emit(Kind::factory, 0, 0, tagged(trace::Storage::context_copy));
    log.emit(Kind::descriptor, 0, text);
    log.emit(Kind::put, 1, 1, tagged(0, 13));
    log.emit(Kind::take, 1, 1);
    log.emit(Kind::task_done, 0, 1);
    log.emit(Kind::connection, 1, text);
    log.emit(Kind::serve, 1, text);
    const auto failed = log.emit(Kind::callback_end, 0, text, tagged(trace::Outcome::exception));
    log.emit(Kind::message, 0, text, failed.value);
    log.emit(Kind::abandon, 0, 1);
    log.emit(Kind::drop, 0, 1, 0);
    log.emit(Kind::job, 0, text);
    log.emit(Kind::job_end, 0, 0, tagged(trace::Outcome::result));
    log.emit(Kind::track, 1, text);
    log.emit(Kind::identity, 1, text, tagged(trace::TrackKind::thread));
    log.emit(Kind::cause, 1, 0, 1);
    log.emit(Kind::slice, 1, text, text);
    log.emit(Kind::argument, 1, text, text);
    log.emit(Kind::flow, 1, 1, tagged(trace::FlowPoint::start));
    log.emit(Kind::flow_name, 1, text, text);
    log.emit(Kind::flow_argument, 1, text, text);
    log.emit(Kind::slice_end, 1);
    log.emit(Kind::instant, 1, text);
    log.emit(Kind::counter, 1, text, 1);
    log.emit(Kind::count, 1, 7, 9);
    log.emit(Kind::end, 2, text, tagged(trace::Ending::exited));
    return made;
}

TEST(RecordedFile, gives_back_each_kind_that_only_recorded_and_imported_programs_have) {
    const auto log = one_of_each();
    for (const Kind kind : trace::all_kinds) {
        if (kind <= Kind::end || kind == Kind::restore) continue;  // those that any program has
        EXPECT_FALSE(trace::all_of_kind(*log, kind).empty()) << trace::name(kind);
    }
    const TemporaryFolder folder;
    ASSERT_TRUE(save(folder.path() / "t.loopscope", *log, {}));
    const auto loaded = load(folder.path() / "t.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(trace::events_of(*loaded->log), trace::events_of(*log));
    EXPECT_EQ(loaded->missing, "");
}

TEST(RecordedFile, has_the_listings_of_other_files) {
    trace::Log log;
    log.emit(Kind::begin);
    Info info;
    info.source = "main\n";
    // More than fits into one chunk of texts.
    for (std::uint32_t file = 2; file < 6; ++file)
        info.listings.push_back({file, std::string(600'000, static_cast<char>('a' + file)) + '\n'});
    const TemporaryFolder folder;
    ASSERT_TRUE(save(folder.path() / "t.loopscope", log, info));
    const auto loaded = load(folder.path() / "t.loopscope");
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->info, info);
}

/// What is said of a file that has these listings.
std::string said_of(const std::vector<Listing>& listings, std::uint64_t count) {
    const auto loaded = HandMade()
                            .info()
                            .begin()
                            .chunk(ChunkKind::sources,
                                   [&](ByteWriter& out) {
                                       out.varint(count);
                                       for (const Listing& each : listings) {
                                           out.varint(each.file);
                                           out.text(each.text);
                                       }
                                   })
                            .load();
    return loaded ? loaded->missing : loaded.error().message;
}

TEST(RecordedFile, lists_each_file_at_most_once_and_none_that_is_too_long) {
    EXPECT_THAT(said_of({{2, "a"}, {2, "b"}}, 2), HasSubstr("it lists file 2, which there is not, or twice"));
    EXPECT_THAT(said_of({{1, "a"}}, 1), HasSubstr("it lists file 1, which there is not, or twice"));
    EXPECT_THAT(said_of({}, 10'001), HasSubstr("there are more than 10000 listings"));
    EXPECT_THAT(said_of({{2, std::string(100'001, '\n')}}, 1),
                HasSubstr("its source has 100 KB in 100001 lines"));
    EXPECT_THAT(said_of({{2, "a"}}, 2), HasSubstr("its lengths do not fit its content"));
}

}  // namespace
}  // namespace loopscope::format
