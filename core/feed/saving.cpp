#include "core/feed/saving.hpp"

#include <utility>

#include "core/base/unexpected.hpp"

namespace loopscope::feed {
namespace {

/// Between two looks at the clock: a millisecond or two.
constexpr std::uint32_t events_at_once = format::chunk_events;

}  // namespace

Saving::Saving(std::filesystem::path path, std::shared_ptr<const Branch> branch, format::Info info)
    : path_(std::move(path)),
      branch_(std::move(branch)),
      info_(std::move(info)),
      events_(branch_->feed->log().size()),
      saver_(format::Saver::create(path_, branch_->feed->log(), events_, info_)) {}

double Saving::done() const {
    return saver_ ? static_cast<double>(saver_->written()) / events_ : 0;
}

std::optional<Result<void>> Saving::advance(std::chrono::nanoseconds time) {
    using namespace std::chrono_literals;
    if (!saver_) return tl::unexpected(saver_.error());
    if (commit_.valid()) {
        if (commit_.wait_for(0s) == std::future_status::timeout) return std::nullopt;
        try {
            return commit_.get();
        } catch (...) {
            return tl::unexpected(unexpected_error(std::current_exception()));
        }
    }
    const auto start = std::chrono::steady_clock::now();
    do {
        const Result<bool> all = saver_->write(events_at_once);
        if (!all) return tl::unexpected(all.error());
        if (!*all) continue;
        // If no thread can be started, it is done at the next call.
        commit_ = std::async(std::launch::async | std::launch::deferred, [this] { return saver_->commit(); });
        return std::nullopt;
    } while (std::chrono::steady_clock::now() - start < time);
    return std::nullopt;
}

}  // namespace loopscope::feed
