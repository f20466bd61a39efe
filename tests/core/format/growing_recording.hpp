#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/trace/log.hpp"
#include "tests/core/base/temporary_folder.hpp"

namespace loopscope::format {

/// Lets the log grow by a million yields of one task, or until `more`, which is asked every thousand of them
/// or as said, gives false.
template <class More>
void grow(trace::Log& log, More more, std::uint32_t distance = 1000) {
    if (log.size() == 0) {
        log.emit(trace::Kind::begin);
        log.emit(trace::Kind::spawn, 1);
    }
    static_cast<void>(more());
    for (std::uint32_t iteration = 1; iteration < 1'000'000; ++iteration) {
        log.emit(trace::Kind::iteration, iteration, 1);
        log.emit(trace::Kind::step, 1, 0,
                 trace::tagged(iteration == 1 ? trace::Resume::first : trace::Resume::value));
        log.emit(trace::Kind::suspend, 1, 0, trace::tagged(trace::Wait::yield));
        if (iteration % distance == 0 && !more()) return;
    }
}

/// A folder in which t.loopscope is recorded: the file `path`, and `growing` until it is whole.
class RecordingsTest : public testing::Test {
  protected:
    [[nodiscard]] std::set<std::string> files() const {
        std::set<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
            names.insert(entry.path().filename().string());
        return names;
    }
    [[nodiscard]] std::string text() const {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "t.loopscope";
    std::filesystem::path growing = folder.path() / "t.recording.loopscope";
};

}  // namespace loopscope::format
