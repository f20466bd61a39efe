#include "core/trace/causality.hpp"

namespace loopscope::trace {

void Causality::update(const Log& log, std::uint32_t count) {
    for (; seen_ < count; ++seen_) read(log[seen_], EventIndex{seen_});
}

void Causality::read(const Event& event, EventIndex at) {
    switch (event.kind()) {
        case Kind::spawn:
            if (event.tag<Start>() == Start::eager)
                eager_ = at;
            else
                queues_[thread_].push_back(at);
            break;
        case Kind::suspend:
            if (event.tag<Wait>() == Wait::yield) queues_[thread_].push_back(at);
            break;
        case Kind::wake:
        case Kind::ready:
        case Kind::timer_due: queues_[thread_].push_back(at); break;
        case Kind::timer: timers_.push_back(at); break;
        case Kind::step:
            if (running_.starts_nested(event))
                causes_.push_back(eager_);
            else
                take();
            break;
        case Kind::callback:
        case Kind::skip: take(); break;
        case Kind::thread:
            if (event.subject == 0 || event.subject > queues_.size() + 1) break;
            thread_ = event.subject - 1;
            if (thread_ == queues_.size()) queues_.emplace_back();
            break;
        default: break;
    }
    running_.apply(event);
}

void Causality::take() {
    std::deque<EventIndex>& queue = queues_[thread_];
    causes_.push_back(queue.empty() ? EventIndex{} : queue.front());
    if (!queue.empty()) queue.pop_front();
}

}  // namespace loopscope::trace
