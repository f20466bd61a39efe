// SPDX-License-Identifier: MIT
#include "core/feed/opening.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/input.hpp"
#include "core/base/unexpected.hpp"
#include "core/feed/background_indexer.hpp"
#include "core/feed/beginning.hpp"
#include "core/feed/file_feed.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/first_difference.hpp"

namespace loopscope::feed {
namespace {

/// The fraction of the work that is reading; the rest is running the program again, or indexing.
constexpr double reading = 0.6;

/// Returns the setup that a file names, without its storage; none if this version cannot run it.
std::optional<Setup> setup_of(const format::Info& info) {
    const auto program = scenario::find_program(info.program);
    if (!program || scenario::source_of(**program) != info.source) return std::nullopt;
    auto arguments = scenario::Arguments::create(scenario::all_parameters(**program), info.parameters);
    if (!arguments) return std::nullopt;
    Setup setup{*program, std::move(*arguments)};
    if (info.schedule.empty()) return setup;
    const auto schedule = explore::parse_schedule(info.schedule);
    if (!schedule) return std::nullopt;
    setup.schedule = *schedule;
    return setup;
}

/// Returns the selections of a storage in a log, with the one at the start.
std::vector<Switch> selections_of(const trace::Log& log) {
    std::vector<Switch> selections;
    log.each_piece({}, log.end_index(), [&](EventIndex at, std::span<const trace::Event> events) {
        for (const trace::Event& event : events) {
            if (event.kind() == trace::Kind::storage)
                selections.push_back({at - 1, event.tag<trace::Storage>()});
            ++at;
        }
    });
    return selections;
}

/// Returns how to run the program of a file again; none if it cannot be run.
std::optional<Recipe> recipe_of(const Opened& opened) {
    auto setup = setup_of(opened.info);
    if (!setup) return std::nullopt;
    std::vector<Switch> switches = selections_of(*opened.log);
    if (switches.empty()) return std::nullopt;
    setup->storage = switches.front().storage;
    switches.erase(switches.begin());
    return Recipe{std::move(*setup), std::move(switches)};
}

bool is_same(const trace::Log& left, const trace::Log& right) {
    return left.size() == right.size() &&
           trace::FirstDifference(left, right).look(left.end_index()) == left.end_index();
}

std::shared_ptr<Branch> saved_run(Opened opened, Analysis known, Recipe recipe) {
    const bool ended = static_cast<bool>(known.index.end_of_program());
    auto feed =
        std::make_shared<SavedRun>(std::move(opened.log), std::move(recipe), std::move(opened.name), ended);
    return std::make_shared<Branch>(std::move(feed), std::move(known));
}

Result<Opened> opened_from(const Input& input, Result<exchange::Imported> imported) {
    if (!imported) return tl::unexpected(imported.error());
    return Opened{std::move(imported->log), std::move(imported->info), input.title(),
                  std::move(imported->missing), std::move(imported->omissions)};
}

}  // namespace

std::string Opened::notice() const {
    if (info.notes.empty()) return missing;
    const std::string note = fmt::format("Note: {}", info.notes);
    return missing.empty() ? note : fmt::format("{}. {}", missing, note);
}

Result<Opened> read_trace(const std::filesystem::path& path, const exchange::ReadProgress& progress) {
    const auto input = Input::open(path);
    if (!input) return tl::unexpected(input.error());
    const auto pack = [&](const exchange::HowFar& how_far, const std::shared_ptr<const trace::Log>& log) {
        log->pack(log->end_index());
        return !progress || progress(how_far, log);
    };
    return opened_from(**input, exchange::read_trace(**input, pack));
}

Opening::Opening(std::filesystem::path path, const Options& options)
    : name_(title_of(path)), options_(options) {
    worker_.start([this, path = std::move(path)](const std::stop_token& stop) { return read(path, stop); });
}

Pausing<> Opening::read(std::filesystem::path path, std::stop_token stop) {
    if (has_threads && options_.beginning) {
        beginning_ = read_beginning(path, *options_.beginning);
        has_beginning_.store(beginning_ != nullptr, std::memory_order_release);
    }
    const auto input = Input::open(path);
    if (!input) {
        opened_ = tl::unexpected(input.error());
        co_return;
    }
    const std::stop_callback stopped(stop, [&input] { (*input)->stop(); });
    BackgroundIndexer indexer;
    exchange::ReadProgress progress = [&](const exchange::HowFar& how_far,
                                          const std::shared_ptr<const trace::Log>& log) {
        indexer.follow(log, log->size());
        read_ = reading * how_far.done;
        read_bytes_ = how_far.bytes;
        return true;
    };
    auto imported = co_await exchange::read_in_pieces(**input, std::move(progress));
    opened_ = opened_from(**input, std::move(imported));
    read_bytes_ = 0;
    if (!*opened_) co_return;
    recipe_ = recipe_of(**opened_);
    if (!runs_at_once()) co_await learn(indexer, stop);
}

Pausing<> Opening::learn(BackgroundIndexer& indexer, std::stop_token stop) {
    indexer.follow((*opened_)->log, (*opened_)->log->size());
    while (indexer.advance()) {
        read_ = std::max(read_.load(), reading + (1 - reading) * indexer.done());
        if (stop.stop_requested()) co_return;
        co_await Pause();
    }
    known_ = indexer.take();
}

std::shared_ptr<Branch> Opening::take_beginning() {
    if (!has_beginning_.load(std::memory_order_acquire)) return nullptr;
    has_beginning_.store(false, std::memory_order_relaxed);
    return std::exchange(beginning_, nullptr);
}

double Opening::progress() const {
    return replay_ ? reading + (1 - reading) * replay_->progress() : read_.load();
}

exchange::HowFar Opening::how_far() const {
    return {progress(), read_bytes_.load()};
}

void Opening::cancel() {
    cancelled_ = true;
    worker_.request_stop();
}

Status Opening::fail_with(Error error) {
    error_ = std::move(error);
    return Status::failed;
}

Status Opening::arrive(std::shared_ptr<Branch> branch) {
    Opened& opened = **opened_;
    opened.log->free_packed();
    Arrival arrival{std::move(branch),
                    opened.notice(),
                    {opened.info.notes, opened.info.marks},
                    std::move(opened.omissions)};
    if (!arrival.branch)
        arrival.branch = recipe_ ? saved_run(std::move(opened), std::move(known_), std::move(*recipe_))
                                 : branch_of_file(std::move(opened.log), std::move(opened.info),
                                                  std::move(opened.name), std::move(known_));
    arrival_ = std::move(arrival);
    return Status::ended;
}

Status Opening::poll(std::chrono::nanoseconds time) {
    if (error_) return Status::failed;
    if (arrival_) return Status::ended;
    if (const Status status = worker_.poll(time); !is_over(status)) return status;
    if (cancelled_)
        return fail_with({fmt::format("opening '{}' was stopped", name_), Error::Code::cancelled});
    if (worker_.error()) return fail_with(unexpected_error(worker_.error()));
    if (!*opened_) return fail_with(opened_->error());
    return runs_at_once() ? go_on_with_replay(time) : arrive(nullptr);
}

Status Opening::go_on_with_replay(std::chrono::nanoseconds time) {
    if (!replay_) replay_.emplace(recipe_->setup, recipe_->switches, (*opened_)->log->size());
    if (const Status status = replay_->poll(time); !is_over(status)) return status;
    std::shared_ptr<Branch> branch = replay_->take();
    if (is_same(branch->feed->log(), *(*opened_)->log)) return arrive(std::move(branch));
    replay_.reset();
    recipe_.reset();
    worker_.start([this](std::stop_token stop) -> Pausing<> {
        BackgroundIndexer indexer;
        co_await learn(indexer, stop);
    });
    return Status::waiting;
}

std::shared_ptr<Branch> wait_for_beginning(Opening& opening,
                                           const std::function<bool(const exchange::HowFar&)>& progress) {
    constexpr std::chrono::milliseconds slice(10);
    Rest rest;
    for (;;) {
        const Status status = opening.poll(slice);
        if (is_over(status)) return nullptr;
        if (auto beginning = opening.take_beginning()) return beginning;
        if (progress && !progress(opening.how_far())) opening.cancel();
        rest(status);
    }
}

Result<Opening::Arrival> open_trace(const std::filesystem::path& path,
                                    const std::function<bool(const exchange::HowFar&)>& progress) {
    Opening opening(path, {.beginning = std::nullopt});
    wait_for_beginning(opening, progress);
    if (opening.poll({}) == Status::failed) return tl::unexpected(opening.error());
    return opening.take();
}

}  // namespace loopscope::feed
