#include "app/session/file_engine.hpp"

#include <cassert>

#include <fmt/format.h>

#include "app/session/native_engine.hpp"
#include "core/exchange/import.hpp"
#include "core/format/reader.hpp"
#include "core/scenario/catalogue.hpp"

namespace loopscope::session {
namespace {

using trace::Kind;

/// The last event before the first handle.
std::uint32_t first_event_of(const trace::Log& log) {
    for (std::uint32_t at = 1; at < log.size(); ++at) {
        if (log[at].kind() == Kind::iteration || log[at].kind() == Kind::timer_due) return at - 1;
    }
    return log.size() - 1;
}

bool is_same(const trace::Log& left, const trace::Log& right) {
    if (left.size() != right.size()) return false;
    for (std::uint32_t at = 0; at < left.size(); ++at) {
        if (!(left[at] == right[at])) return false;
    }
    return true;
}

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

/// Runs the program of a file again; null if that gives another trace.
std::unique_ptr<Engine> run_again(const Opened& opened) {
    const trace::Log& log = *opened.log;
    std::optional<trace::Storage> first;
    std::vector<Switch> switches;
    for (std::uint32_t at = 0; at < log.size(); ++at) {
        if (log[at].kind() != Kind::storage) continue;
        const auto storage = log[at].tag<trace::Storage>();
        if (first)
            switches.push_back({at - 1, storage});
        else
            first = storage;
    }
    if (!first) return nullptr;
    const auto setup = setup_of(opened.info, *first);
    if (!setup) return nullptr;
    auto engine = std::make_unique<NativeEngine>(*setup, switches, log.size());
    if (!is_same(engine->log(), log)) return nullptr;
    return engine;
}

}  // namespace

FileEngine::FileEngine(std::unique_ptr<trace::Log> log, format::Info info, std::string name)
    : log_(std::move(log)),
      info_(std::move(info)),
      name_(std::move(name)),
      listings_{scenario::Listing(info_.source), scenario::Listing("")},
      first_event_(first_event_of(*log_)) {
    bool begun = false;
    for (std::uint32_t at = 0; at < log_->size(); ++at) {
        if ((*log_)[at].kind() != Kind::storage) continue;
        if (begun) switches_.push_back({at - 1, (*log_)[at].tag<trace::Storage>()});
        begun = true;
    }
}

Result<void> FileEngine::can_select() const {
    return fail(fmt::format(
        "'{}' is a recording: its storage cannot be switched; choose a program above to run one", name_));
}

std::unique_ptr<Engine> FileEngine::again(const std::vector<Switch>&, std::uint32_t) const {
    assert(false && "a recording cannot run again");
    return nullptr;
}

About FileEngine::about() const {
    return {name_, info_.source_file, {}, &listings_};
}

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
    if (auto engine = run_again(opened)) return engine;
    return std::make_unique<FileEngine>(std::move(opened.log), std::move(opened.info),
                                        std::move(opened.name));
}

format::Info info_of(const Engine& engine) {
    const About about = engine.about();
    format::Info info;
    info.program = about.name;
    info.source_file = about.source_file;
    info.source = about.source();
    info.origin = "Loopscope";
    if (const Setup* setup = engine.setup()) {
        info.parameters = setup->arguments.settings();
        if (setup->schedule) info.schedule = explore::text_of(*setup->schedule);
    }
    return info;
}

}  // namespace loopscope::session
