// SPDX-License-Identifier: MIT
#include "core/scenario/programs/catalogue.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::sources {
std::string_view file(std::string_view name);  // written by cmake/embed.py
}

namespace loopscope::own {
std::span<const scenario::Program* const> programs();  // written by core/CMakeLists.txt
}

namespace loopscope::scenario {

extern const Program indication;
extern const Program indication_main;
extern const Program created_before_set;
extern const Program pool_worker;
extern const Program captured_callback;
extern const Program mutable_value;
extern const Program child_set;
extern const Program reset_elsewhere;
extern const Program lock_fairness;
extern const Program nested_cancel;
extern const Program equal_deadlines;
extern const Program lost_wakeup;
extern const Program blocking_call;
extern const Program threads;

std::span<const Program* const> catalogue() {
    static constexpr const Program* programs[] = {
        &indication,        &indication_main, &threads,     &created_before_set, &pool_worker,
        &captured_callback, &mutable_value,   &child_set,   &reset_elsewhere,    &lock_fairness,
        &nested_cancel,     &equal_deadlines, &lost_wakeup, &blocking_call,
    };
    return programs;
}

std::span<const Program* const> all_programs() {
    static const std::vector<const Program*> programs = [] {
        std::vector<const Program*> all(catalogue().begin(), catalogue().end());
        all.insert(all.end(), own::programs().begin(), own::programs().end());
        return all;
    }();
    return programs;
}

Result<const Program*> find_program(std::string_view name) {
    const auto found =
        std::ranges::find(all_programs(), name, [](const Program* each) { return each->name; });
    if (found != all_programs().end()) return *found;
    std::string names;
    for (const Program* program : all_programs())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", program->name);
    return fail(fmt::format("there is no program '{}'; choose one of {}", name, names),
                Error::Code::not_found);
}

const Listings& listings_of(const Program& program) {
    static const std::vector<Listings> all = [] {
        std::vector<Listings> listings;
        for (const Program* each : all_programs())
            listings.push_back(
                {Listing(sources::file(each->source_file)), Listing(sources::file(each->twin_file))});
        return listings;
    }();
    static const Listings none{Listing(""), Listing("")};
    const auto found = std::ranges::find(all_programs(), &program);
    if (found == all_programs().end()) return none;
    return all[static_cast<std::size_t>(found - all_programs().begin())];
}

std::string_view source_of(const Program& program) {
    return listings_of(program).native.text();
}

std::string_view twin_of(const Program& program) {
    return listings_of(program).twin.text();
}

}  // namespace loopscope::scenario
