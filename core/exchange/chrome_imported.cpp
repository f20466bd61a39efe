#include "core/exchange/chrome_imported.hpp"

// Format: "Trace Event Format", the document that Chrome's and Perfetto's documentation name.

#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/exchange/imported.hpp"
#include "core/exchange/json_value.hpp"

namespace loopscope::exchange {
namespace {

using trace::FlowPoint;
using trace::TrackInfo;
using trace::TrackKind;

/// Added to a track's number to make a pid or a tid, where its file has said none that tells it from others.
constexpr std::uint64_t first_number = 1'000'000'000;
/// The maximum length of an id that is written as a number; larger ones lose digits in JavaScript.
constexpr std::size_t max_digits = 15;

/// Returns whether an id is written as a number.
bool is_number(std::string_view id) {
    if (id.size() > max_digits || !is_json_number(id)) return false;
    return id.find_first_of(".eE") == std::string_view::npos && id != "-0";
}

/// Returns an id as JSON.
std::string id_text(std::string_view id) {
    return is_number(id) ? std::string(id) : json_string(id);
}

class ImportedChromeWriter final : public ImportedVisitor {
  public:
    ImportedChromeWriter(ChromeRecords& out, const trace::Log& log) : out_(out), log_(log) {}

    void tracks(const trace::Tracks& tracks) override {
        tracks_ = &tracks;
        const auto count = static_cast<std::uint32_t>(tracks.tracks().size());
        for (std::uint32_t track = 1; track <= count; ++track) places_.push_back(place_of(track));
        for (std::uint32_t track = 1; track <= count; ++track) describe(track);
    }
    void record(const ImportedRecord& record) override;
    void end(std::uint32_t track, Time time) override;
    void flow(std::uint32_t track, Time time, std::uint32_t flow, FlowPoint point) override {
        const Place& place = places_[track - 1];
        if (place.form == Form::operation) return;  // there is no record for it
        out_.begin(point == FlowPoint::start ? "s" : point == FlowPoint::step ? "t" : "f");
        out_.string("name", "flow").string("cat", "flow").number("id", flow);
        if (point == FlowPoint::end) out_.string("bp", "e");
        where(place, time).end();
    }
    void count(std::uint32_t counter, Time time, double value) override {
        const trace::CounterInfo& info = tracks_->counters()[counter - 1];
        out_.begin("C").string("name", name_or(info.name, "counter", counter));
        if (info.track != 0) process(places_[info.track - 1]);
        out_.time("ts", time).open("args").json("value", fmt::format("{}", value)).close().end();
    }
    [[nodiscard]] bool has_enough() const override { return out_.failed(); }

  private:
    enum class Form : std::uint8_t { thread, process, operation };
    /// Where the records of a track say that they are.
    struct Place {
        Form form = Form::thread;
        std::string process;   ///< its pid, as JSON; empty: none
        std::string thread;    ///< its tid, as JSON; empty: none
        std::string id;        ///< of an operation, as JSON
        bool is_first = true;  ///< no track before has the same pid and tid
        bool shared = false;   ///< there are other tracks of this pid and tid
        std::vector<std::pair<std::string_view, std::string_view>>
            open;  ///< of operations: names, categories
    };

    Place place_of(std::uint32_t track);
    [[nodiscard]] std::string process_of(std::uint32_t track) const;
    void describe(std::uint32_t track);
    void arguments(const ImportedRecord& record);
    void begin_operation(Place& place, const ImportedRecord& record);
    ChromeRecords& operation(const Place& place, Time time);
    ChromeRecords& process(const Place& place) {
        return place.process.empty() ? out_ : out_.json("pid", place.process);
    }
    ChromeRecords& where(const Place& place, Time time) {
        process(place);
        if (!place.thread.empty()) out_.json("tid", place.thread);
        return out_.time("ts", time);
    }
    [[nodiscard]] std::string_view string(StringId id) const { return log_.strings()[id]; }
    [[nodiscard]] std::string name_or(StringId name, std::string_view what, std::uint32_t number) const {
        return name ? std::string(string(name)) : fmt::format("{} {}", what, number);
    }

