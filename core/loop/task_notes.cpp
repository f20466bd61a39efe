// SPDX-License-Identifier: MIT
#include "core/loop/task_notes.hpp"

#include <algorithm>

namespace loopscope::loop {

std::vector<TaskNotes::Named>::const_iterator TaskNotes::find(TaskId task) const {
    return std::ranges::lower_bound(names_, task.value, {},
                                    [](const Named& each) { return each.first.value; });
}

StringId TaskNotes::name_of(TaskId task) const {
    if (const auto renamed = later_.find(task.value); renamed != later_.end()) return renamed->second;
    const auto found = find(task);
    return found != names_.end() && found->first == task ? found->second : StringId{};
}

std::string TaskNotes::default_name(TaskId task) const {
    const auto named_before = static_cast<std::uint32_t>(find(task) - names_.begin());
    return "Task-" + std::to_string(task.value - named_before);
}

void TaskNotes::note_message(const Steppable& task, std::string_view message) {
    if (!message.empty())
        messages_.insert_or_assign(&task, std::string(message));
    else if (!messages_.empty())
        messages_.erase(&task);
}

std::string TaskNotes::take_message(const Steppable& task) {
    if (messages_.empty()) return {};
    const auto found = messages_.find(&task);
    if (found == messages_.end()) return {};
    std::string message = std::move(found->second);
    messages_.erase(found);
    return message;
}

void TaskNotes::note_said(TaskId task, std::string_view message) {
    if (!message.empty())
        said_.insert_or_assign(task.value, std::string(message));
    else if (!said_.empty())
        said_.erase(task.value);
}

std::string TaskNotes::said_to(TaskId task) const {
    const auto said = said_.find(task.value);
    return said == said_.end() ? std::string() : said->second;
}

}  // namespace loopscope::loop
