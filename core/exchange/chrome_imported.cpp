// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_imported.hpp"

// Format: "Trace Event Format", the document that Chrome's and Perfetto's documentation name.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/exchange/chrome_places.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/json_value.hpp"

namespace loopscope::exchange {
namespace {

using trace::FlowPoint;

/// Returns whether a JSON value is an integer of which JavaScript loses digits: such a one is written as a
/// text.
bool loses_digits(std::string_view value) {
    const std::size_t digits = value.size() - (value.starts_with('-') ? 1 : 0);
    return digits > ChromePlaces::max_digits &&
           value.find_first_not_of("-0123456789") == std::string_view::npos;
}

class ImportedChromeWriter final : public ImportedVisitor {
  public:
    ImportedChromeWriter(ChromeRecords& out, const trace::Log& log) : out_(out), log_(log) {}

    void tracks(const trace::Tracks& tracks) override {
        tracks_ = &tracks;
        places_.emplace(log_, tracks);
        const auto count = static_cast<std::uint32_t>(tracks.tracks().size());
        open_.resize(count);
        for (std::uint32_t track = 1; track <= count; ++track) describe(track);
    }
    void record(const ImportedRecord& record) override;
    void end(std::uint32_t track, Time time) override;
    void flow(std::uint32_t track, Time time, const ImportedFlow& flow) override;
    void count(std::uint32_t counter, Time time, double value) override;
    [[nodiscard]] bool has_enough(EventIndex at) override { return !out_.goes_on(at); }

  private:
    using Form = ChromePlace::Form;

    void describe(std::uint32_t track);
    void describe(std::uint32_t track, std::string_view kind, std::string_view thread);
    void arguments(const ImportedArguments& all);
    void bind(const ImportedRecord& record);
    void begin_operation(const ChromePlace& place, const ImportedRecord& record);
    ChromeRecords& operation(const ChromePlace& place, Time time);
    ChromeRecords& process(const ChromePlace& place) {
        return place.process.empty() ? out_ : out_.json("pid", place.process);
    }
    ChromeRecords& where(const ChromePlace& place, Time time) {
        process(place);
        if (!place.thread.empty()) out_.json("tid", place.thread);
        return out_.time("ts", time);
    }
    [[nodiscard]] std::string_view string(StringId id) const { return log_.strings()[id]; }

