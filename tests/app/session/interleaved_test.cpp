#include "tests/support/interleaved.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/explain/causes.hpp"
#include "core/explain/loop_view.hpp"
#include "core/explain/storage_view.hpp"
#include "core/explain/why.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/program_run.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Kind;

/// All that is said and shown at one event after the other of a trace, as text in which events have the
/// numbers that they have without those that were put between them.
class Told {
  public:
    Told(const trace::Log& log, const std::vector<EventIndex>& at) : log_(log), at_(at) {
        index_.update(log);
    }

    std::string at(EventIndex event) {
        const EventIndex cursor = at_[event.value];
        while (state_.size() <= cursor.value) state_.apply(log_[EventIndex{state_.size()}]);
        const explain::Facts facts{log_, index_, state_, cursor};
        return why_text(facts) + causes_text(facts) + loop_text() + storage_text(cursor);
    }

  private:
    /// Returns the index that an event has without those that were put between.
    [[nodiscard]] EventIndex original(EventIndex event) const {
        return EventIndex::of(static_cast<std::size_t>(std::ranges::lower_bound(at_, event) - at_.begin()));
    }

    /// What was put in between is counted in "written 45 events ago".
    static std::string why_text(const explain::Facts& facts) {
        std::string text = explain::why(facts).text();
        const std::size_t end = text.find(" ago");
        if (end == std::string::npos) return text;
        const std::size_t number = text.rfind(' ', text.rfind(' ', end - 1) - 1);
        return text.erase(number, end - number);
    }

    [[nodiscard]] std::string causes_text(const explain::Facts& facts) const {
        std::string text;
        for (const auto& list : {explain::causes(facts), explain::history(facts, 20)}) {
            for (const explain::Cause& each : list) {
                // What a switch says of itself.
                if (each.text.starts_with("the storage was switched")) continue;
                text += fmt::format("\n- {} {} {}", original(each.event).value, each.task.value, each.text);
            }
        }
        return text;
    }

    [[nodiscard]] std::string card(const explain::LoopCard& card) const {
        const bool by_event = card.id.kind == explain::CardId::Kind::callback;
        return fmt::format(" [{} {} of {}, because of {}, {}]", static_cast<int>(card.id.kind),
                           by_event ? original(EventIndex{card.id.number}).value : card.id.number,
                           card.handle.task.value, original(card.handle.cause).value,
                           card.deadline.value_or(Time(-1)).count());
    }

    [[nodiscard]] std::string loop_text() const {
        const explain::LoopView view = explain::loop_view(state_);
        std::string text = fmt::format("\ndue {} {}, {} of {}, over {}", view.due_at.count(), view.due_now,
                                       view.snapshot, view.all_ready, view.over);
        for (const auto* const list : {&view.due, &view.ready, &view.waits}) {
            for (const explain::LoopCard& each : *list) text += card(each);
            text += ';';
        }
        return text + (view.runs ? card(*view.runs) : "");
    }

    [[nodiscard]] std::string storage_text(EventIndex cursor) const {
        std::string text;
        for (const explain::StorageBox& box : explain::view_storage(log_, index_, state_, cursor).boxes) {
            text += fmt::format("\n{} {} {} {}", box.title, box.owner.value, box.ended, box.users.size());
            for (const explain::StoredValue& each : box.values)
                text += fmt::format(" {}={} by {} {}{}", each.name, each.text, original(each.writer).value,
                                    static_cast<int>(each.read), static_cast<int>(each.written));
        }
        return text;
    }

    const trace::Log& log_;
    const std::vector<EventIndex>& at_;
    trace::Index index_;
    trace::State state_;
};

/// Says of each event from one on that the same is told of it with and without others between them.
void expect_the_same(const trace::Log& log, std::uint32_t count, const trace::Interleaved& with,
                     EventIndex from) {
    const auto checked = trace::check(*with.log);
    ASSERT_TRUE(checked) << checked.error().message;
    const trace::Interleaved without =
        trace::interleave(log, count, Kind::clock, [](EventIndex) { return false; });
    Told told(*with.log, with.at);
    Told plain(*without.log, without.at);
    for (EventIndex event = from; event.value < count; ++event) {
        // A switch is what the last one before it was, too.
        if (log[event].kind() == Kind::storage) continue;
        ASSERT_EQ(told.at(event), plain.at(event)) << "event " << event.value << ", with others:\n"
                                                   << trace::text_of(*with.log);
    }
}

constexpr std::uint32_t max_events = 400;

class InterleavedTest : public testing::TestWithParam<Kind> {};

TEST_P(InterleavedTest, nothing_that_is_told_of_an_event_depends_on_what_stands_beside_it) {
    for (const scenario::Program* const program : scenario::catalogue()) {
        SCOPED_TRACE(program->name);
        for (const trace::Storage storage : {trace::Storage::global, trace::Storage::contextvar}) {
            const auto run = scenario::run_program(program->name, storage);
            const std::uint32_t count = std::min(run.log().size(), max_events);
            const auto all = [](EventIndex) { return true; };
            expect_the_same(run.log(), count, trace::interleave(run.log(), count, GetParam(), all), {2});
            if (HasFatalFailure()) return;
        }
    }
}

TEST_P(InterleavedTest, nor_does_it_where_but_one_was_put_in) {
    for (const char* const program : {"indication", "nested-cancel", "threads"}) {
        SCOPED_TRACE(program);
        const auto run = scenario::run_program(program, trace::Storage::global);
        const std::uint32_t count = std::min<std::uint32_t>(run.log().size(), 160);
        for (EventIndex from{2}; from.value < count; from = from + 3) {
            const auto here = [&](EventIndex event) { return event == from; };
            expect_the_same(run.log(), count, trace::interleave(run.log(), count, GetParam(), here), from);
            if (HasFatalFailure()) return;
        }
    }
}

INSTANTIATE_TEST_SUITE_P(Kinds, InterleavedTest, testing::Values(Kind::clock, Kind::storage),
                         [](const auto& kind) { return std::string(trace::name(kind.param)); });

}  // namespace
}  // namespace loopscope::session
