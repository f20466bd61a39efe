// SPDX-License-Identifier: MIT
#include "bench/slice_trace.hpp"

#include <bit>
#include <string>
#include <vector>

#include "bench/measure.hpp"

namespace loopscope::bench {
namespace {

using trace::Kind;
using trace::TrackKind;

constexpr std::uint32_t threads_of_process = 16;
constexpr std::uint32_t max_depth = 4;
constexpr std::uint32_t name_count = 64;

class SliceWriter {
  public:
    SliceWriter(const SliceTrace& trace, trace::Log& log) : trace_(trace), log_(log) {}

    void write() {
        log_.emit(Kind::begin, 0, log_.intern("synthetic").value);
        for (std::uint32_t each = 0; each < name_count; ++each)
            names_.push_back(log_.intern("slice " + std::to_string(each)).value);
        for (std::uint32_t each = 0; each < trace_.tracks; ++each) add_thread(each);
        depths_.resize(threads_.size());
        while (slices_ < trace_.slices) {
            pass(random_.up_to(1000));
            happen(below(trace_.tracks));
        }
        for (std::uint32_t thread = 0; thread < trace_.tracks; ++thread)
            for (; depths_[thread] > 0; --depths_[thread]) log_.emit(Kind::slice_end, threads_[thread]);
    }

  private:
    std::uint32_t below(std::uint32_t count) {
        return static_cast<std::uint32_t>(random_.up_to(std::int64_t{count}) - 1);
    }
    std::uint32_t add_track(const char* name, TrackKind kind, std::uint32_t parent) {
        log_.emit(Kind::track, ++tracks_, log_.intern(name).value, parent);
        log_.emit(Kind::identity, tracks_, log_.intern(std::to_string(tracks_)).value,
                  static_cast<std::uint32_t>(kind));
        return tracks_;
    }
    void add_thread(std::uint32_t number) {
        if (number % threads_of_process == 0) {
            process_ = add_track("process", TrackKind::process, 0);
            log_.emit(Kind::counter, ++counters_, log_.intern("memory").value, process_);
        }
        threads_.push_back(add_track("thread", TrackKind::thread, process_));
    }

    void happen(std::uint32_t thread) {
        const std::uint32_t name = names_[below(name_count)];
        const std::uint32_t dice = below(64);
        std::uint32_t& depth = depths_[thread];
        if (dice == 0) log_.emit(Kind::instant, threads_[thread], name, names_.front());
        if (dice == 1) count(1 + thread / threads_of_process);
        if (depth == 0 || (depth < max_depth && dice % 2 == 0)) {
            log_.emit(Kind::slice, threads_[thread], name, names_.front());
            if (dice < 16) log_.emit(Kind::argument, threads_[thread], names_.front(), name);
            ++depth;
            ++slices_;
        } else {
            log_.emit(Kind::slice_end, threads_[thread]);
            --depth;
        }
    }

    void count(std::uint32_t counter) {
        const auto bits = std::bit_cast<std::uint64_t>(static_cast<double>(below(1000)));
        log_.emit(Kind::count, counter, static_cast<std::uint32_t>(bits),
                  static_cast<std::uint32_t>(bits >> 32U));
    }
    void pass(std::int64_t nanoseconds) {
        now_ += Duration(nanoseconds);
        log_.set_time(now_);
    }

    SliceTrace trace_;
    trace::Log& log_;
    Random random_;
    Time now_{0};
    std::uint32_t tracks_ = 0;
    std::uint32_t counters_ = 0;
    std::uint32_t process_ = 0;
    std::uint32_t slices_ = 0;
    std::vector<std::uint32_t> names_;
    std::vector<std::uint32_t> threads_;  // their tracks
    std::vector<std::uint32_t> depths_;   // by thread
};

}  // namespace

void write(const SliceTrace& trace, trace::Log& log) {
    SliceWriter(trace, log).write();
}

}  // namespace loopscope::bench
