#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explain/causes.hpp"
#include "core/explain/storage_view.hpp"
#include "core/explain/why.hpp"
#include "core/trace/transitions.hpp"

// What is said about what only recorded and imported programs do.
namespace loopscope::explain {
namespace {

using testing::HasSubstr;
using trace::Kind;
using trace::tagged;

/// A trace in which task 1, `worker`, runs, and what is said of it.
class RecordedWhy : public testing::Test {
  protected:
    RecordedWhy() {
        add(Kind::begin);
        add(Kind::spawn, 1, text("worker"), tagged(trace::Start::soon));
    }

    EventIndex add(Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        return log_.emit(kind, subject, a, b);
    }
    std::uint32_t text(std::string_view words) { return log_.intern(words).value; }
    void step() {
        add(Kind::iteration, 1, 1);
        add(Kind::step, 1, 0, tagged(trace::Resume::first));
    }
    /// Calls with what is known at an event.
    template <class Function>
    auto at(EventIndex event, Function function) {
        const auto checked = trace::check(log_);
        EXPECT_TRUE(checked) << (checked ? "" : checked.error().message);
        trace::Index index;
        index.update(log_);
        trace::State state;
        for (EventIndex each; each <= event; ++each) state.apply(log_[each]);
        return function(Facts{log_, index, state, event});
    }
    std::string said(EventIndex event) {
        return at(event, [](const Facts& facts) { return why(facts).text(); });
    }
    /// What is said of it in its handle, without how that came to run.
    std::string action(EventIndex event) {
        return at(event, [](const Facts& facts) { return why(facts).action; });
    }

