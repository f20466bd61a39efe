// What WHY says about the first event of every kind in every program, and about a print under every storage,
// against what was approved: why_golden.txt. LOOPSCOPE_APPROVE=1 writes that file anew.

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/explain/causes.hpp"
#include "core/explain/why.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/kinds.hpp"
#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

/// A paragraph about one event: its line of the trace, the sentences, the causes.
std::string told(ObservedRun& run, EventIndex event) {
    run.seek(event);
    const Facts facts = run.facts();
    std::string text =
        fmt::format("{} {}\n    {}\n", event.value, trace::name(run.log()[event].kind()), why(facts).text());
    for (const Cause& cause : causes(facts)) text += fmt::format("    - {}\n", cause.text);
    return text;
}

std::string kinds_of(const scenario::Program& program) {
    ObservedRun run = observe(program.name, trace::Storage::contextvar);
    std::string text = fmt::format("# {}\n\n", program.name);
    std::set<trace::Kind> seen;
    for (EventIndex event = run.first_event(); event <= run.head(); ++event) {
        const bool is_new = seen.insert(run.log()[event].kind()).second;
        if (is_new) text += told(run, event) + '\n';
    }
    return text;
}

std::string print_under(trace::Storage storage, std::string_view program) {
    ObservedRun run = observe(program, storage);
    return fmt::format("# {} under {}\n\n{}\n", program, trace::name(storage),
                       told(run, run.index().prints().event(PrintIndex{5})));
}

std::string everything() {
    std::string text;
    for (const scenario::Program* program : scenario::catalogue()) text += kinds_of(*program);
    for (const char* program : {"indication", "indication-main", "threads"}) {
        for (const trace::Storage storage : trace::all_storages) text += print_under(storage, program);
    }
    return text;
}

TEST(WhyGolden, says_what_was_approved_about_every_kind_of_event_and_every_storage) {
    const std::string path = LOOPSCOPE_TESTS_DIR "/core/explain/why_golden.txt";
    if (std::getenv("LOOPSCOPE_APPROVE")) {
        std::ofstream(path) << everything();
        GTEST_SKIP() << "approved: " << path;
    }
    std::ostringstream approved;
    approved << std::ifstream(path).rdbuf();
    EXPECT_EQ(everything(), approved.str()) << "If that is as it should be: LOOPSCOPE_APPROVE=1 app_tests";
}

TEST(WhyGolden, has_every_kind_of_event_that_programs_write) {
    std::ostringstream approved;
    approved << std::ifstream(LOOPSCOPE_TESTS_DIR "/core/explain/why_golden.txt").rdbuf();
    for (const trace::Kind kind : trace::all_kinds) {
        // No program of ours names or skips anything yet, or does what only recorded and imported ones do; a
        // switch is the user's, and the first two are no place for a cursor.
        if (kind == trace::Kind::begin || kind == trace::Kind::storage || kind == trace::Kind::name ||
            kind == trace::Kind::skip || kind > trace::Kind::end)
            continue;
        EXPECT_NE(approved.str().find(fmt::format(" {}\n", trace::name(kind))), std::string::npos)
            << trace::name(kind);
    }
}

}  // namespace
}  // namespace loopscope::explain
