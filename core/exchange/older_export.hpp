// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The run of a program, as a Chrome trace tells it that an earlier Loopscope wrote, whose records do not say
/// of which events they were made.
struct OlderRun {
    /// A moment at which something happens.
    struct Moment {
        Time time{0};
        std::string name;
        bool print = false;
        std::uint64_t leaves = 0;  ///< the flow that leaves; 0: none
    };
    /// A step of a task, or a callback, with what happens in it and behind it, up to the next one.
    struct Handle {
        std::uint32_t task = 0;  ///< 0: it is a callback
        Time begin{0};
        Time end{0};
        std::string name;
        std::uint64_t arrives = 0;         ///< the flow that arrives; 0: none
        std::optional<std::string> waits;  ///< what the task waited for before it; none: nothing
        std::vector<Moment> moments;
        std::vector<Moment> behind;
    };
    struct Task {
        std::string name;
        std::string given_name;            ///< empty: none
        std::optional<std::string> waits;  ///< since its last step
    };

    std::vector<Moment> before;  ///< the first handle
    std::vector<Handle> handles;
    std::map<std::uint32_t, Task> tasks;
    bool strange = false;  ///< there is something that such traces do not have, or that is not understood
};

/// Reads the records of a Chrome trace that an earlier Loopscope wrote. There the loop is thread 0, and task
/// n thread n. Slices of the categories step and callback are handles, in order; those called wait and ready
/// say what a task did before its next step. Instants are prints, spawns, wakes and so on. Threads and jobs
/// are not understood.
class OlderExport {
  public:
    /// Takes the next record, in the order of the file.
    void take(const ChromeRecord& record);
    [[nodiscard]] const OlderRun& run() const { return run_; }

  private:
    void describe(const ChromeRecord& record, std::uint32_t track);
    void slice(const ChromeRecord& record, std::uint32_t track, Time begin);
    void instant(const ChromeRecord& record, std::uint32_t track, Time time);

    OlderRun run_;
    std::uint64_t leaving_ = 0;  // the flow that leaves at the next instant
};

}  // namespace loopscope::exchange
