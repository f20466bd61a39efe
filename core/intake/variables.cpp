// SPDX-License-Identifier: MIT
#include "core/intake/variables.hpp"

#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/trace/transitions.hpp"

namespace loopscope::intake {

using trace::Kind;

namespace {

/// The maximum number of selections that tell where a variable is at home: half of those that a trace may
/// have, so that the user's own are told in any case.
constexpr std::uint32_t max_own_selections = trace::max_selections / 2;

/// The number of bytes from which on a text waits for no more.
constexpr std::size_t longest_output = 1U << 16;

}  // namespace

bool Variables::check(std::uint32_t number) {
    return (number != 0 && number <= variables_.size()) ||
           out_.refuse_number("variable", number, variables_.size());
}

bool Variables::variable(const Spool_record& record, StringId name) {
    if (record.subject != variables_.size() + 1)
        return out_.refuse(
            fmt::format("variable {} should be number {}", record.subject, variables_.size() + 1));
    const std::uint32_t own = record.b & 0xffU;
    variables_.push_back({.name = name, .storage = own, .selected = own, .flags = record.b & ~0xffU});
    return true;
}

std::vector<VariableId> Variables::meant() const {
    const auto having = [this](std::uint32_t flag) {
        std::vector<VariableId> found;
        for (std::uint32_t number = 1; number <= variables_.size(); ++number) {
            if ((variables_[number - 1].flags & flag) != 0) found.push_back(VariableId{number});
        }
        return found;
    };
    std::vector<VariableId> watched = having(SPOOL_VARIABLE_WATCHED);
    return watched.empty() ? having(SPOOL_VARIABLE_USERS) : watched;
}

bool Variables::initial(const Spool_record& record, StringId value) {
    if (!check(record.subject)) return false;
    Variable& variable = known(record.subject);
    variable.initial = value;
    variable.initial_is_late = variable.declared;
    return true;
}

/// Writes that there is a variable, and those before it, at its first use: then its default may be known.
bool Variables::declare(std::uint32_t number) {
    if (known(number).declared) return true;
    for (std::uint32_t each = 1; each <= number; ++each) {
        Variable& variable = known(each);
        if (variable.declared) continue;
        variable.declared = true;
        if (!out_.write(Kind::variable, each, variable.name.value, variable.initial.value)) return false;
        if (!select_own(each)) return false;
    }
    return true;
}

/// Selects the storage that is a variable's own. What the first one has counts for all.
bool Variables::select_own(std::uint32_t number) {
    const std::uint32_t own = known(number).storage;
    if (selected_ == own) return true;
    const std::uint32_t subject = selected_ ? number : 0;
    if (!selected_) selected_ = own;
    return selections_++ >= max_own_selections || out_.write(Kind::storage, subject, 0, own & 0xffU);
}

bool Variables::storage(const Spool_record& record) {
    if (record.subject != 0) {
        if (!check(record.subject) || !declare(record.subject)) return false;
        // The program says once more what whoever steps it has selected.
        if (std::exchange(known(record.subject).selected, record.b) == record.b) return true;
    } else {
        selected_ = record.b;
    }
    return out_.write(Kind::storage, record.subject, 0, record.b & 0xffU);
}

bool Variables::write_about(Kind kind, std::uint32_t variable, std::uint32_t a, std::uint32_t line) {
    if (!lanes_.select(lanes_.lane_here()) || !files_.prepare(line)) return false;
    if (variable > trace::max_tagged_variable && line != 0 && !out_.write(Kind::line, 0, 0, line << 8))
        return false;
    return out_.write(kind, lanes_.running_task(), a, trace::about_variable(VariableId{variable}, line));
}

bool Variables::set(const Spool_record& record, StringId value) {
    if (!check(record.subject) || !declare(record.subject) ||
        !write_about(Kind::set, record.subject, value.value, record.b))
        return false;
    writes_.push_back(out_.last());
    return true;
}

bool Variables::find_write(std::uint32_t number, EventIndex& write) {
    if (number > writes_.size()) return out_.refuse_number("write", number, writes_.size());
    write = number == 0 ? EventIndex{} : writes_[number - 1];
    return true;
}

bool Variables::get(const Spool_record& record) {
    if (!check(record.subject) || !declare(record.subject)) return false;
    Variable& variable = known(record.subject);
    EventIndex seen;
    if (record.a == SPOOL_UNKNOWN) {
        seen = variable.found;
        if (!seen) return out_.refuse("it sees a value that was not found before");
    } else if (record.a == 0 && variable.initial_is_late) {
        // The trace has the variable without a default by now.
        if (!variable.initial_found) {
            if (!write_about(Kind::found, record.subject, variable.initial.value, record.b)) return false;
            variable.initial_found = out_.last();
        }
        seen = variable.initial_found;
    } else if (!find_write(record.a, seen)) {
        return false;
    }
    if (!write_about(Kind::get, record.subject, seen.value, record.b)) return false;
    if (Activity* const activity = lanes_.activity()) activity->reads.add(out_.last());
    return true;
}

bool Variables::found(const Spool_record& record, StringId value) {
    if (!check(record.subject) || !declare(record.subject) ||
        !write_about(Kind::found, record.subject, value.value, record.b))
        return false;
    known(record.subject).found = out_.last();
    return true;
}

// Reads after it name the write of old, as the recorder says.
bool Variables::reset(const Spool_record& record) {
    EventIndex seen;
    if (!check(record.subject) || !declare(record.subject) || !find_write(record.a, seen)) return false;
    const std::uint32_t value = seen ? out_.log()[seen].a : known(record.subject).initial.value;
    return write_about(Kind::set, record.subject, value, record.b) &&
           out_.write(Kind::reset, 0, seen.value, trace::about_variable(VariableId{record.subject}));
}

// print() writes each of what it is given by itself, what stands between them, and at last what stands at the
// end, which may be empty (Python/bltinmodule.c): these pieces are one print.
bool Variables::output(const Spool_record& record, StringId text) {
    const std::uint32_t descriptor = record.subject & ~static_cast<std::uint32_t>(SPOOL_OUTPUT_VALUE);
    const bool goes_on = output_ && output_->descriptor == descriptor && output_->line == record.b;
    if (!goes_on && !flush()) return false;
    const Activity* const activity = lanes_.activity();
    const bool is_value = (record.subject & SPOOL_OUTPUT_VALUE) != 0 && activity;
    if (const EventIndex get = is_value ? activity->reads.find(out_.log(), text) : EventIndex{}) {
        return flush() && lanes_.select(lanes_.lane_here()) && files_.prepare(record.b) &&
               out_.write(Kind::print_value, lanes_.running_task(), get.value, record.b << 8) &&
               note_print(descriptor);
    }
    if (!output_) output_ = {{}, descriptor, record.b};
    const std::string_view piece = out_.log().strings()[text];
    output_->text += piece;
    const bool is_whole = piece.empty() || piece.ends_with('\n') || output_->text.size() > longest_output;
    return !is_whole || flush();
}

bool Variables::flush() {
    if (!output_) return true;
    const Output output = *std::exchange(output_, std::nullopt);
    if (output.text.empty()) return true;
    return lanes_.select(lanes_.lane_here()) && files_.prepare(output.line) &&
           out_.write(Kind::print, lanes_.running_task(), out_.intern(output.text).value, output.line << 8) &&
           note_print(output.descriptor);
}

bool Variables::note_print(std::uint32_t descriptor) {
    constexpr std::uint32_t of_stderr = 2;
    if (notes_errors_ && descriptor == of_stderr) errors_.push_back(out_.last());
    return true;
}

}  // namespace loopscope::intake
