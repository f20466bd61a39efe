#include "core/task/variable.hpp"

#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "core/task/sleep.hpp"
#include "core/task/task.hpp"
#include "core/trace/state.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using trace::Kind;
using trace::Storage;

class VariableTest : public LoopFixture {
  protected:
    std::string text(const Value& value) { return std::string(log.strings()[value.text]); }
    trace::Event last(Kind kind) { return log[trace::all_of_kind(log, kind).back()]; }

    const Variable symbol_{"symbol", "."};
    const Variable user_{"user", "nobody"};
};

TEST_F(VariableTest, has_its_default_before_the_first_write) {
    for (const Storage storage : trace::all_storages) {
        storages.select(storage);
        const auto main = [&]() -> Coro<std::string> { co_return text(symbol_.get()); };
        EXPECT_EQ(run(main()).result(), ".") << name(storage);
    }
}

TEST_F(VariableTest, has_what_its_task_wrote_in_every_storage) {
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        user_.set("ann");
        for (const Storage storage : trace::all_storages) {
            storages.select(storage);
            EXPECT_EQ(text(symbol_.get()), "a") << name(storage);
            EXPECT_EQ(text(user_.get()), "ann") << name(storage);
        }
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(VariableTest, outside_of_a_task_cannot_be_kept_in_a_task_context) {
    for (const Storage storage : trace::all_storages) {
        storages.select(storage);
        const bool needs_task = storage == Storage::context_shared || storage == Storage::context_copy ||
                                storage == Storage::context_chainmap;
        loop.call_soon(callback([&] {
            if (needs_task) {
                EXPECT_THROW((void)symbol_.get(), ValueError) << name(storage);
                EXPECT_THROW(symbol_.set("a"), ValueError) << name(storage);
            } else {
                EXPECT_NO_THROW((void)symbol_.get()) << name(storage);
                EXPECT_NO_THROW(symbol_.set("a")) << name(storage);
            }
        }));
        loop.run();
    }
}

TEST_F(VariableTest, is_introduced_once_in_order_of_first_use) {
    const auto main = [&]() -> Coro<> {
        user_.set("ann");
        (void)symbol_.get();
        symbol_.set("a");
        co_return;
    };
    run(main());
    const auto introduced = trace::all_of_kind(log, Kind::variable);
    ASSERT_EQ(introduced.size(), 2u);
    EXPECT_EQ(log.strings()[StringId{log[introduced[0]].a}], "user");
    EXPECT_EQ(log.strings()[StringId{log[introduced[0]].b}], "nobody");
    EXPECT_EQ(log.strings()[StringId{log[introduced[1]].a}], "symbol");
    EXPECT_EQ(log[introduced[1]].subject, 2u);
}

TEST_F(VariableTest, tells_the_trace_who_wrote_what_is_read_and_printed) {
    storages.select(Storage::global);
    const auto write = [&]() -> Coro<> {
        symbol_.set("a");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        print(symbol_.get());
        co_await create_task(write());
        print(symbol_.get());
        print("!");
    };
    run(main());
    const EventIndex writer = trace::all_of_kind(log, Kind::set).at(0);
    const auto shown = trace::all_of_kind(log, Kind::print_value);
    ASSERT_EQ(shown.size(), 2u);
    EXPECT_EQ(log[writer].task(), TaskId{2});
    EXPECT_EQ(log.writer_of_print(shown[0]), EventIndex{}) << "the default";
    EXPECT_EQ(log.writer_of_print(shown[1]), writer);
    EXPECT_EQ(trace::output_of(log), ".a!");
}

TEST_F(VariableTest, keeps_what_was_read_although_it_is_written_before_it_is_printed) {
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        const Value value = symbol_.get();
        symbol_.set("b");
        print(value);
        co_return;
    };
    run(main());
    EXPECT_EQ(trace::output_of(log), "a");
}

/// Tasks that read, write, spawn and select whatever the dice say; each read is compared with what the
/// storage has.
class VariableAtRandomTest : public VariableTest {
  protected:
    void check(const Variable& variable) {
        const Value value = variable.get();
        const context::Cell kept = storages.read(storages.find(&variable), loop.scope());
        EXPECT_EQ(text(value), kept ? log.strings()[kept.value] : &variable == &symbol_ ? "." : "nobody");
        const trace::Event& read = log[value.read];
        EXPECT_EQ(EventIndex{read.a}, kept.writer);
        EXPECT_EQ(read.task(), current_task().id());
        EXPECT_EQ(read.tag(), storages.find(&variable).value);
    }

    Coro<> player(int moves) {
        for (; moves > 0; --moves) {
            const Variable& variable = random_() % 4 == 0 ? user_ : symbol_;
            switch (random_() % 8) {
                case 0: variable.set(fmt::format("{}", random_() % 100)); break;
                case 1:
                    storages.select(trace::all_storages[random_() % std::size(trace::all_storages)]);
                    break;
                case 2: create_task(player(moves / 4)); break;
                case 3: co_await sleep(0); break;
                default: check(variable); break;
            }
        }
    }

