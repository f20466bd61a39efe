#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/explore/chooser.hpp"
#include "core/scenario/failure.hpp"
#include "core/scenario/listing.hpp"
#include "core/scenario/program.hpp"
#include "core/trace/log.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::feed {

/// What is run, and what to begin with.
struct Setup {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
    /// The order that it runs in; none: asyncio's.
    std::optional<explore::Schedule> schedule = {};

    /// Whether they run the same.
    friend bool operator==(const Setup& one, const Setup& other) {
        return one.program == other.program && one.storage == other.storage &&
               one.schedule == other.schedule && one.arguments.settings() == other.arguments.settings();
    }
};

/// The user selected a storage after an event.
struct Switch {
    std::uint32_t after = 0;  ///< index of the last event before it
    trace::Storage storage = trace::Storage::global;

    friend bool operator==(const Switch&, const Switch&) = default;
};

/// What a trace is of, to show it. Views are valid as long as the feed.
struct About {
    std::string_view name;                         ///< of the program, or of the file
    std::string_view source_file;                  ///< what its source is called; empty: there is none
    std::string_view twin_file;                    ///< the same in Python; empty: there is none
    const scenario::Listings* listings = nullptr;  ///< the texts; never null

    [[nodiscard]] std::string_view source() const { return listings->native.text(); }
    [[nodiscard]] bool has_twin() const { return !twin_file.empty(); }
};

/// Extends the head of a trace. All that a session knows of where its trace comes from.
class Feed {
  public:
    Feed() = default;
    Feed(const Feed&) = delete;
    Feed& operator=(const Feed&) = delete;
    virtual ~Feed() = default;

    /// Runs one handle. Gives false if there is nothing more to come.
    virtual bool advance() = 0;
    [[nodiscard]] virtual bool over() const = 0;
    /// The loop's clock at the head.
    [[nodiscard]] virtual Time time() const = 0;

    /// Whether storages can be selected, at the head and by running again (then `setup` says what); the error
    /// says why not.
    [[nodiscard]] virtual Result<void> can_select() const = 0;
    /// Selects a storage at the head. REQUIRES: can_select().
    virtual void select(trace::Storage storage) = 0;

    [[nodiscard]] virtual const trace::Log& log() const = 0;
    [[nodiscard]] virtual About about() const = 0;
    /// What it runs; null: no program of ours.
    [[nodiscard]] virtual const Setup* setup() const = 0;
    /// The storages that were switched to after the start.
    [[nodiscard]] virtual const std::vector<Switch>& switches() const = 0;
    /// The last event before the first handle: where the user starts.
    [[nodiscard]] virtual std::uint32_t first_event() const = 0;
    /// The exceptions until the head that the output does not tell of; a recording knows of none.
    [[nodiscard]] virtual const scenario::Failures& failures() const = 0;
};

}  // namespace loopscope::feed
