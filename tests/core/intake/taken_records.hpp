#pragma once

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/intake/intake.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "tests/support/spool_builder.hpp"

namespace loopscope::intake {

/// Records that are written by hand, and the trace that becomes of them.
class TakenRecords : public testing::Test {
  protected:
    TakenRecords() {
        spool.thread(1, "MainThread");
        spool.loop(1);
    }

    /// Takes the records that have been added since the last call, one at a time. Returns what is wrong with
    /// them, or nothing.
    std::string take() {
        for (; taken_ < spool.records().size(); ++taken_) {
            const auto result = intake.push(std::span(spool.records()).subspan(taken_, 1));
            if (!result) return result.error().message;
        }
        return {};
    }
    /// Takes the records, and returns the events behind the first one, without their numbers and times. The
    /// trace can be folded.
    std::vector<std::string> events() {
        EXPECT_EQ(take(), "");
        EXPECT_TRUE(trace::check(log));
        return events_in_any_order();
    }
    /// Does the same for a trace whose handles run in another order than they became ready in.
    std::vector<std::string> events_in_any_order() {
        EXPECT_EQ(take(), "");
        trace::State state;
        for (EventIndex at; at < log.end_index(); ++at) state.apply(log[at]);
        trace::Index index;
        index.update(log);
        std::vector<std::string> lines;
        for (EventIndex at = first_; at < log.end_index(); ++at) {
            const std::string details = trace::details_of(log, at);
            lines.push_back(trace::kind_text(log[at].kind()) + (details.empty() ? "" : " " + details));
        }
        first_ = log.end_index();
        return lines;
    }

    SpoolBuilder spool;
    trace::Log log;
    Intake intake{log, "app.py"};

  private:
    std::size_t taken_ = 0;
    EventIndex first_{1};
};

}  // namespace loopscope::intake
