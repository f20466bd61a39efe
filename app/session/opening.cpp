#include "app/session/opening.hpp"

#include <utility>

#include <fmt/format.h>

#include "app/session/file_engine.hpp"
#include "core/exchange/import.hpp"
#include "core/format/reader.hpp"
#include "core/scenario/catalogue.hpp"

namespace loopscope::session {
namespace {

/// The part of opening a file that is reading it; the rest is running it again, or finding out what is in it.
constexpr double reading = 0.6;

/// How a program of ours came to a trace.
struct Recipe {
    Setup setup;
    std::vector<Switch> switches;
};

/// The setup that a file says it was made with, if this program could run it.
std::optional<Setup> setup_of(const format::Info& info, trace::Storage storage) {
    const auto program = scenario::find_program(info.program);
    if (!program || scenario::source_of(**program) != info.source) return std::nullopt;
    auto arguments = scenario::Arguments::create(scenario::all_parameters(**program), info.parameters);
    if (!arguments) return std::nullopt;
    Setup setup{*program, std::move(*arguments), storage};
    if (info.schedule.empty()) return setup;
    const auto schedule = explore::parse_schedule(info.schedule);
    if (!schedule) return std::nullopt;
    setup.schedule = *schedule;
    return setup;
}

/// How to run the program of a file again, if it can be.
std::optional<Recipe> recipe_of(const Opened& opened) {
    const trace::Log& log = *opened.log;
    std::optional<trace::Storage> first;
    std::vector<Switch> switches;
    for (std::uint32_t at = 0; at < log.size(); ++at) {
        if (log[at].kind() != trace::Kind::storage) continue;
        const auto storage = log[at].tag<trace::Storage>();
        if (first)
            switches.push_back({at - 1, storage});
        else
            first = storage;
    }
    if (!first) return std::nullopt;
    auto setup = setup_of(opened.info, *first);
    if (!setup) return std::nullopt;
    return Recipe{std::move(*setup), std::move(switches)};
}

bool is_same(const trace::Log& left, const trace::Log& right) {
    if (left.size() != right.size()) return false;
    for (std::uint32_t at = 0; at < left.size(); ++at) {
        if (!(left[at] == right[at])) return false;
    }
    return true;
}

std::unique_ptr<FileEngine> file_engine(Opened opened) {
    return std::make_unique<FileEngine>(std::move(opened.log), std::move(opened.info),
                                        std::move(opened.name));
}

}  // namespace

std::string Opened::notice() const {
    if (info.notes.empty()) return missing;
    const std::string note = fmt::format("Note: {}", info.notes);
    return missing.empty() ? note : fmt::format("{}. {}", missing, note);
}

Result<Opened> read_trace(const std::filesystem::path& path, const Progress& progress) {
    Opened opened;
    opened.name = path.filename().string();
    if (path.extension() == ".json") {
        auto imported = exchange::import_chrome(path, progress);
        if (!imported) return tl::unexpected(imported.error());
        opened.log = std::move(imported->log);
        opened.info.program = opened.name;
        opened.missing = std::move(imported->missing);
        return opened;
    }
    auto loaded = format::load(path, progress);
    if (!loaded) return tl::unexpected(loaded.error());
    opened.log = std::move(loaded->log);
    opened.info = std::move(loaded->info);
    opened.missing = std::move(loaded->missing);
    return opened;
}

std::unique_ptr<Engine> make_engine(Opened opened) {
    if (const auto recipe = recipe_of(opened)) {
        auto engine = std::make_unique<NativeEngine>(recipe->setup, recipe->switches, opened.log->size());
        if (is_same(engine->log(), *opened.log)) return engine;
    }
    return file_engine(std::move(opened));
}

Opening::Opening(std::filesystem::path path)
    : name_(path.filename().string()), thread_([this, path = std::move(path)](const std::stop_token& stop) {
          read(path, stop);
          thread_is_over_ = true;
      }) {}

void Opening::read(const std::filesystem::path& path, const std::stop_token& stop) {
    opened_ = read_trace(path, [&](double done) {
        read_ = reading * done;
        return !stop.stop_requested();
    });
    if (!*opened_) return;
    const format::Info& info = (*opened_)->info;
    arrival_ = {nullptr, (*opened_)->notice(), {info.notes, info.marks}};
    if (!recipe_of(**opened_)) learn(stop);
}

void Opening::learn(const std::stop_token& stop) {
    recording_ = std::make_shared<Branch>(file_engine(std::move(**opened_)));
    recording_->learn([&](double done) {
        read_ = reading + (1 - reading) * done;
        return !stop.stop_requested();
    });
}

Opening::Arrival Opening::arrival(std::shared_ptr<Branch> branch) {
    arrival_.branch = std::move(branch);
    return std::move(arrival_);
}

double Opening::done() const {
    return replay_ ? reading + (1 - reading) * replay_->done() : read_.load();
}

void Opening::cancel() {
    cancelled_ = true;
    thread_.request_stop();
}

std::optional<Result<Opening::Arrival>> Opening::advance(std::chrono::nanoseconds time) {
    if (!thread_is_over_) return std::nullopt;
    if (thread_.joinable()) thread_.join();
    if (cancelled_) return fail(fmt::format("opening '{}' was stopped", name_));
    if (!*opened_) return tl::unexpected(opened_->error());
    if (recording_) return arrival(std::move(recording_));
    const Opened& opened = **opened_;
    if (!replay_) {
        const Recipe recipe = *recipe_of(opened);
        replay_.emplace(recipe.setup, recipe.switches, opened.log->size());
    }
    if (!replay_->advance(time)) return std::nullopt;
    std::shared_ptr<Branch> branch = replay_->take();
    if (is_same(branch->engine->log(), *opened.log)) return arrival(std::move(branch));
    replay_.reset();
    thread_is_over_ = false;
    thread_ = std::jthread([this](const std::stop_token& stop) {
        learn(stop);
        thread_is_over_ = true;
    });
    return std::nullopt;
}

}  // namespace loopscope::session
