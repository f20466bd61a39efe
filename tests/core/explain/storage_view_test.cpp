#include "core/explain/storage_view.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

using trace::Kind;
using trace::Storage;
using Phase = trace::TaskStatus::Phase;

StorageView view_of(ObservedRun& run) {
    return view_storage(run.log(), run.index(), run.state(), run.cursor());
}

/// What a view says that a task would read.
trace::Writer writer_in(const StorageView& view, TaskId task, VariableId variable) {
    const auto box = view.box_for_read(task, variable);
    return box ? view.boxes[*box].values[variable.value - 1].writer : trace::Writer{};
}

class StorageViewTest : public testing::TestWithParam<Storage> {};

INSTANTIATE_TEST_SUITE_P(Storages, StorageViewTest, testing::ValuesIn(trace::all_storages));

TEST_P(StorageViewTest, shows_at_every_event_of_every_program_what_each_living_task_would_read) {
    for (const scenario::Program* program : scenario::catalogue()) {
        ObservedRun run = observe(program->name, GetParam());
        for (EventIndex event = run.first_event(); event <= run.head(); ++event) {
            run.seek(event);
            const trace::State& state = run.state();
            const StorageView view = view_of(run);
            for (std::uint32_t task = 1; task <= state.tasks().size(); ++task) {
                if (state.task(TaskId{task}).phase == Phase::ended) continue;
                ASSERT_TRUE(view.box_of(TaskId{task})) << program->name << " at " << event.value;
                for (std::uint32_t each = 1; each <= state.variables(); ++each) {
                    ASSERT_EQ(writer_in(view, TaskId{task}, VariableId{each}),
                              state.cell(GetParam(), TaskId{task}, VariableId{each}))
                        << program->name << " at " << event.value;
                }
            }
        }
    }
}

TEST_P(StorageViewTest, lights_what_each_read_and_write_of_a_task_found_and_left) {
    for (const scenario::Program* program : scenario::catalogue()) {
        ObservedRun run = observe(program->name, GetParam());
        for (EventIndex event = run.first_event() + 1; event <= run.head(); ++event) {
            const trace::Event& at = run.log()[event];
            if ((at.kind() != Kind::get && at.kind() != Kind::set) || !at.task()) continue;
            run.seek(event);
            int highlight = 0;
            for (const StorageBox& box : view_of(run).boxes) {
                for (const StoredValue& value : box.values) {
                    const Highlight light = at.kind() == Kind::get ? value.read : value.written;
                    if (light == Highlight::no) continue;
                    ++highlight;
                    EXPECT_EQ(light, Highlight::now);
                    EXPECT_EQ(value.writer, at.kind() == Kind::get ? EventIndex{at.a} : event)
                        << program->name;
                }
            }
            EXPECT_EQ(highlight, 1) << program->name << " at " << event.value;
        }
    }
}

TEST(StorageView, of_the_global_is_one_cell_that_every_task_uses) {
    ObservedRun run = observe("indication", Storage::global);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView view = view_of(run);
    ASSERT_EQ(view.boxes.size(), 1);
    EXPECT_EQ(view.boxes[0].users.size(), 8);
    EXPECT_EQ(view.boxes[0].values[0].name, "symbol");
    EXPECT_EQ(view.boxes[0].values[0].text, "c");
    EXPECT_EQ(view.boxes[0].read(), Highlight::now);
    EXPECT_EQ(view.boxes[0].written(), Highlight::last);
}

TEST(StorageView, of_thread_locals_has_a_cell_for_each_thread_by_its_name) {
    ObservedRun run = observe("threads", Storage::thread_local_);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView view = view_of(run);
    ASSERT_EQ(view.boxes.size(), 2);
    EXPECT_EQ(view.boxes[0].title, "MainThread");
    EXPECT_EQ(view.boxes[0].values[0].text, "1");
    EXPECT_EQ(view.boxes[1].title, "worker");
    EXPECT_EQ(view.boxes[1].values[0].text, "b");
    for (const StorageBox& box : view.boxes) {
        EXPECT_EQ(box.users.size(), 4);
        for (const TaskId task : box.users) EXPECT_EQ(run.index().task(task).thread, box.thread);
    }
}

