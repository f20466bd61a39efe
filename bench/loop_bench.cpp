// SPDX-License-Identifier: MIT
// Measures the core: `loop_bench traced|untraced WORKLOAD SECONDS`. See bench/workloads.hpp.

#include "bench/workloads.hpp"
#include "core/trace/log.hpp"

namespace {

using namespace loopscope;

std::unique_ptr<trace::Sink> make_log() {
    return std::make_unique<trace::Log>();
}
std::unique_ptr<trace::Sink> make_discard() {
    return std::make_unique<trace::Discard>();
}

struct Workload {
    const char* name;  ///< name on the command line
    const char* figure;
    double (*run)(const bench::MakeSink& make_sink);
};

constexpr Workload workloads[] = {
    {"W1", "W1", bench::switch_time},
    {"W2", "W2", bench::timer_time},
    {"W3", "W3", bench::task_time},
    {"W4", "W4", bench::event_time},
    {"W4-future", "W4-future", bench::future_time},
    {"W4-queue", "W4-queue", bench::queue_time},
    {"W5", "W5 get", bench::get_time},
    {"W5", "W5 set", bench::set_time},
    {"W5", "W5 spawn", bench::inherit_time},
};

}  // namespace

int main(int argc, char** argv) {
    bench::Session session(argc, argv);
    const bool traced = session.system() == "traced";
    const bench::MakeSink make_sink = traced ? make_log : make_discard;
    for (const Workload& workload : workloads) {
        if (!session.wants(workload.name)) continue;
        session.measure(workload.figure, [&] { return workload.run(make_sink); });
    }
    if (session.wants("S")) {
        for (const trace::Storage storage : trace::all_storages) {
            const std::string figure = "S get " + std::string(trace::name(storage));
            session.measure(figure, [&] { return bench::first_get_time(make_sink, storage); });
        }
        for (const bench::StoreTime& store : bench::store_times())
            session.report(std::string("S set ") + store.where, "ns", store.nanoseconds, 1);
    }
    if (session.wants("M")) session.report("M", "bytes", bench::suspended_bytes(make_sink), 1);
}
