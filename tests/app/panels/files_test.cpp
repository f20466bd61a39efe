#include "app/panels/files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/cli/setup.hpp"

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

}  // namespace
}  // namespace loopscope::panels
