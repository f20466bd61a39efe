#include "core/intake/files.hpp"

#include "tests/core/intake/taken_records.hpp"

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Files : public TakenRecords {};

TEST_F(Files, are_said_where_a_line_is_of_another_one) {
    intake.set_sources({"app.py", "/home/ann/app.py"});
    spool.file(1, "/home/ann/help.py");
    spool.file(2, "/home/ann/app.py");
    spool.task(1, "main", 5);
    spool.file(1, "");
    spool.task(2, "help", 6);
    spool.task(3, "nowhere");
    spool.file(2, "");
    spool.task(4, "main", 7);
    EXPECT_THAT(events(), ElementsAre("file 1 '/home/ann/app.py'", "spawn task 1  soon 'main'  line 5",
                                      "file 2 '/home/ann/help.py'", "spawn task 2  soon 'help'  line 6",
                                      "spawn task 3  soon 'nowhere'", "file 1 '/home/ann/app.py'",
                                      "spawn task 4  soon 'main'  line 7"));
    EXPECT_THAT(intake.files(), ElementsAre("/home/ann/app.py", "/home/ann/help.py"));
}

TEST_F(Files, begin_with_the_first_that_is_named_where_the_programs_source_is_not_known) {
    spool.file(1, "/lib/tool/main.py");
    spool.task(1, "main", 5);
    EXPECT_THAT(events(), ElementsAre("file 1 '/lib/tool/main.py'", "spawn task 1  soon 'main'  line 5"));
    EXPECT_THAT(intake.files(), ElementsAre("/lib/tool/main.py"));
}

TEST_F(Files, have_a_path) {
    spool.file(1, "");
    EXPECT_THAT(take(), HasSubstr("it does not say the path of a new file"));
}

TEST_F(Files, are_numbered_in_order) {
    spool.file(2, "app.py");
    EXPECT_THAT(take(), HasSubstr("it names file 2, and there is none yet"));
}

}  // namespace
}  // namespace loopscope::intake
