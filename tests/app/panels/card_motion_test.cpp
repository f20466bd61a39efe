#include "app/panels/card_motion.hpp"

#include <gtest/gtest.h>

#include "app/panels/loop_layout.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

using explain::CardId;
using explain::LoopCard;
using timeline::Rect;

constexpr Rect area{0, 0, 600, 400};
constexpr double half = CardMotion::duration / 2;

LoopLayout layout_of(session::Session& session, float width = 80) {
    return LoopLayout::create(explain::loop_view(session.state()), area, 1,
                              [=](const LoopCard&) { return width; });
}

PlacedCard placed(std::uint32_t task, Section section, Rect rect) {
    PlacedCard card;
    card.card.id = {CardId::Kind::task, task};
    card.section = section;
    card.rect = rect;
    return card;
}

constexpr Rect in_ready{100, 60, 80, 40};
constexpr Rect in_runs{100, 120, 80, 40};
constexpr Rect in_waits{100, 200, 80, 24};

TEST(CardMotion, a_card_flies_from_the_section_where_it_was_and_comes_to_rest) {
    CardMotion motion;
    motion.update(std::vector{placed(1, Section::ready, in_ready)}, 0, true);
    EXPECT_FALSE(motion.moving());
    const std::vector runs{placed(1, Section::runs, in_runs)};
    motion.update(runs, 0, false);
    EXPECT_EQ(motion.shown()[0].rect, in_ready);
    EXPECT_TRUE(motion.moving());
    motion.update(runs, half, false);
    EXPECT_EQ(motion.shown()[0].rect, (Rect{100, 90, 80, 40}));
    motion.update(runs, half, false);
    EXPECT_EQ(motion.shown()[0].rect, in_runs);
    EXPECT_FALSE(motion.moving());
}

TEST(CardMotion, one_that_has_just_run_waits_in_runs_before_it_goes_on) {
    CardMotion motion;
    motion.update(std::vector{placed(1, Section::ready, in_ready)}, 0, true);
    const std::vector over{placed(1, Section::runs, in_runs), placed(1, Section::waits, in_waits)};
    motion.update(over, 0, false);
    motion.update(over, half, false);
    EXPECT_EQ(motion.shown()[1].strength, 0) << "it is still on its way to RUNS";
    motion.update(over, half, false);
    EXPECT_FALSE(motion.shown()[0].moving);
    EXPECT_EQ(motion.shown()[1].rect, in_runs);
    motion.update(over, CardMotion::duration, false);
    EXPECT_EQ(motion.shown()[1].rect, in_waits);
    EXPECT_FALSE(motion.moving());
}

TEST(CardMotion, a_card_from_nowhere_fades_in_at_its_place) {
    CardMotion motion;
    motion.update({}, 0, false);
    const std::vector cards{placed(1, Section::ready, in_ready)};
    motion.update(cards, 0, false);
    EXPECT_EQ(motion.shown()[0].rect, in_ready);
    EXPECT_EQ(motion.shown()[0].strength, 0);
    motion.update(cards, half, false);
    EXPECT_GT(motion.shown()[0].strength, 0);
    EXPECT_LT(motion.shown()[0].strength, 1);
}

TEST(CardMotion, one_that_is_sent_elsewhere_on_its_way_goes_on_from_where_it_is) {
    CardMotion motion;
    motion.update(std::vector{placed(1, Section::ready, in_ready)}, 0, true);
    motion.update(std::vector{placed(1, Section::runs, in_runs)}, 0, false);
    motion.update(std::vector{placed(1, Section::waits, in_waits)}, half, false);
    EXPECT_EQ(motion.shown()[0].rect, (Rect{100, 90, 80, 40}));
}

TEST(CardMotion, nothing_flies_where_all_is_at_once) {
    CardMotion motion;
    motion.update(std::vector{placed(1, Section::ready, in_ready)}, 0, true);
    motion.update(std::vector{placed(1, Section::runs, in_runs)}, 0.01, true);
    EXPECT_EQ(motion.shown()[0].rect, in_runs);
    EXPECT_FALSE(motion.moving());
}

TEST(CardMotion, every_step_of_the_seed_comes_to_rest_in_the_layout) {
    session::Session session = session::seed();
    CardMotion motion;
    int flights = 0;
    while (step(session, session::What::handle)) {
        const LoopLayout layout = layout_of(session);
        motion.update(layout.cards, 0, false);
        flights += motion.moving() ? 1 : 0;
        motion.update(layout.cards, 1, false);
        motion.update(layout.cards, 1, false);
        ASSERT_FALSE(motion.moving()) << session.cursor().value;
        for (std::size_t place = 0; place < layout.cards.size(); ++place)
            ASSERT_EQ(motion.shown()[place].rect, layout.cards[place].rect);
    }
    EXPECT_GT(flights, 50);
}

TEST(LoopLayout, cards_stand_in_their_boxes_beside_each_other) {
    session::Session session = session::seed();
    while (step(session, session::What::handle)) {
        const LoopLayout layout = layout_of(session);
        for (std::size_t place = 0; place < layout.cards.size(); ++place) {
            const PlacedCard& card = layout.cards[place];
            const LoopLayout::Box& box = card.section == Section::due     ? layout.due
                                         : card.section == Section::ready ? layout.ready
                                         : card.section == Section::runs  ? layout.runs
                                                                          : layout.waits;
            ASSERT_GE(card.rect.y, box.rect.y);
            ASSERT_LE(card.rect.bottom(), box.rect.bottom());
            ASSERT_LE(card.rect.right(), box.rect.right());
            if (place == 0 || layout.cards[place - 1].section != card.section) continue;
            const Rect& before = layout.cards[place - 1].rect;
            ASSERT_TRUE(before.right() <= card.rect.x || before.bottom() <= card.rect.y);
        }
        EXPECT_LE(layout.waits.rect.bottom(), area.bottom());
    }
}

TEST(LoopLayout, what_has_no_room_is_counted) {
    session::Session session = session::seed();
    step(session, session::What::iteration);
    const explain::LoopView view = explain::loop_view(session.state());
    const LoopLayout layout = layout_of(session, 300);
    const auto shown =
        static_cast<std::size_t>(std::ranges::count(layout.cards, Section::ready, &PlacedCard::section));
    ASSERT_GT(view.ready.size(), 1u);
    EXPECT_EQ(shown + layout.ready.left_out, view.ready.size());
    EXPECT_GT(layout.ready.left_out, 0u);
}

TEST(LoopLayout, a_row_begins_where_it_is_scrolled_to_and_counts_both_sides) {
    session::Session session = session::seed();
    step(session, session::What::iteration);
    const explain::LoopView view = explain::loop_view(session.state());
    ASSERT_GE(view.all_ready, 3u);
    const auto wide = [](const LoopCard&) { return 200.0F; };
    for (std::size_t first = 0; first < view.all_ready; ++first) {
        const LoopLayout layout = LoopLayout::create(view, area, 1, wide, {.ready = first});
        EXPECT_EQ(layout.ready.before, first);
        EXPECT_EQ(layout.ready.before + layout.ready.shown + layout.ready.left_out, view.all_ready);
        ASSERT_GT(layout.ready.shown, 0u);
        const auto card = std::ranges::find(layout.cards, Section::ready, &PlacedCard::section);
        EXPECT_EQ(card->card.id, view.ready[first].id);
        EXPECT_GE(card->rect.x, LoopLayout::label + (first > 0 ? LoopLayout::more : 0));
    }
}

}  // namespace
}  // namespace loopscope::panels