    /// Plays with tokens as well, the same moves whatever is selected, and returns what is read from a
    /// storage on the way. `others`: another one is selected wherever nothing is read.
    std::vector<std::string> game_with_tokens(Storage read_from, bool others) {
        random_.seed(game_);
        std::mt19937 selecting{game_};
        std::vector<std::string> read;
        const Variable& symbol = variables_.emplace_back("symbol", ".");
        const auto select_another = [&] {
            if (others) select(trace::all_storages[selecting() % std::size(trace::all_storages)]);
        };
        const std::function<Coro<>(int)> player = [&](int moves) -> Coro<> {
            std::vector<Token> tokens;
            for (; moves > 0; --moves) {
                select_another();
                const auto move = random_() % 8;
                if (move < 2) {
                    tokens.push_back(symbol.set(fmt::format("{}", random_() % 5)));
                } else if (move == 2 && !tokens.empty()) {
                    symbol.reset(tokens.back());
                    tokens.pop_back();
                } else if (move == 3) {
                    create_task(player(moves / 3));
                } else if (move == 4) {
                    co_await sleep(0);
                } else {
                    select(read_from);
                    read.push_back(text(symbol.get()));
                }
            }
        };
        select(read_from);
        run(player(30));
        return read;
    }

    /// Selects a storage, and says so in the trace.
    void select(Storage storage) {
        if (storages.selected() == storage) return;
        storages.select(storage);
        loop.sink().emit(Kind::storage, 0, 0, trace::tagged(storage));
    }

    unsigned game_ = 0;
    std::deque<Variable> variables_;  // each has an address of its own, by which they are told apart
    std::mt19937 random_{5};          // NOLINT(bugprone-random-generator-seed): the same moves every time
};

TEST_F(VariableAtRandomTest, gives_what_its_storage_has_however_often_it_is_read) {
    for (int game = 0; game < 100; ++game) run(player(40));
    EXPECT_GT(trace::all_of_kind(log, Kind::get).size(), 1000u);
}

