// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/job.hpp"
#include "core/base/result.hpp"

namespace loopscope::feed {

struct Branch;
struct Setup;

/// A job: runs a program again, to where it was before or to where it is to fork. While it fails or is
/// cancelled, nothing else changes.
class Rerun {
  public:
    Rerun(const Rerun&) = delete;
    Rerun& operator=(const Rerun&) = delete;
    virtual ~Rerun() = default;

    /// Runs for about `time`, at least a little, and never blocks. Returns `ended` once the program is there,
    /// or the job was cancelled; `failed` if it did not come there, because of error().
    virtual Status poll(std::chrono::nanoseconds time) = 0;
    /// Returns how much is done, from 0 to 1.
    [[nodiscard]] virtual double progress() const = 0;
    /// Ends the job: take() will return null.
    void cancel() { cancelled_ = true; }
    /// Returns the setup that is run; null: it is no program of Loopscope's.
    [[nodiscard]] virtual const Setup* setup() const { return nullptr; }
    /// Moves out the branch that was run; null if the job was cancelled. REQUIRES: poll() returned `ended`;
    /// called once.
    [[nodiscard]] virtual std::shared_ptr<Branch> take() = 0;
    /// Returns why the program did not come there, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }

  protected:
    Rerun() = default;
    [[nodiscard]] bool cancelled() const { return cancelled_; }
    /// Sets the error and returns `failed`, for the end of poll().
    Status fail_with(Error error) {
        error_ = std::move(error);
        return Status::failed;
    }

  private:
    bool cancelled_ = false;
    std::optional<Error> error_;
};

static_assert(Job<Rerun>);

}  // namespace loopscope::feed
