#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace loopscope {

/// Two stages of a pipeline: makes items one after another on a thread of its own while the caller uses those
/// made before. The items are made in the same `Places` slots over and over, so the memory that they hold is
/// used again.
///
/// The destructor waits until the item that is being made is finished.
template <class T, std::size_t Places = 3>
class Ahead {
    static_assert(Places >= 2, "one is used while another one is made");

  public:
    /// `make` makes the next item out of what its slot held before; it returns false if there are no more. It
    /// is called on one thread, which is not the caller's. What it throws, next() throws.
    explicit Ahead(std::function<bool(T&)> make)
        : make_(std::move(make)), thread_([this](const std::stop_token& stop) { work(stop); }) {}
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;
    ~Ahead() {
        thread_.request_stop();
        changed_.notify_all();
    }

    /// Waits for the next item and returns it; null if there are no more. The item is valid until the next
    /// call of next(). Called from one thread only.
    T* next() {
        std::unique_lock lock(mutex_);
        if (in_use_) ++used_;
        in_use_ = false;
        changed_.notify_all();
        changed_.wait(lock, [this] { return used_ < made_ || over_; });
        if (used_ < made_) {
            in_use_ = true;
            return &ring_[used_ % Places];
        }
        if (error_) std::rethrow_exception(error_);
        return nullptr;
    }

  private:
    void work(const std::stop_token& stop) {
        while (make_one(stop)) continue;
        const std::scoped_lock lock(mutex_);
        over_ = true;
        changed_.notify_all();
    }

    bool make_one(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return made_ - used_ < Places; })) return false;
        T& place = ring_[made_ % Places];
        lock.unlock();
        try {
            if (!make_(place)) return false;
        } catch (...) {
            error_ = std::current_exception();  // read once over_ is set
            return false;
        }
        lock.lock();
        ++made_;
        changed_.notify_all();
        return !stop.stop_requested();
    }

    std::function<bool(T&)> make_;
    std::array<T, Places> ring_{};
    std::mutex mutex_;
    std::condition_variable_any changed_;
    // INVARIANT: used_ <= made_ <= used_ + Places. The worker thread owns the slot at made_, the caller the
    // one at used_.
    std::size_t made_ = 0;
    std::size_t used_ = 0;
    bool in_use_ = false;
    bool over_ = false;
    std::exception_ptr error_;
    std::jthread thread_;  // last: it uses the others
};

}  // namespace loopscope