TEST(StorageView, of_a_shared_dict_has_one_for_each_root_task_that_its_descendants_point_to) {
    ObservedRun run = observe("indication", Storage::context_shared);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView four = view_of(run);
    ASSERT_EQ(four.boxes.size(), 4);
    EXPECT_EQ(four.boxes[1].title, "dict of sleep(a)");
    EXPECT_EQ(four.boxes[1].users.size(), 2);
    ObservedRun under_main = observe("indication-main", Storage::context_shared);
    under_main.seek(under_main.index().prints().event(PrintIndex{5}));
    const StorageView one = view_of(under_main);
    ASSERT_EQ(one.boxes.size(), 1);
    EXPECT_EQ(one.boxes[0].users.size(), 9);
}

TEST(StorageView, of_contexts_says_where_each_was_copied_from) {
    ObservedRun run = observe("indication", Storage::contextvar);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView view = view_of(run);
    ASSERT_EQ(view.boxes.size(), 8);
    EXPECT_EQ(view.arrows.size(), 4);
    for (const StorageArrow& arrow : view.arrows) {
        EXPECT_TRUE(view.boxes[arrow.from].title.starts_with("sleep("));
        EXPECT_TRUE(view.boxes[arrow.to].title.starts_with("indication("));
        EXPECT_EQ(run.index().task(view.boxes[arrow.to].owner).parent, view.boxes[arrow.from].owner);
        EXPECT_EQ(view.boxes[arrow.from].values[0].text, view.boxes[arrow.to].values[0].text);
    }
}

TEST(StorageView, of_a_chain_map_shows_a_value_in_the_layer_that_has_it) {
    ObservedRun run = observe("indication", Storage::context_chainmap);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView view = view_of(run);
    for (const StorageBox& box : view.boxes)
        EXPECT_EQ(static_cast<bool>(box.values[0].writer), box.title.starts_with("sleep(")) << box.title;
}

/// The titles of each column, from above.
std::vector<std::string> columns_of(const StorageView& view) {
    std::vector<std::string> columns;
    for (const std::vector<std::size_t>& positions : view.columns) {
        std::string column;
        for (const std::size_t position : positions) column += view.boxes[position].title + ' ';
        columns.push_back(std::move(column));
    }
    return columns;
}

TEST(StorageView, has_a_column_for_each_chain_parents_before_children) {
    ObservedRun run = observe("indication-main", Storage::context_copy);
    run.seek(run.index().prints().event(PrintIndex{5}));
    const StorageView view = view_of(run);
    EXPECT_THAT(columns_of(view), testing::ElementsAre("sleep(0) indication(0) ", "sleep(a) indication(a) ",
                                                       "sleep(b) indication(b) ", "sleep(c) indication(c) "));
    // main() is of no chain, and stands above all of them.
    ASSERT_EQ(view.boxes.size(), 9);
    EXPECT_TRUE(view.boxes[0].above_all);
    EXPECT_EQ(std::ranges::count_if(view.boxes, &StorageBox::above_all), 1);
}

TEST(StorageView, has_no_columns_where_one_box_is_for_all) {
    ObservedRun run = observe("indication", Storage::global);
    EXPECT_THAT(columns_of(view_of(run)), testing::IsEmpty());
}

TEST(StorageView, does_not_light_what_another_storage_answered) {
    scenario::ProgramRun program("indication", Storage::global);
    program.advance_to_prints(6);
    program.select(Storage::contextvar);
    ObservedRun run(std::move(program));
    for (const StorageBox& box : view_of(run).boxes) EXPECT_EQ(box.read(), Highlight::no);
}

}  // namespace
}  // namespace loopscope::explain
