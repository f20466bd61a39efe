#pragma once

#include <cstring>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.hpp"
#include "core/trace/event.hpp"
#include "recorder/spool.h"

namespace loopscope {

/// Writes records as a recorder does, for tests: strings when they are first used, a `clock` where the time
/// since the last one does not fit into a record.
class SpoolBuilder {
  public:
    static constexpr std::uint32_t timer_flag = SPOOL_HANDLE_TIMER;
    static constexpr std::uint32_t throws_flag = SPOOL_HANDLE_THROWS;

    /// Sets the time of the next records.
    void at(Time now) { now_ = now; }

    void add(std::uint32_t kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
        constexpr std::int64_t limit = 1 << 24;
        if ((now_ - clock_).count() >= limit) {
            clock_ = now_;
            const auto bits = static_cast<std::uint64_t>(now_.count());
            records_.push_back(
                {SPOOL_CLOCK, 0, static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32)});
        }
        const auto since = static_cast<std::uint32_t>((now_ - clock_).count());
        records_.push_back({kind | since << 8, subject, a, b});
    }

    /// Returns the number of a string, which is written if it is new. The empty string has none.
    std::uint32_t text(std::string_view text) {
        if (text.empty()) return 0;
        const auto [found, is_new] =
            texts_.emplace(std::string(text), static_cast<std::uint32_t>(texts_.size() + 1));
        if (is_new) {
            add(SPOOL_STRING, found->second, static_cast<std::uint32_t>(text.size()));
            for (; !text.empty(); text.remove_prefix(std::min(text.size(), sizeof(Spool_record)))) {
                Spool_record bytes{};
                std::memcpy(&bytes, text.data(), std::min(text.size(), sizeof bytes));
                records_.push_back(bytes);
            }
        }
        return found->second;
    }

    /// Adds a record whose fields a and b name a handle.
    void handle(std::uint32_t kind, std::uint32_t subject, std::uint64_t address, std::uint32_t flags = 0) {
        add(kind, subject, static_cast<std::uint32_t>(address),
            static_cast<std::uint32_t>(address >> 32) | flags);
    }
    static std::uint32_t flag_of(trace::Callback callback) {
        return static_cast<std::uint32_t>(callback) << SPOOL_HANDLE_CALLBACK_AT;
    }

    void thread(std::uint32_t number, std::string_view name) { add(SPOOL_THREAD, number, text(name)); }
    void file(std::uint32_t number, std::string_view path) { add(SPOOL_FILE, number, text(path)); }
    void loop(std::uint32_t number, std::uint32_t what = 0) { add(SPOOL_LOOP, number, 0, what); }
    void iteration(std::uint32_t handles, std::uint32_t loop = 1) { add(SPOOL_ITERATION, loop, handles); }
    void task(std::uint32_t number, std::string_view coroutine = "work", std::uint32_t line = 0,
              trace::Start start = trace::Start::soon) {
        add(SPOOL_TASK, number, text(coroutine), trace::tagged(start, line));
    }
    void ready(std::uint64_t address, std::string_view name = {},
               trace::Callback callback = trace::Callback::user) {
        handle(SPOOL_READY, text(name), address, flag_of(callback));
    }
    void timer(std::uint64_t address, Time deadline, trace::Callback callback, std::string_view name = {}) {
        handle(SPOOL_TIMER, text(name), address, flag_of(callback));
        const auto bits = static_cast<std::uint64_t>(deadline.count());
        add(SPOOL_DEADLINE, 0, static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32));
    }
    void step(std::uint32_t task, bool throws = false) {
        handle(SPOOL_RUN, task, 0, throws ? throws_flag : 0);
    }
    void call(std::uint64_t address) { handle(SPOOL_RUN, 0, address); }
    void ran(std::uint32_t task, std::uint32_t how, std::uint32_t line = 0, std::string_view exception = {}) {
        add(SPOOL_RAN, task, text(exception), how | line << 8);
    }
    void wait(trace::Wait wait, std::uint64_t what) {
        add(SPOOL_WAIT, static_cast<std::uint32_t>(what), static_cast<std::uint32_t>(wait),
            static_cast<std::uint32_t>(what >> 32));
    }

    [[nodiscard]] const std::vector<Spool_record>& records() const { return records_; }

  private:
    std::vector<Spool_record> records_;
    std::map<std::string, std::uint32_t, std::less<>> texts_;
    Time now_{0};
    Time clock_{0};
};

}  // namespace loopscope
