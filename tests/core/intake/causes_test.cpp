#include "core/intake/causes.hpp"

#include "tests/core/intake/taken_records.hpp"

namespace loopscope::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Callback;

/// The records of a task that runs.
class TakenCauses : public TakenRecords {
  protected:
    TakenCauses() {
        spool.task(1);
        spool.iteration(1);
        spool.step(1);
        events();
    }
};

TEST_F(TakenCauses, are_items_that_go_through_a_queue) {
    spool.add(SPOOL_PUT, 1, 5, 12);
    spool.add(SPOOL_PUT, 2, 5, 13);
    spool.add(SPOOL_TAKE, 2, 5, 14);
    spool.add(SPOOL_TASK_DONE, 0, 5, 15);
    EXPECT_THAT(events(), ElementsAre("put item 1  queue 5  line 12", "put item 2  queue 5  line 13",
                                      "take item 2  queue 5  line 14", "task_done queue 5  line 15"));
}

TEST_F(TakenCauses, are_items_whose_lines_are_of_a_file) {
    spool.file(1, "app.py");
    spool.file(2, "pool.py");
    spool.add(SPOOL_PUT, 1, 5, 3);
    EXPECT_THAT(events(), ElementsAre("file 2 'pool.py'", "put item 1  queue 5  line 3"));
}

TEST_F(TakenCauses, are_requests_of_connections) {
    spool.add(SPOOL_CONNECTION, 1, spool.text("127.0.0.1:5000"));
    spool.ran(1, SPOOL_RAN_RESULT);
    spool.handle(SPOOL_IO, spool.text("Transport._read_ready"), 0x10, SpoolBuilder::flag_of(Callback::io));
    spool.iteration(1);
    spool.call(0x10);
    spool.add(SPOOL_SERVE, 1, spool.text("HttpProtocol"));
    spool.ran(0, SPOOL_RAN_RESULT);
    EXPECT_THAT(events(),
                ElementsAre("connection 1 '127.0.0.1:5000'", "finish task 1  result",
                            "ready io 'Transport._read_ready' for no task", "iteration 2 with 1 ready",
                            "callback io 'Transport._read_ready' for no task",
                            "serve connection 1 'HttpProtocol'", "callback_end"));
}

TEST_F(TakenCauses, end_the_trace_where_they_make_no_sense) {
    spool.add(SPOOL_PUT, 1, 5);
    spool.add(SPOOL_TAKE, 1, 6);
    EXPECT_THAT(take(), HasSubstr("(take) is wrong: item 1 is in queue 5"));
}

TEST_F(TakenCauses, are_of_connections_that_there_are) {
    spool.add(SPOOL_SERVE, 1, spool.text("HttpProtocol"));
    EXPECT_THAT(take(), HasSubstr("(serve) of the recording is wrong"));
}

}  // namespace
}  // namespace loopscope::intake
