// SPDX-License-Identifier: MIT
#include "app/lesson/setup.hpp"

#include <fmt/format.h>

#include "app/session/tweak.hpp"
#include "core/base/result.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::lesson {

Result<std::optional<trace::Storage>> read_storage(const Sheet& sheet, const std::vector<Entry>& entries) {
    LOOPSCOPE_TRY(entry, sheet.find(entries, "storage"));
    if (!entry) return std::nullopt;
    const auto parsed = trace::parse_storage(entry->value);
    if (!parsed) return sheet.error(entry->line, parsed.error().message);
    return *parsed;
}

Result<feed::Setup> read_setup(const Sheet& sheet, const std::vector<Entry>& entries, std::string_view key,
                               const feed::Setup& base) {
    LOOPSCOPE_TRY(program, sheet.find(entries, key));
    const auto found = scenario::find_program(program->value);
    if (!found) return sheet.error(program->line, found.error().message);
    feed::Setup setup = session::with_program(base, **found);
    LOOPSCOPE_TRY(storage, read_storage(sheet, entries));
    if (storage) setup.storage = *storage;
    for (const Entry& entry : entries) {
        if (entry.key != "set") continue;
        const std::size_t equals = entry.value.find('=');
        if (equals == std::string::npos)
            return sheet.error(entry.line, fmt::format("'{}' sets nothing; write 'set: NAME=VALUE', such as "
                                                       "'set: symbols=01'",
                                                       entry.value));
        auto changed =
            session::with_setting(setup, entry.value.substr(0, equals), entry.value.substr(equals + 1));
        if (!changed) return sheet.error(entry.line, changed.error().message);
        setup = std::move(*changed);
    }
    return setup;
}

Result<std::string> required(const Sheet& sheet, std::string_view key, std::string_view example) {
    LOOPSCOPE_TRY(entry, sheet.find(sheet.front, key));
    if (entry && !entry->value.empty()) return entry->value;
    return sheet.error(
        entry ? entry->line : 1,
        fmt::format("the front matter does not give the {0}; write a line such as '{0}: {1}'", key, example));
}

}  // namespace loopscope::lesson
