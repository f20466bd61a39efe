// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/intake/files.hpp"
#include "core/intake/lanes.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::intake {

/// What tasks keep in storages, and what they print of it.
class Variables {
  public:
    Variables(TraceWriter& out, Lanes& lanes, Files& files) : out_(out), lanes_(lanes), files_(files) {}

    bool variable(const Spool_record& record, StringId name);
    /// The default of a variable.
    bool initial(const Spool_record& record, StringId value);
    bool storage(const Spool_record& record);
    bool set(const Spool_record& record, StringId value);
    bool get(const Spool_record& record);
    bool found(const Spool_record& record, StringId value);
    bool reset(const Spool_record& record);
    bool output(const Spool_record& record, StringId text);
    /// Returns the variables that a selection without a name means: the watched ones, or, where there are
    /// none, those of the user's files.
    [[nodiscard]] std::vector<VariableId> meant() const;
    /// Notes from now on which prints went to stderr.
    void note_errors() { notes_errors_ = true; }
    /// Returns the prints that went to stderr, in order, since they are noted.
    [[nodiscard]] const std::vector<EventIndex>& errors() const { return errors_; }
    /// Writes the text of output() that waits for more. To be called before anything else is written.
    bool flush();

  private:
    /// A text that was written in pieces, as print() writes what it is given.
    struct Output {
        std::string text;
        std::uint32_t descriptor = 0;
        std::uint32_t line = 0;
    };

    struct Variable {
        StringId name = {};
        StringId initial = {};
        std::uint32_t storage = 0;      // its own
        std::uint32_t selected = 0;     // the storage that answers its reads
        std::uint32_t flags = 0;        // SPOOL_VARIABLE_…
        bool declared = false;          // whether the trace has it
        bool initial_is_late = false;   // whether its default became known after that
        EventIndex found = {};          // what was last found of it
        EventIndex initial_found = {};  // its default, where that is late
    };

    bool check(std::uint32_t number);
    bool note_print(std::uint32_t descriptor);
    [[nodiscard]] Variable& known(std::uint32_t number) { return variables_[number - 1]; }
    bool declare(std::uint32_t number);
    bool select_own(std::uint32_t number);
    bool write_about(trace::Kind kind, std::uint32_t variable, std::uint32_t a, std::uint32_t line);
    bool find_write(std::uint32_t number, EventIndex& write);

    TraceWriter& out_;
    Lanes& lanes_;
    Files& files_;
    std::vector<Variable> variables_;
    std::vector<EventIndex> writes_;
    std::optional<std::uint32_t> selected_;  // the storage of variables that have none of their own
    std::uint32_t selections_ = 0;
    std::optional<Output> output_;  // that waits for more
    bool notes_errors_ = false;
    std::vector<EventIndex> errors_;
};

}  // namespace loopscope::intake
