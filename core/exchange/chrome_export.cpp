#include "core/exchange/chrome_export.hpp"

// Format: "Trace Event Format", the document that Chrome's and Perfetto's documentation name.

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/exchange/activity.hpp"
#include "core/exchange/buffered_file.hpp"

namespace loopscope::exchange {
namespace {

constexpr int process_number = 1;

/// Returns a time in microseconds, with three digits after the point where they are needed.
std::string micros(Time time) {
    const std::int64_t nanoseconds = time.count();
    const std::string whole = fmt::format("{}", nanoseconds / 1000);
    return nanoseconds % 1000 == 0 ? whole : fmt::format("{}.{:03}", whole, nanoseconds % 1000);
}

class ChromeWriter final : public Visitor {
  public:
    explicit ChromeWriter(BufferedFile& file) : file_(file) {
        file_.write("{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n");
        record(fmt::format(R"("ph":"M","name":"process_name","pid":{},"args":{{"name":"Loopscope"}})",
                           process_number));
    }

    void track(Track track, const std::string& name) override {
        record(fmt::format(R"("ph":"M","name":"thread_name","pid":{},"tid":{},"args":{{"name":{}}})",
                           process_number, track, json_string(name)));
        record(fmt::format(
            R"("ph":"M","name":"thread_sort_index","pid":{0},"tid":{1},"args":{{"sort_index":{1}}})",
            process_number, track));
    }
    void slice(const Slice& slice) override {
        record(fmt::format(R"("ph":"X","name":{},"cat":"{}",{},"dur":{})", json_string(slice.name),
                           category(slice.kind), index(slice.track, slice.begin),
                           micros(slice.end - slice.begin)));
        if (slice.arrives != 0) flow("f\",\"bp\":\"e", slice.arrives, slice.track, slice.begin);
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }
    void beginning(const Slice& slice) override {
        for (const Instant& each : slice.instants) instant(slice.track, each);
    }
    void instant(Track track, const Instant& instant) override {
        if (instant.leaves != 0) flow("s", instant.leaves, track, instant.time);
        record(fmt::format(R"("ph":"i","name":{},"cat":"{}","s":"t",{})", json_string(instant.name),
                           instant.print ? "print" : "loop", index(track, instant.time)));
    }
    void begin_slice(Track track, Time time, const std::string& name, std::string_view category) override {
        record(fmt::format(R"("ph":"B","name":{},"cat":{},{})", json_string(name), json_string(category),
                           index(track, time)));
    }
    void end_slice(Track track, Time time) override {
        record(fmt::format(R"("ph":"E",{})", index(track, time)));
    }
    void count(const std::string& counter, Time time, double value) override {
        record(fmt::format(R"("ph":"C","name":{},{},"args":{{"value":{}}})", json_string(counter),
                           index(0, time), value));
    }
    [[nodiscard]] bool has_enough() const override { return file_.failed(); }
    void finish() { file_.write("\n]}\n"); }

  private:
    static std::string index(Track track, Time time) {
        return fmt::format(R"("pid":{},"tid":{},"ts":{})", process_number, track, micros(time));
    }
    void flow(std::string_view phase, Flow flow, Track track, Time time) {
        record(fmt::format(R"("ph":"{}","name":"wake","cat":"flow","id":{},{})", phase, flow,
                           index(track, time)));
    }
    void record(const std::string& members) {
        file_.write(first_ ? "{" : ",\n{");
        file_.write(members);
        file_.write("}");
        first_ = false;
    }

    BufferedFile& file_;
    bool first_ = true;
};

}  // namespace

Result<void> write_chrome(const std::filesystem::path& path, const trace::Log& log) {
    LOOPSCOPE_TRY(file, BufferedFile::open(path, log));
    ChromeWriter writer(file);
    visit(log, writer);
    writer.finish();
    return file.commit();
}

}  // namespace loopscope::exchange
