#pragma once

#include <filesystem>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "core/feed/beginning.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/feeds.hpp"

namespace loopscope::feed {

/// The beginning of a long file in tests: the first chunk.
inline constexpr std::uint32_t first_events = 1'000;

/// A .loopscope file that is long: its beginning is less than a tenth of it. It is a recording: of a run in
/// which iterations begin late, each in its own way, so that it does not pack away to nothing.
class LongFile {
  public:
    LongFile() : run_(finished(late_setup())) {
        format::Info info = info_of(*run_->feed);
        info.source += "// changed\n";
        info.schedule.clear();
        info.notes = "from the file";
        info.marks = {{EventIndex{50}, "of the file"}, {EventIndex{60}, "of the file as well"}};
        EXPECT_TRUE(format::save(path_, run_->feed->log(), info));
    }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] const trace::Log& log() const { return run_->feed->log(); }
    [[nodiscard]] std::shared_ptr<Branch> beginning() const { return read_beginning(path_, first_events); }
    /// Returns the whole file.
    [[nodiscard]] std::string bytes() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

  private:
    static Setup late_setup() {
        Setup setup = setup_of("indication", trace::Storage::contextvar, {{"duration", "2400"}});
        explore::Schedule schedule;
        schedule.freedoms.jitter = std::chrono::milliseconds(50);
        std::minstd_rand random(1);
        schedule.choices.resize(100'000);
        for (std::uint32_t& each : schedule.choices)
            each = static_cast<std::uint32_t>(random() % (loop::jitter_parts + 1));
        setup.schedule = std::move(schedule);
        return setup;
    }

    TemporaryFolder folder_;
    std::filesystem::path path_ = folder_.path() / "long.loopscope";
    std::shared_ptr<Branch> run_;
};

}  // namespace loopscope::feed