    ChromeRecords& out_;
    const trace::Log& log_;
    const trace::Tracks* tracks_ = nullptr;
    JsonValues values_;
    std::optional<ChromePlaces> places_;
    std::vector<std::vector<std::pair<std::string_view, std::string_view>>>
        open_;  // of track n at n - 1, if it is an operation: names and categories of its open slices
};

/// Writes the name and the place in the order of a process or thread.
void ImportedChromeWriter::describe(std::uint32_t track) {
    const ChromePlace& place = places_->of_track(track);
    if (place.form == Form::operation || !place.is_first) return;
    const bool is_process = place.form == Form::process;
    if (is_process) describe(track, "process", {});
    if (!is_process || !place.thread.empty()) describe(track, "thread", place.thread);
}

/// Writes the name and the place of what records of a kind are about. `thread`: a tid, as JSON; empty: none.
void ImportedChromeWriter::describe(std::uint32_t track, std::string_view kind, std::string_view thread) {
    const auto begin = [&](std::string_view what) {
        out_.begin("M").string("name", fmt::format("{}_{}", kind, what));
        process(places_->of_track(track));
        if (!thread.empty()) out_.json("tid", thread);
        out_.open("args");
    };
    if (const StringId name = tracks_->track(track).name) {
        begin("name");
        out_.string("name", string(name)).close().end();
    }
    begin("sort_index");
    out_.number("sort_index", track).close().end();
}

void ImportedChromeWriter::record(const ImportedRecord& record) {
    const ChromePlace& place = places_->of_track(record.track);
    if (place.form == Form::operation) return begin_operation(place, record);
    const bool whole = record.is_slice && place.shared && record.end;
    out_.begin(!record.is_slice ? "i" : whole ? "X" : "B").string("name", record.name);
    if (!record.category.empty()) out_.string("cat", record.category);
    if (!record.is_slice) out_.string("s", place.form == Form::process ? "p" : "t");
    where(place, record.begin);
    if (whole) out_.time("dur", *record.end - record.begin);
    bind(record);
    arguments(record.arguments);
    out_.end();
    for (const ImportedFlow& each : record.flows) {
        if (!each.is_bound) flow(record.track, record.begin, each);
    }
}

/// Adds the flow that is bound to a record, if one is: a record can name one.
void ImportedChromeWriter::bind(const ImportedRecord& record) {
    if (record.flows.empty() || !record.flows.front().is_bound) return;
    const ImportedFlow& flow = record.flows.front();
    out_.number("bind_id", flow.number);
    if (flow.point != FlowPoint::start) out_.json("flow_in", "true");
    if (flow.point != FlowPoint::end) out_.json("flow_out", "true");
}

void ImportedChromeWriter::flow(std::uint32_t track, Time time, const ImportedFlow& flow) {
    const ChromePlace& place = places_->of_track(track);
    if (place.form == Form::operation) return;  // there is no record for it
    out_.begin(flow.point == FlowPoint::start ? "s" : flow.point == FlowPoint::step ? "t" : "f");
    out_.string("name", flow.name).string("cat", flow.name.empty() ? "flow" : flow.category);
    out_.number("id", flow.number);
    if (flow.point == FlowPoint::end) out_.string("bp", "e");
    where(place, time);
    arguments(flow.arguments);
    out_.end();
}

void ImportedChromeWriter::count(std::uint32_t counter, Time time, double value) {
    const ChromeCounter& place = places_->of_counter(counter);
    out_.begin("C").string("name", place.name);
    if (!place.id.empty()) out_.json("id", place.id);
    if (place.track != 0) process(places_->of_track(place.track));
    out_.time("ts", time).open("args").json("value", fmt::format("{}", value)).close().end();
}

void ImportedChromeWriter::arguments(const ImportedArguments& all) {
    if (all.empty()) return;
    out_.open("args");
    for (const auto& [name, value] : all) {
        if (values_.is_value(value) && !loses_digits(value))
            out_.json(name, value);
        else
            out_.string(name, value);
    }
    out_.close();
}

ChromeRecords& ImportedChromeWriter::operation(const ChromePlace& place, Time time) {
    if (place.process.empty())
        out_.json("id", place.id);
    else
        process(place).open("id2").json("local", place.id).close();
    if (!place.thread.empty()) out_.json("tid", place.thread);
    if (!place.scope.empty()) out_.string("scope", place.scope);
    return out_.time("ts", time);
}

void ImportedChromeWriter::begin_operation(const ChromePlace& place, const ImportedRecord& record) {
    out_.begin(record.is_slice ? "b" : "n").string("name", record.name).string("cat", record.category);
    operation(place, record.begin);
    bind(record);
    arguments(record.arguments);
    out_.end();
    if (record.is_slice) open_[record.track - 1].emplace_back(record.name, record.category);
}

void ImportedChromeWriter::end(std::uint32_t track, Time time) {
    const ChromePlace& place = places_->of_track(track);
    if (place.form != Form::operation) {
        if (place.shared) return;
        out_.begin("E");
        where(place, time).end();
        return;
    }
    const auto [name, category] = open_[track - 1].back();
    open_[track - 1].pop_back();
    out_.begin("e").string("name", name).string("cat", category);
    operation(place, time).end();
}

}  // namespace

void write_imported(ChromeRecords& out, const trace::Log& log) {
    ImportedChromeWriter writer(out, log);
    visit(log, writer);
}

}  // namespace loopscope::exchange
