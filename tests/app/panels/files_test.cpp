#include "app/panels/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/setup.hpp"
#include "core/base/input.hpp"
#include "core/feed/file_feed.hpp"

namespace loopscope::panels {
namespace {

TEST(Files, are_saved_under_names_that_say_what_they_are) {
    const session::Session session(cli::make_setup("indication", "global", {}).value());
    Files files;
    for (const auto& [name, reason] :
         {std::pair{"t.json", "has to end in .loopscope"}, std::pair{".loopscope", "needs a name"},
          std::pair{"t.recording.loopscope", "a name for recordings under way"}}) {
        const Files::Reply reply = files.save(name, session);
        EXPECT_EQ(reply.name, "");
        EXPECT_THAT(reply.sentence, testing::HasSubstr(reason));
        EXPECT_FALSE(files.busy());
    }
}

TEST(Files, have_no_name_to_offer_for_what_came_from_standard_input) {
    const auto named = [](const char* name) {
        auto log = std::make_shared<trace::Log>();
        log->emit(trace::Kind::begin);
        return session::Session(std::make_unique<feed::FileFeed>(std::move(log), format::Info{}, name));
    };
    Files files;
    EXPECT_EQ(files.name_for(named("t.json")), "t.loopscope");
    EXPECT_EQ(files.name_for(named(standard_input_name)), "");
    EXPECT_THAT(files.save("", named(standard_input_name)).sentence, testing::HasSubstr("needs a name"));
    EXPECT_FALSE(files.busy());
}

}  // namespace
}  // namespace loopscope::panels