    trace::Log log_;
};

TEST_F(RecordedWhy, tells_of_loops_that_are_cut_short_and_closed) {
    add(Kind::ready, 0, 0, tagged(trace::Callback::user));
    add(Kind::iteration, 1, 2);
    add(Kind::step, 1, 0, tagged(trace::Resume::first));
    add(Kind::finish, 1, text("KeyboardInterrupt"), tagged(trace::Outcome::exception));
    const auto abandon = add(Kind::abandon, 0, 1);
    const auto drop = add(Kind::drop, 0, 1, 0);
    const auto end = add(Kind::end, 130, 0, tagged(trace::Ending::exited));
    EXPECT_EQ(said(abandon),
              "The iteration is cut short: 1 handle has not run, and is ready for the next one.");
    EXPECT_EQ(said(drop), "The loop is closed: 1 ready handle and 0 timers are gone.");
    EXPECT_EQ(said(end), "The program is over: it left with exit code 130.");
}

TEST_F(RecordedWhy, tells_which_signal_killed_a_program) {
    const auto end = add(Kind::end, 9, 0, tagged(trace::Ending::signalled));
    EXPECT_EQ(said(end), "The program is over: signal 9 killed it.");
}

TEST_F(RecordedWhy, tells_of_jobs_and_of_who_waits_for_them) {
    step();
    const auto suspend = add(Kind::suspend, 1, 3, tagged(trace::Wait::executor));
    add(Kind::thread, 2, text("pool"));
    const auto job = add(Kind::job, 1, text("read_file"));
    add(Kind::wake, 1, 3, tagged(trace::Wait::executor));
    const auto end = add(Kind::job_end, 0, text("OSError"), tagged(trace::Outcome::exception));
    EXPECT_EQ(action(suspend), "It waits for a job of an executor.");
    EXPECT_EQ(said(job), "The job read_file of an executor begins: worker waits for it.");
    EXPECT_EQ(action(end), "It ends with OSError.");
    EXPECT_EQ(at(end, [&](const Facts& facts) { return facts.actor(job); }), "the job read_file");
}

TEST_F(RecordedWhy, tells_what_the_selector_and_signals_call) {
    add(Kind::ready, 0, 0, tagged(trace::Callback::io));
    add(Kind::ready, 0, 0, tagged(trace::Callback::signal));
    add(Kind::iteration, 1, 3);
    add(Kind::step, 1, 0, tagged(trace::Resume::first));
    add(Kind::finish, 1);
    const auto io = add(Kind::callback, 0, 0, tagged(trace::Callback::io));
    const auto failed = add(Kind::callback_end, 0, text("OSError"), tagged(trace::Outcome::exception));
    const auto message = add(Kind::message, 0, text("bad address"), failed.value);
    const auto signal = add(Kind::callback, 0, 0, tagged(trace::Callback::signal));
    EXPECT_EQ(said(io), "A file descriptor is ready: the loop calls who waits for it.");
    EXPECT_EQ(action(message), "The exception OSError said: bad address");
    EXPECT_EQ(said(signal), "A signal came: the loop calls its handler.");
}

TEST_F(RecordedWhy, tells_who_put_an_item_and_what_is_served) {
    step();
    const auto put = add(Kind::put, 1, 4);
    const auto take = add(Kind::take, 1, 4);
    const auto done = add(Kind::task_done, 0, 4);
    const auto connection = add(Kind::connection, 1, text("127.0.0.1"));
    const auto serve = add(Kind::serve, 1, text("GET /a"));
    EXPECT_EQ(action(put), "It puts item 1 into a queue.");
    EXPECT_EQ(action(take), "It takes item 1 out of a queue: worker put it there.");
    EXPECT_EQ(action(done), "It says that the item that it took is done.");
    EXPECT_EQ(action(connection), "It makes the connection 127.0.0.1.");
    EXPECT_EQ(action(serve), "It takes a request, GET /a, of the connection 127.0.0.1.");
}

TEST_F(RecordedWhy, says_that_nobody_knows_who_wrote_a_value) {
    add(Kind::variable, 1, text("symbol"), text("-"));
    step();
    const auto found = add(Kind::found, 1, text("a"), 1);
    const auto read = add(Kind::get, 1, found.value, 1);
    const auto print = add(Kind::print_value, 1, read.value);
    EXPECT_EQ(action(print), "It prints symbol from the global: 'a'; nobody knows who wrote it.");
    EXPECT_EQ(at(print, [](const Facts& facts) { return why(facts).verdict; }), "");
    for (const Cause& cause : at(print, [](const Facts& facts) { return causes(facts); }))
        EXPECT_NE(cause.event, found) << cause.text;
    const StorageView view = at(print, [](const Facts& facts) {
        return view_storage(facts.log, facts.index, facts.state, facts.cursor);
    });
    const StoredValue& value = view.boxes.front().values.front();
    EXPECT_EQ(value.writer, found);
    EXPECT_FALSE(value.writer_known);
    EXPECT_FALSE(value.writer_task);
}

TEST_F(RecordedWhy, tells_to_what_a_variable_is_reset) {
    add(Kind::variable, 1, text("symbol"), text("-"));
    step();
    const auto first = add(Kind::set, 1, text("a"), 1);
    add(Kind::set, 1, text("b"), 1);
    const auto back = add(Kind::set, 1, text("a"), 1);
    add(Kind::reset, 0, first.value, 1);
    const auto to_default = add(Kind::set, 1, text("-"), 1);
    add(Kind::reset, 0, 0, 1);
    EXPECT_EQ(action(first), "It writes 'a' to symbol: to every storage, each by its own rule.");
    EXPECT_EQ(action(back), "It resets symbol to 'a', which worker(a) wrote 2 events ago.");
    EXPECT_EQ(action(to_default), "It resets symbol to its default, '-'.");
}

TEST_F(RecordedWhy, names_the_storage_that_a_variable_is_read_from) {
    add(Kind::variable, 1, text("symbol"), text("-"));
    add(Kind::variable, 2, text("user"), text("?"));
    add(Kind::storage, 0, 0, tagged(trace::Storage::global));
    const auto selected = add(Kind::storage, 2, 0, tagged(trace::Storage::contextvar));
    step();
    const auto write = add(Kind::set, 1, text("u"), 2);
    const auto one = add(Kind::get, 1, 0, 1);
    const auto two = add(Kind::get, 1, write.value, 2);
    EXPECT_EQ(said(selected), "From here on, reads of user are answered by contextvar.");
    EXPECT_THAT(action(one), HasSubstr("It reads symbol from the global"));
    EXPECT_THAT(action(two), HasSubstr("It reads user from its own context: 'u', written by worker"));
    const auto causes_of = [](const Facts& facts) { return causes(facts); };
    const auto texts = at(two, causes_of);
    EXPECT_TRUE(std::ranges::any_of(texts, [](const Cause& cause) {
        return cause.text == "the storage of user was switched to contextvar";
    }));
    const auto view = [](const Facts& facts) {
        return view_storage(facts.log, facts.index, facts.state, facts.cursor);
    };
    EXPECT_EQ(at(one, view).storage, trace::Storage::global);
    const StorageView of_user = at(two, view);
    EXPECT_EQ(of_user.storage, trace::Storage::contextvar);
    const auto box = of_user.box_of(TaskId{1});
    ASSERT_TRUE(box);
    EXPECT_TRUE(of_user.boxes[*box].values[0].elsewhere);
    EXPECT_EQ(of_user.boxes[*box].values[1].writer, write);
}

TEST_F(RecordedWhy, tells_of_slices_and_instants_on_their_tracks) {
    add(Kind::track, 1, text("main thread"));
    const auto slice = add(Kind::slice, 1, text("parse"));
    const auto end = add(Kind::slice_end, 1);
    const auto instant = add(Kind::instant, 1, text("gc"));
    EXPECT_EQ(said(slice), "parse runs on main thread for 0 ns, from 0.000 s on.");
    EXPECT_EQ(said(end), said(slice));
    EXPECT_EQ(said(instant), "gc happens on main thread at 0.000 s.");
}

}  // namespace
}  // namespace loopscope::explain
