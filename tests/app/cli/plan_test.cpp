#include "app/cli/plan.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/format/layout.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::cli {
namespace {

/// A program with each of its counts as large as it may be, and as long as it takes to give many events.
feed::Setup largest(const scenario::Program& program) {
    std::vector<scenario::Setting> settings;
    for (const scenario::Parameter& parameter : program.parameters) {
        if (parameter.type == scenario::Parameter::Type::count)
            settings.emplace_back(parameter.name, fmt::format("{:.0f}", parameter.maximum));
        if (parameter.name == "interval") settings.emplace_back(parameter.name, "0.001");
    }
    auto arguments = scenario::Arguments::create(scenario::all_parameters(program), settings);
    return {&program, arguments.value(), trace::Storage::contextvar};
}

TEST(Plan, looks_at_a_run_so_often_that_a_recording_loses_no_more_than_it_may) {
    for (const scenario::Program* program : scenario::catalogue()) {
        session::Session session(largest(*program));
        std::uint32_t seen = session.log().size();
        std::uint32_t most = 0;
        const auto carried_out = Plan().carry_out(session, [&](const trace::Log& log) -> Result<void> {
            most = std::max(most, log.size() - seen);
            seen = log.size();
            return {};
        });
        ASSERT_TRUE(carried_out);
        EXPECT_LE(most, format::small_chunk_events / 2) << program->name;
    }
}

}  // namespace
}  // namespace loopscope::cli
