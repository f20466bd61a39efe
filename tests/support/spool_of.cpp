#include "tests/support/spool_of.hpp"

#include "core/base/fifo.hpp"
#include "core/trace/kinds.hpp"
#include "tests/support/spool_builder.hpp"

namespace loopscope {
namespace {

using namespace trace;

/// Gives each handle an address, and keeps the ready queue to know which one runs.
class Translator {
  public:
    explicit Translator(const Log& log) : log_(log) {
        out_.thread(1, "MainThread");
        out_.loop(1);
    }

    std::vector<Spool_record> translate() {
        each_event(log_, [this](EventIndex at, Time time) {
            out_.at(time);
            at_ = at;
            translate(log_[at]);
        });
        return out_.records();
    }

  private:
    static constexpr std::uint64_t first_address = 0x7f00'0000'1000;

    [[nodiscard]] std::string_view text(std::uint32_t string) const {
        return log_.strings()[StringId{string}];
    }
    std::uint64_t new_address() { return address_ += 64; }
    Fifo<std::uint64_t>& ready() { return ready_[thread_ - 1]; }

    // A switch has a case for each kind that programs of ours write.
    void translate(const Event& event) {
        switch (event.kind()) {
            case Kind::iteration: return out_.iteration(event.a, thread_);
            case Kind::spawn:
                ready().push_back(0);
                return out_.task(event.subject, text(event.a), event.line());
            case Kind::step: {
                const std::uint64_t address = ready().pop_front();
                out_.handle(SPOOL_RUN, event.subject, address,
                            event.tag<Resume>() == Resume::cancelled ? SpoolBuilder::throws_flag : 0);
                return;
            }
            case Kind::suspend: return suspend(event);
            case Kind::finish:
                return out_.ran(event.subject, SPOOL_RAN_RESULT + event.tag(), 0, text(event.a));
            case Kind::callback: return out_.call(ready().pop_front());
            case Kind::callback_end: return out_.ran(0, SPOOL_RAN_RESULT + event.tag(), 0, text(event.a));
            case Kind::skip: ready().pop_front(); return;
            case Kind::name:
                if (event.tag<Named>() == Named::task)
                    out_.add(SPOOL_TASK_NAME, event.subject, out_.text(text(event.a)));
                return;
            case Kind::ready:
                ready().push_back(new_address());
                return out_.ready(address_, text(event.a), event.tag<Callback>());
            case Kind::wake:
                ready().push_back(0);
                return out_.handle(SPOOL_WAKE, event.subject, new_address());
            case Kind::timer: return timer(event);
            case Kind::timer_due:
                ready().push_back(timers_[event.a - 1]);
                return out_.handle(SPOOL_DUE, 0, timers_[event.a - 1], SpoolBuilder::timer_flag);
            case Kind::timer_cancel:
                return out_.handle(SPOOL_HANDLE_CANCEL, 0, timers_[event.a - 1], SpoolBuilder::timer_flag);
            case Kind::cancel: return out_.add(SPOOL_TASK_CANCEL, event.subject, 0, event.b);
            case Kind::storage:
                storage_ = event.tag();
                return out_.add(SPOOL_STORAGE, event.subject, 0, event.tag());
            case Kind::stop: return out_.add(SPOOL_STOP, thread_);
            case Kind::thread: return thread(event);
            case Kind::end: return out_.add(SPOOL_EXIT, event.subject, out_.text(text(event.a)), event.b);
            default: return value(event);
        }
    }

    void suspend(const Event& event) {
        const auto wait = event.tag<Wait>();
        if (wait == Wait::yield) {
            ready().push_back(0);
            return out_.ran(event.subject, SPOOL_RAN_YIELDS, event.line());
        }
        out_.wait(wait, wait == Wait::sleep ? timers_[event.a - 1] : event.a);
        out_.ran(event.subject, SPOOL_RAN_WAITS, event.line());
    }

    void timer(const Event& event) {
        timers_.push_back(new_address());
        const bool is_named = at_ + 1 < log_.end_index() && log_[at_ + 1].kind() == Kind::name;
        out_.timer(address_, timer_deadline(event), event.tag<Callback>(),
                   is_named ? text(log_[at_ + 1].a) : "");
    }

    void thread(const Event& event) {
        const bool is_new = event.subject > ready_.size();
        thread_ = event.subject;
        if (is_new) ready_.emplace_back();
        out_.thread(event.subject, text(event.a));
        out_.loop(event.subject, is_new ? 0 : 2);
    }

    void value(const Event& event) {
        const std::uint32_t variable = event.variable().value;
        switch (event.kind()) {
            case Kind::variable:
                out_.add(SPOOL_VARIABLE, event.subject, out_.text(text(event.a)), storage_);
                return out_.add(SPOOL_DEFAULT, event.subject, out_.text(text(event.b)));
            case Kind::set:
                writes_[at_] = static_cast<std::uint32_t>(writes_.size() + 1);
                return out_.add(SPOOL_SET, variable, out_.text(text(event.a)), event.line());
            case Kind::get:
                return out_.add(SPOOL_GET, variable, event.a == 0 ? 0 : writes_.at({event.a}), event.line());
            case Kind::print: return out_.add(SPOOL_OUTPUT, 1, out_.text(text(event.a)), event.line());
            case Kind::print_value:
                return out_.add(SPOOL_OUTPUT, 1 | SPOOL_OUTPUT_VALUE, out_.text(log_.printed_text(at_)),
                                event.line());
            default: return;
        }
    }

    const Log& log_;
    SpoolBuilder out_;
    EventIndex at_;
    std::uint32_t thread_ = 1;
    std::uint32_t storage_ = 0;
    std::uint64_t address_ = first_address;
    std::vector<Fifo<std::uint64_t>> ready_ = std::vector<Fifo<std::uint64_t>>(1);  // by thread; 0: a step
    std::vector<std::uint64_t> timers_;
    std::map<EventIndex, std::uint32_t> writes_;  // the numbers of the writes of `set` events
};

}  // namespace

std::vector<Spool_record> spool_of(const Log& log) {
    return Translator(log).translate();
}

}  // namespace loopscope
