// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/exchange/omissions.hpp"
#include "core/exchange/speedscope_profiles.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// A reader of speedscope's files (https://www.speedscope.app/file-format-schema.json): each evented profile
/// becomes a track, each pair of an open and a close event a slice. Profiles of samples, which have no begin
/// and no end, and of bytes are passed over. The text may end anywhere.
///
/// Names come after what they are names of, so the whole text is held until all of it is there.
class SpeedscopeReader final : public TraceReader {
  public:
    SpeedscopeReader(Incoming incoming, trace::LogProgress progress);

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return text_.size() < max_size; }
    Result<Imported> finish() override { return finish_in_pieces().complete(); }
    Pausing<Result<Imported>> finish_in_pieces() override;

    /// The maximum length of the text in bytes; what comes after that is not read.
    static constexpr std::size_t max_size = std::size_t{1} << 30;

  private:
    [[nodiscard]] tl::unexpected<Error> nothing(const SpeedscopeProfiles& profiles) const;

    std::string name_;
    std::uint64_t size_;  // the number of bytes that will come; 0: not known
    trace::LogProgress progress_;
    Imported imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0, {}};
    std::string text_;
    std::size_t reported_ = 0;  // how much of it the progress function was told
};

}  // namespace loopscope::exchange
