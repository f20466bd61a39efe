#pragma once

#include <filesystem>

#include "app/session/engine.hpp"
#include "core/base/source.hpp"
#include "core/format/info.hpp"

namespace loopscope::session {

/// An engine whose trace was read from a file: it is as long as it is, and nothing can be switched.
class FileEngine final : public Engine {
  public:
    /// REQUIRES: trace::check accepts the log. `name` is what the file is called.
    FileEngine(std::unique_ptr<trace::Log> log, format::Info info, std::string name);

    bool advance() override { return false; }
    [[nodiscard]] bool over() const override { return true; }
    [[nodiscard]] Time time() const override { return log_->time(log_->size() - 1); }
    [[nodiscard]] Result<void> can_select() const override;
    void select(trace::Storage) override {}
    [[nodiscard]] std::unique_ptr<Engine> again(const std::vector<Switch>& switches,
                                                std::uint32_t length) const override;
    [[nodiscard]] const trace::Log& log() const override { return *log_; }
    [[nodiscard]] About about() const override;
    [[nodiscard]] const Setup* setup() const override { return nullptr; }
    [[nodiscard]] const std::vector<Switch>& switches() const override { return switches_; }
    [[nodiscard]] std::uint32_t first_event() const override { return first_event_; }

  private:
    std::unique_ptr<trace::Log> log_;
    format::Info info_;
    std::string name_;
    scenario::Listings listings_;
    std::vector<Switch> switches_;
    std::uint32_t first_event_ = 0;
};

/// A trace that was read from a file.
struct Opened {
    std::unique_ptr<trace::Log> log;
    format::Info info;
    std::string name;     ///< of the file, without its folder
    std::string missing;  ///< what is not there, as a sentence; empty: nothing

    /// What to say to who opens it: what is missing, and the file's note. Empty: nothing.
    [[nodiscard]] std::string notice() const;
};

/// Reads a trace: `.json` as Chrome's, everything else as `.loopscope`.
Result<Opened> read_trace(const std::filesystem::path& path, const Progress& progress = {});

/// An engine for it. Where the file is of a program of ours, and running that again gives the same events, it
/// can be forked and extended like any other run; else it is only shown.
std::unique_ptr<Engine> make_engine(Opened opened);

/// What to save besides the events.
format::Info info_of(const Engine& engine);

}  // namespace loopscope::session
