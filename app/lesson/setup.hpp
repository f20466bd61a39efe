#pragma once

#include <optional>

#include "app/lesson/sheet.hpp"
#include "app/session/engine.hpp"

namespace loopscope::lesson {

/// The storage that entries name; none if they name none. The error names the line.
Result<std::optional<trace::Storage>> read_storage(const Sheet& sheet, const std::vector<Entry>& entries);

/// What to run, as entries say it: the program behind `key`, `storage`, and each `set`. What they do not say
/// is as in `base`. REQUIRES: there is an entry with that key.
Result<session::Setup> read_setup(const Sheet& sheet, const std::vector<Entry>& entries, std::string_view key,
                                  const session::Setup& base);

/// The value of an entry that the front matter has to have; the error gives an example of it.
Result<std::string> required(const Sheet& sheet, std::string_view key, std::string_view example);

}  // namespace loopscope::lesson
