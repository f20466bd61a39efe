// SPDX-License-Identifier: MIT
#include "core/explain/stale.hpp"

#include <fmt/format.h>

namespace loopscope::explain {
namespace {

using namespace trace;

/// Tells of one stale print: from whom the work came, and from whom the value.
class StaleRead {
  public:
    StaleRead(const Facts& facts, PrintIndex print)
        : facts_(facts),
          print_(facts.index.prints()[print]),
          get_{facts.log[print_.event].a},
          errand_(facts.index.errand_of_stale(facts.log, print)) {}

    [[nodiscard]] std::string verdict() const {
        return fmt::format("Stale: it works for {}.", party_label(facts_, errand_.party));
    }

    [[nodiscard]] std::string way() const { return fmt::format("{}; {}.", way_of_work(), way_of_value()); }

    [[nodiscard]] std::vector<Cause> causes() const {
        std::vector<Cause> found;
        if (!errand_.since) return found;
        const Event& since = facts_.log[errand_.since];
        if (since.kind() == Kind::take) {
            const ItemInfo item = facts_.index.items().find(since.subject);
            found.push_back({errand_.since, item.taker,
                             fmt::format("{} took item {}", who(item.taker, errand_.since), since.subject)});
            found.push_back({item.put, item.putter, fmt::format("{} put it", who(item.putter, item.put))});
        } else if (since.kind() == Kind::serve) {
            found.push_back({errand_.since, print_.task,
                             fmt::format("{} took a request of {}", facts_.actor(errand_.since),
                                         party_label(facts_, errand_.party))});
        } else if (since.kind() != Kind::job) {
            found.push_back({errand_.since, {}, fmt::format("{} scheduled it", facts_.actor(errand_.since))});
        }
        return found;
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return facts_.label(task); }
    [[nodiscard]] TaskId parent() const {
        return print_.task ? facts_.index.task(print_.task).parent : TaskId{};
    }

    [[nodiscard]] std::string who(TaskId task, EventIndex event) const {
        return task ? label(task) : facts_.actor(event);
    }

    /// Returns " for request(b)" where the one who handed the work over did so for another chain than its
    /// own.
    [[nodiscard]] std::string on_behalf() const {
        if (errand_.party == Party{errand_.from, 0}) return {};
        return " for " + party_label(facts_, errand_.party);
    }

    /// Returns how the reader came to work for whom it does.
    [[nodiscard]] std::string way_of_work() const {
        const Event& since = facts_.log[errand_.since];
        const bool is_inherited = print_.task && errand_.since < facts_.index.task(print_.task).spawn;
        if (is_inherited)
            return fmt::format("{} created it while working for {}", creator(),
                               party_label(facts_, errand_.party));
        if (since.kind() == Kind::take) {
            const ItemInfo item = facts_.index.items().find(since.subject);
            return fmt::format("This item was put by {}{}", who(item.putter, item.put), on_behalf());
        }
        if (since.kind() == Kind::serve)
            return fmt::format("This request{} came over {}",
                               since.a ? fmt::format(", {},", facts_.text(since.a)) : "",
                               party_label(facts_, errand_.party));
        if (since.kind() == Kind::job) {
            const std::string who = since.task() ? label(since.task()) : std::string("the program");
            return fmt::format("This job was asked for by {}{}", who, on_behalf());
        }
        return fmt::format("This callback was scheduled by {}{}", facts_.actor(errand_.since), on_behalf());
    }

    [[nodiscard]] std::string creator() const { return who(parent(), facts_.index.task(print_.task).spawn); }

    /// Returns how the value that it sees came to be where it reads.
    [[nodiscard]] std::string way_of_value() const {
        const Storage storage = facts_.index.storage_at(get_, facts_.log[get_].variable());
        const Errand wrote = facts_.index.errand_of_write(facts_.log, print_.writer);
        if (print_.writer_task && print_.writer_task == print_.task)
            return fmt::format("it wrote the value itself, for {}", party_label(facts_, wrote.party));
        switch (storage) {
            case Storage::global: return cell("the global");
            case Storage::thread_local_: return cell("the thread's cell");
            case Storage::context_shared: return cell("the dict that it shares with its chain");
            case Storage::argument: return handed_down("its argument was passed by {} when {} was created");
            case Storage::context_copy: return handed_down("the dict was copied from {} when {} was created");
            case Storage::context_chainmap: return handed_down("the layer of {} lies below that of {}");
            case Storage::contextvar: break;
        }
        return handed_down("the context was copied from {} when {} was created");
    }

    [[nodiscard]] std::string writer() const { return who(print_.writer_task, print_.writer); }
    [[nodiscard]] std::string cell(std::string_view what) const {
        return fmt::format("{} has what {} wrote last", what, writer());
    }

    /// Returns a phrase, with the reader and the one whose values it was given, for a value that a task was
    /// given as it was created.
    [[nodiscard]] std::string handed_down(fmt::format_string<std::string, std::string> phrase) const {
        const bool from_creator = print_.task && print_.writer < facts_.index.task(print_.task).spawn;
        if (!from_creator) return fmt::format("the context that it runs in has what {} wrote", writer());
        std::string handed = fmt::format(phrase, creator(), label(print_.task));
        if (print_.writer_task == parent()) return handed;
        return fmt::format("{}, and has what {} wrote", handed, writer());
    }

    const Facts& facts_;
    PrintInfo print_;
    EventIndex get_;
    Errand errand_;
};

}  // namespace

std::string party_label(const Facts& facts, const Party& party) {
    if (party.connection == 0) return facts.label(party.chain);
    const Event& made = facts.log[facts.index.connections()[party.connection - 1]];
    return made.a ? fmt::format("the connection {}", facts.text(made.a))
                  : fmt::format("connection {}", party.connection);
}

std::string stale_verdict(const Facts& facts, PrintIndex print) {
    return StaleRead(facts, print).verdict();
}

std::string stale_way(const Facts& facts, PrintIndex print) {
    return StaleRead(facts, print).way();
}

std::vector<Cause> stale_causes(const Facts& facts, PrintIndex print) {
    return StaleRead(facts, print).causes();
}

}  // namespace loopscope::explain