TEST_F(VariableTest, taken_back_is_in_each_storage_what_it_was_there) {
    storages.select(Storage::global);
    const auto other = [&]() -> Coro<> {
        symbol_.set("o");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        co_await create_task(other());
        Token token = symbol_.set("b");
        EXPECT_EQ(&token.variable(), &symbol_);
        EXPECT_EQ(log.strings()[token.old_value().value()], "o");
        symbol_.reset(token);
        EXPECT_EQ(text(symbol_.get()), "o");
        for (const Storage storage :
             {Storage::context_copy, Storage::contextvar, Storage::argument, Storage::context_chainmap}) {
            storages.select(storage);
            EXPECT_EQ(text(symbol_.get()), "a") << name(storage);
        }
        storages.select(Storage::context_shared);
        EXPECT_EQ(text(symbol_.get()), "o") << "the dict is the other task's as well";
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(VariableTest, token_of_a_first_write_has_no_old_value) {
    // Each has an address of its own, by which variables are told apart.
    std::deque<Variable> variables;
    for (const Storage storage : trace::all_storages) {
        storages.select(storage);
        const Variable& fresh = variables.emplace_back("fresh", ".");
        const auto main = [&]() -> Coro<> {
            Token token = fresh.set("a");
            EXPECT_EQ(token.old_value(), std::nullopt) << name(storage);
            fresh.reset(token);
            EXPECT_EQ(text(fresh.get()), ".") << name(storage);
            co_return;
        };
        EXPECT_NO_THROW(run(main()).result());
    }
}

TEST_F(VariableTest, without_a_default_is_an_error_before_it_is_set) {
    std::deque<Variable> variables;
    for (const Storage storage : trace::all_storages) {
        storages.select(storage);
        const Variable& bare = variables.emplace_back("bare");
        const auto main = [&]() -> Coro<> {
            EXPECT_THROW((void)bare.get(), LookupError) << name(storage);
            EXPECT_EQ(text(bare.get("-")), "-") << name(storage);
            EXPECT_FALSE(bare.get("-").read) << "nothing was read";
            Token token = bare.set("a");
            EXPECT_EQ(text(bare.get()), "a") << name(storage);
            EXPECT_EQ(text(bare.get("-")), "a") << name(storage);
            bare.reset(token);
            EXPECT_THROW((void)bare.get(), LookupError) << name(storage);
            print(bare.get("-"));
            co_return;
        };
        EXPECT_NO_THROW(run(main()).result());
    }
    EXPECT_EQ(trace::output_of(log), "-------");
}

TEST_F(VariableTest, default_of_a_read_goes_before_that_of_the_variable) {
    const auto main = [&]() -> Coro<> {
        EXPECT_EQ(text(symbol_.get("-")), "-");
        EXPECT_EQ(text(symbol_.get()), ".");
        co_return;
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(VariableTest, set_within_a_scope_is_reset_at_its_end) {
    storages.select(Storage::contextvar);
    const auto keep = [&](std::unique_ptr<SetWithin>& kept) -> Coro<> {
        kept = std::make_unique<SetWithin>(symbol_, "elsewhere");
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        symbol_.set("a");
        {
            const SetWithin with(symbol_, "b");
            EXPECT_EQ(log.strings()[with.token().old_value().value()], "a");
            EXPECT_EQ(text(symbol_.get()), "b");
        }
        EXPECT_EQ(text(symbol_.get()), "a");
        std::unique_ptr<SetWithin> kept;
        co_await create_task(keep(kept));
        EXPECT_NO_THROW(kept.reset()) << "it was made in another context";
        EXPECT_EQ(text(symbol_.get()), "a");
    };
    EXPECT_NO_THROW(run(main()).result());
}

TEST_F(VariableAtRandomTest, taken_back_is_the_same_whatever_was_selected_meanwhile) {
    std::size_t reads = 0;
    for (game_ = 1; game_ <= 8; ++game_) {
        for (const Storage storage : trace::all_storages) {
            const std::vector<std::string> alone = game_with_tokens(storage, false);
            EXPECT_EQ(game_with_tokens(storage, true), alone) << name(storage) << " in game " << game_;
            reads += alone.size();
        }
    }
    EXPECT_GT(reads, 500u);
    // The trace tells the same as the storages.
    trace::State state;
    for (EventIndex at{0}; at < log.end_index(); at = at + 1) {
        const trace::Event event = log[at];
        if (event.kind() == Kind::get) {
            EXPECT_EQ(state.cell(state.storage(), event.task(), event.variable()), EventIndex{event.a})
                << "event " << at.value << " of task " << event.subject << ", " << name(state.storage());
        }
        state.apply(event);
    }
    EXPECT_GT(trace::all_of_kind(log, Kind::restore).size(), 20u);
}

TEST_F(VariableTest, read_as_a_task_ends_says_nothing_of_the_next_one) {
    storages.select(Storage::contextvar);
    // A coroutine's argument is destroyed when its task has ended; the next task may stand where that one
    // stood.
    struct Reading {
        const Variable* variable;
        explicit Reading(const Variable& read) : variable(&read) {}
        Reading(Reading&& other) noexcept : variable(std::exchange(other.variable, nullptr)) {}
        ~Reading() {
            if (variable) (void)variable->get();
        }
    };
    const void* scope = nullptr;
    const auto first = [&](Reading) -> Coro<> {
        scope = loop.current();
        symbol_.set("a");
        co_return;
    };
    std::optional<std::string> read;
    const auto next = [&]() -> Coro<> {
        if (loop.current() == scope) read = text(symbol_.get());
        co_return;
    };
    const auto main = [&]() -> Coro<> {
        create_task(first(Reading(symbol_)));
        for (int count = 0; count < 2; ++count) co_await sleep(0);
        for (int count = 0; count < 8; ++count) create_task(next());
        co_await sleep(0);
    };
    run(main());
    if (!memory_is_pooled) GTEST_SKIP() << "no task stands where another one stood";
    EXPECT_EQ(read, ".");
    EXPECT_NE(last(Kind::get).task(), TaskId{2});
}

TEST_F(VariableTest, that_is_read_again_in_another_line_says_so) {
    std::uint32_t first_line = 0;
    const auto main = [&]() -> Coro<> {
        first_line = __LINE__ + 1;
        EXPECT_EQ(text(symbol_.get()), ".");
        EXPECT_EQ(text(symbol_.get()), ".");
        co_return;
    };
    run(main());
    const auto reads = trace::all_of_kind(log, Kind::get);
    ASSERT_EQ(reads.size(), 2u);
    EXPECT_EQ(log[reads[0]].line(), first_line);
    EXPECT_EQ(log[reads[1]].line(), first_line + 1);
}

TEST_F(VariableTest, tells_the_trace_the_lines_of_the_program) {
    std::uint32_t first_line = 0;
    const auto main = [&]() -> Coro<> {
        first_line = __LINE__ + 1;
        symbol_.set("a");
        const Value value = symbol_.get();
        print(value);
        print("text");
        co_await sleep(Duration::zero());
    };
    run(main());
    EXPECT_EQ(last(Kind::set).line(), first_line);
    EXPECT_EQ(last(Kind::get).line(), first_line + 1);
    EXPECT_EQ(last(Kind::print_value).line(), first_line + 2);
    EXPECT_EQ(last(Kind::print).line(), first_line + 3);
    EXPECT_EQ(last(Kind::suspend).line(), first_line + 4);
}

TEST_F(VariableTest, set_to_the_empty_text_is_set) {
    const auto main = [&]() -> Coro<std::string> {
        symbol_.set("");
        co_return text(symbol_.get());
    };
    EXPECT_EQ(run(main()).result(), "");
}

}  // namespace
}  // namespace loopscope::task
