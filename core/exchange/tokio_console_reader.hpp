// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "core/exchange/omissions.hpp"
#include "core/exchange/trace_reader.hpp"
#include "core/exchange/track_records.hpp"

namespace loopscope::exchange {

/// A reader of what tokio's console-subscriber records (its record.rs, version 1 of the format): a line of
/// JSON for each thing that happens. A task is a resource, a track whose outermost slice is its life, with a
/// slice inside for each time that it is polled, and an instant for each time that it is woken.
///
/// The recording names no other resource than tasks, and says neither where a task was spawned nor by which
/// one. What is entered and left without a name is passed over. The text may end anywhere.
class TokioConsoleReader final : public TraceReader {
  public:
    TokioConsoleReader(Incoming incoming, trace::LogProgress progress);
    ~TokioConsoleReader() override;

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !records_.full(); }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

    /// The maximum length of a line, in bytes; longer ones are passed over.
    static constexpr std::size_t max_line = std::size_t{1} << 20;
    /// The maximum number of tasks.
    static constexpr std::uint32_t max_tasks = 1U << 20;

  private:
    /// What a line says.
    struct Line;
    class LineParser;
    struct Task {
        std::uint32_t place = 0;
        std::uint32_t polls = 0;  // that are under way
    };
    struct Track {
        StringId name;
        StringId identity;
    };

    void take_line(std::string_view line);
    void pass_over_long_line();
    [[nodiscard]] bool may_go_on();
    void take(const Line& line);
    void spawn(const Line& line);
    void close(const Line& line, Task task);
    void wake(const Line& line, const Task& task);
    [[nodiscard]] TrackRecords::When when(const Line& line, std::uint32_t place) const;

    std::string name_;
    std::uint64_t size_;  // the number of bytes that will come; 0: not known
    trace::LogProgress progress_;
    Imported imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0, {}};
    Omissions omissions_;
    TrackRecords records_;
    std::unique_ptr<LineParser> parser_;
    std::unordered_map<std::uint64_t, Task> tasks_;  // those that live, by id
    std::vector<Track> tracks_;
    std::string line_;            // the beginning of a line whose end has not come
    std::uint64_t length_ = 0;    // of that line, as far as it has come; one that is too long is not kept
    std::uint64_t position_ = 0;  // where it begins, in bytes
};

}  // namespace loopscope::exchange