    ChromeRecords& out_;
    const trace::Log& log_;
    const trace::Tracks* tracks_ = nullptr;
    JsonValues values_;
    std::vector<Place> places_;  // of track n at n - 1
    std::map<std::pair<std::string, std::string>, std::uint32_t>
        threads_;  // their first tracks, by pid and tid
};

/// Returns the pid of the process that a track is of, as JSON; empty: it is of none.
std::string ImportedChromeWriter::process_of(std::uint32_t track) const {
    const TrackInfo& info = tracks_->track(track);
    if (info.kind == TrackKind::process)
        return info.identity ? id_text(string(info.identity)) : fmt::format("{}", first_number + track);
    return info.parent == 0 ? std::string() : places_[info.parent - 1].process;  // the parent came before
}

ImportedChromeWriter::Place ImportedChromeWriter::place_of(std::uint32_t track) {
    const TrackInfo& info = tracks_->track(track);
    Place place;
    place.process = process_of(track);
    const std::string otherwise = fmt::format("{}", first_number + track);
    const std::string id = info.identity ? id_text(string(info.identity)) : "";
    switch (info.kind) {
        case TrackKind::process: place.form = Form::process; return place;
        case TrackKind::operation:
        case TrackKind::resource:
            place.form = Form::operation;
            place.id = id.empty() ? json_string("track " + otherwise) : id;
            return place;
        case TrackKind::plain: place.thread = otherwise; break;
        case TrackKind::thread: place.thread = id; break;
    }
    const auto [first, added] = threads_.emplace(std::pair(place.process, place.thread), track);
    place.is_first = added;
    if (!added) place.shared = places_[first->second - 1].shared = true;
    return place;
}

/// Writes the name and the place in the order of a process or thread.
void ImportedChromeWriter::describe(std::uint32_t track) {
    const Place& place = places_[track - 1];
    if (place.form == Form::operation || !place.is_first) return;
    const bool is_process = place.form == Form::process;
    const auto begin = [&](std::string_view name) {
        out_.begin("M").string("name", name);
        process(place);
        if (!place.thread.empty()) out_.json("tid", place.thread);
        out_.open("args");
    };
    if (const StringId name = tracks_->track(track).name) {
        begin(is_process ? "process_name" : "thread_name");
        out_.string("name", string(name)).close().end();
    }
    begin(is_process ? "process_sort_index" : "thread_sort_index");
    out_.number("sort_index", track).close().end();
}

void ImportedChromeWriter::record(const ImportedRecord& record) {
    Place& place = places_[record.track - 1];
    if (place.form == Form::operation) return begin_operation(place, record);
    const bool whole = record.is_slice && place.shared && record.end;
    out_.begin(!record.is_slice ? "i" : whole ? "X" : "B").string("name", record.name);
    if (!record.category.empty()) out_.string("cat", record.category);
    if (!record.is_slice) out_.string("s", place.form == Form::process ? "p" : "t");
    where(place, record.begin);
    if (whole) out_.time("dur", *record.end - record.begin);
    arguments(record);
    out_.end();
    for (const auto& [number, point] : record.flows) flow(record.track, record.begin, number, point);
}

void ImportedChromeWriter::arguments(const ImportedRecord& record) {
    if (record.arguments.empty()) return;
    out_.open("args");
    for (const auto& [name, value] : record.arguments) {
        if (values_.is_value(value))
            out_.json(name, value);
        else
            out_.string(name, value);
    }
    out_.close();
}

ChromeRecords& ImportedChromeWriter::operation(const Place& place, Time time) {
    if (place.process.empty())
        out_.json("id", place.id);
    else
        process(place).open("id2").json("local", place.id).close();
    return out_.time("ts", time);
}

void ImportedChromeWriter::begin_operation(Place& place, const ImportedRecord& record) {
    out_.begin(record.is_slice ? "b" : "n").string("name", record.name).string("cat", record.category);
    operation(place, record.begin);
    for (const auto& [number, point] : record.flows) {
        out_.number("bind_id", number);
        if (point != FlowPoint::start) out_.json("flow_in", "true");
        if (point != FlowPoint::end) out_.json("flow_out", "true");
        break;  // a record can name one flow
    }
    arguments(record);
    out_.end();
    if (record.is_slice) place.open.emplace_back(record.name, record.category);
}

void ImportedChromeWriter::end(std::uint32_t track, Time time) {
    Place& place = places_[track - 1];
    if (place.form != Form::operation) {
        if (place.shared) return;
        out_.begin("E");
        where(place, time).end();
        return;
    }
    const auto [name, category] = place.open.back();
    place.open.pop_back();
    out_.begin("e").string("name", name).string("cat", category);
    operation(place, time).end();
}

}  // namespace

void write_imported(ChromeRecords& out, const trace::Log& log) {
    ImportedChromeWriter writer(out, log);
    visit(log, writer);
}

}  // namespace loopscope::exchange
