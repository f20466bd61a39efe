// SPDX-License-Identifier: MIT
#include "web/python_run.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include <emscripten.h>
#include <fmt/format.h>

#include "core/base/number.hpp"
#include "core/trace/storage.hpp"

// NOLINTBEGIN: EM_JS is JavaScript
// Has the page run its program; `switches` is JSON, [[handles, storage], …]. Returns the
// number of the run.
EM_JS(int, python_begins, (const char* switches, int again),
      { return page.python.begins(JSON.parse(UTF8ToString(switches)), Boolean(again)); });
// Returns whether a run goes on (0), has ended (1), or was stopped from outside (2).
EM_JS(int, python_is_over, (int number), { return page.python.isOver(number); });
// Says that nobody waits for a run any more.
EM_JS(void, python_is_left, (int number), { page.python.isLeft(number); });
// NOLINTEND

namespace loopscope::web {
namespace {

bool begins_handle(const trace::Event& event) {
    return event.kind() == trace::Kind::step || event.kind() == trace::Kind::callback;
}

/// The states of a run that the page knows.
enum Over { goes_on = 0, ended = 1, stopped = 2 };
constexpr int sigkill = 9;

std::string json_of(const std::vector<CountedSwitch>& switches) {
    std::string text = "[";
    for (const CountedSwitch& each : switches) {
        text += fmt::format("{}[{},\"{}\"]", text.size() > 1 ? "," : "", each.handles,
                            trace::name(each.change.storage));
    }
    return text + "]";
}

/// Returns the last event before a switch, which stands between its handle and the next one.
EventIndex place_of(const CountedSwitch& change, const trace::Log& log) {
    std::uint32_t handles = 0;
    EventIndex at{1};
    for (; at < log.end_index(); ++at) {
        const bool is_switch =
            log[at].kind() == trace::Kind::storage && log[at].tag<trace::Storage>() == change.change.storage;
        if (handles == change.handles && is_switch) break;
        handles += begins_handle(log[at]) ? 1 : 0;
        if (handles > change.handles) break;
    }
    return at - 1;
}

/// Returns an event up to which two traces differ; none if they are the same up to `last`.
std::optional<EventIndex> difference(const trace::Log& one, const trace::Log& other, EventIndex last) {
    for (EventIndex at{1}; at <= last; ++at) {
        if (at >= one.end_index() || at >= other.end_index() || one[at] != other[at]) return at;
    }
    return {};
}

/// A run of the program that is over, from which it can be run again.
class PythonFeed final : public feed::Feed {
  public:
    PythonFeed(std::string name, std::shared_ptr<const feed::Recording> recording,
               std::vector<CountedSwitch> switches);

    [[nodiscard]] Time time() const override { return log().time(log().end_index() - 1); }
    [[nodiscard]] const feed::Capabilities& can() const override { return can_; }
    [[nodiscard]] std::unique_ptr<feed::Rerun> run_again(const std::vector<feed::Switch>& switches,
                                                         std::uint32_t length) const override;
    [[nodiscard]] bool forks_between_handles() const override { return true; }
    [[nodiscard]] const trace::Log& log() const override { return recording_->log(); }
    [[nodiscard]] feed::About about() const override {
        return {name_, recording_->info().source_file, {}, &listings_, &others_};
    }
    [[nodiscard]] const std::vector<feed::Switch>& switches() const override { return switches_; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return failures_; }

  protected:
    Status grow(const feed::Budget&) override { return Status::ended; }

  private:
    std::string name_;
    std::shared_ptr<const feed::Recording> recording_;
    std::vector<feed::Switch> switches_;
    EventIndex first_event_;
    scenario::Listings listings_;
    std::map<std::uint32_t, scenario::Listing> others_;
    feed::Capabilities can_;
    scenario::Failures failures_;  // none
};

PythonFeed::PythonFeed(std::string name, std::shared_ptr<const feed::Recording> recording,
                       std::vector<CountedSwitch> switches)
    : Feed(Status::ended),
      name_(std::move(name)),
      recording_(std::move(recording)),
      first_event_(feed::first_event_of(recording_->log())),
      listings_{scenario::Listing(recording_->info().source), scenario::Listing("")} {
    for (const format::Listing& each : recording_->info().listings)
        others_.emplace(each.file, scenario::Listing(each.text));
    for (const CountedSwitch& each : switches) switches_.push_back(each.change);
    can_.step = fail("the program has run to its end", Error::Code::unsupported);
    can_.stop = can_.step;
}

/// Runs the program again with other switches, and compares the traces up to the last of them.
class PythonRerun final : public feed::Rerun {
  public:
    PythonRerun(const std::string& name, std::shared_ptr<const feed::Recording> first,
                std::vector<CountedSwitch> switches)
        : first_(std::move(first)),
          last_(switches.empty() ? EventIndex{} : switches.back().change.after),
          run_(name, std::move(switches), true) {}

