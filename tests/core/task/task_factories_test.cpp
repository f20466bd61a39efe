// What tasks see of aiotask_context's dict where the loop is given another factory in mid-run, against what
// the real package does: tests/twins/task_factories.py prints its text, and twins_test.py holds it to that.

#include <array>
#include <fstream>
#include <map>
#include <sstream>

#include "core/task/runner.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable_of.hpp"
#include "core/trace/state.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using context::DictFactory;
using task::sleep;
using trace::Storage;

constexpr std::string_view task_names = "mpqg";
constexpr std::string_view writers = "mpqgm";
constexpr std::array factories = {DictFactory::sharing, DictFactory::copying, DictFactory::layering};
constexpr std::array<std::string_view, 3> words = {"sharing", "copying", "layering"};

/// The program of tests/twins/task_factories.py, under a pair of factories.
class TwoFactories {
  public:
    TwoFactories(DictFactory before, DictFactory after) : after_(after) {
        log.emit(trace::Kind::begin);
        storages.select(Storage::context_shared);
        loop_.set_task_factory(before);
    }
    /// Returns what the tasks saw, turn by turn.
    std::string run() {
        run_until_complete(create_task(loop_, main()));
        std::string text;
        for (auto& turn : turns_) {
            text += text.empty() ? "" : ", ";
            for (const char name : task_names)
                text += fmt::format("{}{}={}", name == task_names.front() ? "" : " ", name, turn[name]);
        }
        return text;
    }

    trace::Log log;
    context::Storages storages;

  private:
    Coro<> work(char name, char child) {
        if (child != 0) create_task(work(child, 0));
        for (std::size_t turn = 0; turn < writers.size(); ++turn) {
            co_await sleep(1s);
            if (name == writers[turn]) {
                list_.get().append(std::string(1, name));
                symbol_.set(std::string(1, name));
            }
            co_await sleep(1s);
            std::string seen(log.strings()[symbol_.get().text]);
            for (const std::string& each : list_.get()) seen += each;
            turns_[turn][name] = seen;
        }
    }
    Coro<> main() {
        symbol_.set(".");
        list_.set({});
        create_task(work('p', 0));
        loop_.set_task_factory(after_);
        create_task(work('q', 'g'));
        co_await sleep(500ms);
        co_await work('m', 0);
        co_await sleep(1s);
    }

    loop::EventLoop loop_{log, storages};
    DictFactory after_;
    const Variable symbol_{"symbol"};
    const VariableOf<List<std::string>> list_{"list"};
    std::array<std::map<char, std::string>, writers.size()> turns_;
};

TEST(TaskFactories, make_the_dicts_of_new_tasks_and_leave_those_that_there_are) {
    std::string text;
    for (std::size_t before = 0; before < factories.size(); ++before) {
        for (std::size_t after = 0; after < factories.size(); ++after) {
            TwoFactories program(factories.at(before), factories.at(after));
            text += fmt::format("{} > {}: {}\n", words.at(before), words.at(after), program.run());
        }
    }
    std::ostringstream expected;
    expected << std::ifstream(LOOPSCOPE_TESTS_DIR "/twins/task_factories.txt").rdbuf();
    EXPECT_EQ(text, expected.str());
}

TEST(TaskFactories, are_followed_by_the_state_and_leave_the_other_storages_alone) {
    for (const DictFactory before : factories) {
        for (const DictFactory after : factories) {
            TwoFactories program(before, after);
            program.run();
            const trace::Log& log = program.log;
            EXPECT_TRUE(trace::check(log));
            trace::State state;
            std::map<std::pair<TaskId, VariableId>, EventIndex> seen;
            for (EventIndex at{0}; at < log.end_index(); at = at + 1) {
                state.apply(log[at]);
                if (log[at].kind() != trace::Kind::get) continue;
                EXPECT_EQ(state.cell(Storage::context_shared, log[at].task(), log[at].variable()).value,
                          log[at].a)
                    << "at " << at.value;
            }
            // As if copying_task_factory had made all of them.
            const EventIndex copied = state.cell(Storage::context_copy, TaskId{3}, VariableId{2});
            EXPECT_EQ(log.strings()[StringId{log[copied].a}], "['q']");
        }
    }
}

TEST(TaskFactories, give_a_root_task_an_empty_dict) {
    for (const DictFactory factory : factories) {
        trace::Log log;
        log.emit(trace::Kind::begin);
        context::Storages storages;
        storages.select(Storage::context_shared);
        loop::EventLoop loop(log, storages);
        loop.set_task_factory(factory);
        const Variable symbol("symbol", "-");
        const auto main = [&]() -> Coro<> {
            print(symbol.get());
            symbol.set("a");
            co_return;
        };
        create_task(loop, main());
        create_task(loop, main());
        loop.run();
        EXPECT_EQ(trace::output_of(log), "--");
    }
}

}  // namespace
}  // namespace loopscope::task
