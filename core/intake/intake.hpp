// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/intake/causes.hpp"
#include "core/intake/runs.hpp"
#include "core/intake/texts.hpp"
#include "core/intake/variables.hpp"

/// From the records of a recorder to events. Knows no Python: recorder/spool.h says what a record means.
namespace loopscope::intake {

/// A point at which a program that is explored could have done something else.
struct Choice {
    std::uint32_t freedom = 0;       ///< what was free, as the number of a loop::Freedom; not checked
    std::uint32_t alternatives = 0;  ///< 2 or more
    std::uint32_t taken = 0;         ///< less than `alternatives`; 0: asyncio's own

    friend bool operator==(const Choice&, const Choice&) = default;
};

/// Turns the records of a spool into the events of a trace, as they come: once the record that ends a handle
/// is here, so are all events up to there.
///
/// The records may come from a stranger. What is wrong with them ends the trace where it stands, with one
/// sentence; what the log has by then is a trace.
class Intake {
  public:
    /// Makes an intake that appends to a log, beginning with the name of the program. REQUIRES: the log is
    /// empty, outlives the intake, and nobody else appends to it.
    Intake(trace::Log& log, std::string_view program) : out_(log, program) {}
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;
    ~Intake() = default;

    /// Says by which names the recorder may call the program's source, which is file 1 of the trace. Without
    /// any it is the file that is named first. To be called before the first push.
    void set_sources(std::vector<std::string> names) { files_.set_sources(std::move(names)); }

    /// Takes the next records. Fails if one of them makes no sense, or if the trace is as long as a trace may
    /// be; after that nothing is taken.
    [[nodiscard]] Result<void> push(std::span<const Spool_record> records);

    /// Writes what waited for more, for nothing more will come. `signal`: what killed the program, if a
    /// signal did; that ends the trace, if it stands between two handles and the program did not say itself
    /// how it ended.
    void finish(std::optional<int> signal);

    /// Returns how many records were taken.
    [[nodiscard]] std::uint64_t size() const { return taken_; }
    /// Returns the paths of the files of the trace, in order of their numbers, from 1; the first may be
    /// empty.
    [[nodiscard]] const std::vector<std::string>& files() const { return files_.paths(); }
    /// Returns the variables that are meant where a storage is selected and no variable is named.
    [[nodiscard]] std::vector<VariableId> variables_meant() const { return variables_.meant(); }
    /// Returns why the recording ended while the program went on, as the recorder says it; empty: it did not.
    [[nodiscard]] const std::string& stopped() const { return stopped_; }
    /// Accepts loops that take their ready queue in an order of their own, and do not say what becomes ready.
    /// To be called before the first push.
    void allow_any_order() {
        out_.allow_any_order();
        runs_.allow_any_order();
    }
    /// Says that a task runs on whichever thread resumes it. To be called before the first push.
    void allow_any_thread() { runs_.allow_any_thread(); }
    /// Notes which prints go to stderr. To be called before the first push.
    void note_errors() { variables_.note_errors(); }
    /// Returns the prints that went to stderr, in order; none, if they are not noted.
    [[nodiscard]] const std::vector<EventIndex>& errors() const { return variables_.errors(); }
    /// Returns the choices that the program has made, in order; none: it is not explored.
    [[nodiscard]] const std::vector<Choice>& choices() const { return choices_; }
    /// Returns whether anything ran on a loop.
    [[nodiscard]] bool saw_a_loop() const { return saw_a_loop_; }

  private:
    bool take(const Spool_record& record);
    bool hold(const Spool_record& record);
    bool release();
    bool take_context(const Spool_record& record);
    bool take_run(const Spool_record& record);
    bool take_task(const Spool_record& record);
    bool take_value(const Spool_record& record);
    bool take_cause(const Spool_record& record);
    bool take_end(const Spool_record& record);
    bool loop(const Spool_record& record);
    bool ran(const Spool_record& record);
    bool message(const Spool_record& record);
    bool choice(const Spool_record& record);
    [[nodiscard]] Error refused() const;

    TraceWriter out_;
    Texts texts_;
    Lanes lanes_{out_};
    Files files_{out_};
    Runs runs_{out_, lanes_};
    Variables variables_{out_, lanes_, files_};
    Causes causes_{out_, lanes_, files_};
    std::uint64_t taken_ = 0;
    std::uint32_t kind_ = 0;             // of the record that is taken
    std::int64_t clock_ = 0;             // nanoseconds
    std::optional<Spool_record> timer_;  // whose deadline comes next
    int releases_ = 0;                   // that are under way, inside each other
    bool is_over_ = false;
    bool saw_a_loop_ = false;
    EventIndex told_;  // the last event whose exception's message is there
    std::string stopped_;
    std::vector<Choice> choices_;
};

}  // namespace loopscope::intake