    Status poll(std::chrono::nanoseconds time) override {
        if (cancelled()) return Status::ended;
        const Status status = run_.poll(time);
        if (status == Status::failed) return fail_with(run_.error());
        if (status != Status::ended) return status;
        if (!run_.has_trace()) return not_the_same(EventIndex{1});
        if (const auto differs = difference(first_->log(), run_.recording().log(), last_))
            return not_the_same(*differs);
        return Status::ended;
    }
    [[nodiscard]] double progress() const override {
        const double all = first_->log().size();
        return run_.has_trace() ? std::min(1.0, run_.recording().log().size() / all) : 0;
    }
    [[nodiscard]] std::shared_ptr<feed::Branch> take() override {
        return cancelled() ? nullptr : run_.take();
    }

  private:
    Status not_the_same(EventIndex event) {
        return fail_with({fmt::format(
            "the program did not do the same again up to event {}; the first run is kept", event.value)});
    }

    std::shared_ptr<const feed::Recording> first_;
    EventIndex last_;  // before the last switch
    PythonRun run_;
};

std::unique_ptr<feed::Rerun> PythonFeed::run_again(const std::vector<feed::Switch>& switches,
                                                   std::uint32_t) const {
    std::vector<CountedSwitch> counted;
    for (const feed::Switch& each : switches) counted.push_back({handles_up_to(log(), each.after), each});
    return std::make_unique<PythonRerun>(name_, recording_, std::move(counted));
}

}  // namespace

Result<CountedSwitch> counted_switch_of(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto handles = number_of<std::uint32_t>(text.substr(0, colon));
    if (!handles)
        return fail(fmt::format("the link's fork cannot be '{}': it has to be HANDLES:STORAGE", text),
                    Error::Code::invalid_argument);
    LOOPSCOPE_TRY(storage, trace::parse_storage(std::string(text.substr(std::min(colon + 1, text.size())))));
    return CountedSwitch{*handles, {{}, storage}};
}

std::uint32_t handles_up_to(const trace::Log& log, EventIndex event) {
    std::uint32_t handles = 0;
    for (EventIndex at{1}; at <= event && at < log.end_index(); ++at)
        handles += begins_handle(log[at]) ? 1 : 0;
    return handles;
}

PythonRun::PythonRun(std::string name, std::vector<CountedSwitch> switches, bool again)
    : name_(std::move(name)),
      switches_(std::move(switches)),
      number_(python_begins(json_of(switches_).c_str(), again ? 1 : 0)),
      spool_(fmt::format("/spool/{}", number_)) {}

PythonRun::~PythonRun() {
    python_is_left(number_);
}

Result<void> PythonRun::follow(const Slice& slice) {
    if (!recording_) {
        LOOPSCOPE_TRY(made, feed::Recording::create({}, {.name = name_,
                                                         .sources = {"/program/" + name_},
                                                         .origin = "Loopscope's recording in a browser",
                                                         .schedule = {},
                                                         .notes = {}}));
        recording_ = std::move(made);
    }
    for (bool more = true; more && !slice.over();) {
        LOOPSCOPE_TRY(came, recording_->follow(spool_));
        more = came;
    }
    return {};
}

Status PythonRun::poll(std::chrono::nanoseconds time) {
    const int over = python_is_over(number_);  // asked first: what comes before it is there
    const std::uint64_t before = recording_ ? recording_->records() : 0;
    if (const auto followed = follow(Slice(time)); !followed) {
        error_ = followed.error();
        return Status::failed;
    }
    if (recording_->records() > before) return Status::grew;
    if (over == goes_on) return Status::waiting;
    recording_->end(over == stopped ? std::optional(sigkill) : std::nullopt);
    recording_->list_files();
    for (CountedSwitch& each : switches_) {
        if (each.change.after == EventIndex{}) each.change.after = place_of(each, recording_->log());
    }
    return Status::ended;
}

std::shared_ptr<feed::Branch> PythonRun::take() {
    auto branch = std::make_shared<feed::Branch>(
        std::make_shared<PythonFeed>(name_, std::move(recording_), std::move(switches_)));
    branch->update();
    return branch;
}

}  // namespace loopscope::web
