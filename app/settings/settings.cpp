// SPDX-License-Identifier: MIT
#include "app/settings/settings.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/number.hpp"

namespace loopscope::settings {
namespace {

constexpr std::array<std::string_view, 3> themes = {"dark", "light", "projector"};
constexpr std::string_view yes = "yes";
constexpr std::string_view no = "no";
/// The maximum size of a window, in screen coordinates, and its distance from the origin.
constexpr int max_side = 1 << 15;

std::vector<std::string_view> words_of(std::string_view text) {
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (!word.empty()) words.push_back(word);
    }
    return words;
}

/// Returns `WIDTH HEIGHT` or `WIDTH HEIGHT X Y`.
std::optional<WindowPlace> place_of(std::string_view text) {
    std::vector<int> numbers;
    for (const std::string_view word : words_of(text)) {
        const auto number = number_of<int>(word);
        if (!number || std::abs(*number) > max_side) return std::nullopt;
        numbers.push_back(*number);
    }
    if ((numbers.size() != 2 && numbers.size() != 4) || numbers[0] <= 0 || numbers[1] <= 0)
        return std::nullopt;
    WindowPlace place{numbers[0], numbers[1], {}, false};
    if (numbers.size() == 4) place.corner = Corner{numbers[2], numbers[3]};
    return place;
}

std::string text_of(const WindowPlace& place) {
    std::string text = fmt::format("{} {}", place.width, place.height);
    if (place.corner) text += fmt::format(" {} {}", place.corner->x, place.corner->y);
    return text;
}

std::optional<float> number_within(std::string_view text, float minimum, float maximum) {
    const auto number = number_of<float>(text);
    return number && *number >= minimum && *number <= maximum ? number : std::nullopt;
}

/// Reads settings out of documents, and remembers the first line that makes no sense.
class Reader {
  public:
    explicit Reader(Read& read) : read_(read) {}

    void chosen(const Document& document) {
        look(document);
        one(document, "theme", [&](std::string_view value) {
            if (std::ranges::find(themes, value) == themes.end()) return false;
            read_.settings.theme = value;
            return true;
        });
        one(document, "text-size", [&](std::string_view value) {
            const auto size = number_within(value, min_text_size, max_text_size);
            read_.settings.text_size = size.value_or(1.0F);
            return size.has_value();
        });
        for (const std::string_view value : document.all("panel")) {
            const auto words = words_of(value);
            const auto share = words.size() == 2 ? number_within(words[1], 0, 1) : std::nullopt;
            if (share)
                read_.settings.shares.insert_or_assign(std::string(words[0]), *share);
            else
                strange("panel", value);
        }
        for (const std::string_view value : document.all("hidden"))
            read_.settings.hidden.insert(std::string(value));
    }
    void left(const Document& document) {
        look(document);
        one(document, "window", [&](std::string_view value) {
            read_.settings.window = place_of(value);
            return read_.settings.window.has_value();
        });
        one(document, "maximized", [&](std::string_view value) {
            if (read_.settings.window) read_.settings.window->maximized = value == yes;
            return value == yes || value == no;
        });
        for (const std::string_view value : document.all("recent")) {
            if (read_.settings.recent.size() < max_recent) read_.settings.recent.emplace_back(value);
        }
    }

  private:
    void look(const Document& document) {
        const auto line = document.strange_line();
        if (line && read_.strange.empty()) read_.strange = *line;
    }
    void strange(std::string_view key, std::string_view value) {
        if (read_.strange.empty()) read_.strange = fmt::format("{} = {}", key, value);
    }
    template <class Take>
    void one(const Document& document, std::string_view key, const Take& take) {
        const auto value = document.get(key);
        if (value && !take(*value)) strange(key, *value);
    }

    Read& read_;
};

void add_to(std::vector<std::filesystem::path>& files, const std::filesystem::path& file) {
    std::erase(files, file);
    files.insert(files.begin(), file);
    if (files.size() > max_recent) files.resize(max_recent);
}

/// Returns whether a text stands in a line as it is: no control characters, no blanks at its ends.
bool fits_a_line(std::string_view text) {
    const auto controls = [](char each) { return static_cast<unsigned char>(each) < ' '; };
    return !text.empty() && std::ranges::none_of(text, controls) && text.front() != ' ' && text.back() != ' ';
}

}  // namespace

void Settings::add_recent(const std::filesystem::path& file) {
    if (!fits_a_line(file.string())) return;
    add_to(recent, file);
    std::erase(opened, file);
    opened.push_back(file);
}

Read read(const Document& chosen, const Document& left) {
    Read read;
    Reader reader(read);
    reader.chosen(chosen);
    reader.left(left);
    return read;
}

bool chosen_differs(const Settings& before, const Settings& now) {
    return now.theme != before.theme || now.text_size != before.text_size || now.shares != before.shares ||
           now.hidden != before.hidden;
}

bool left_differs(const Settings& before, const Settings& now) {
    return (now.window && now.window != before.window) || !now.opened.empty();
}

// What another window has chosen meanwhile for other panels stays.
// NOLINTNEXTLINE(readability-function-cognitive-complexity): a line for each setting
void write_chosen(const Settings& before, const Settings& now, Document& chosen) {
    Settings kept = read(chosen, {}).settings;
    if (now.theme != before.theme) chosen.set("theme", {now.theme});
    if (now.text_size != before.text_size) chosen.set("text-size", {fmt::format("{}", now.text_size)});
    if (now.shares != before.shares) {
        for (const auto& each : before.shares) {
            if (!now.shares.contains(each.first)) kept.shares.erase(each.first);
        }
        for (const auto& [name, share] : now.shares) {
            const auto was = before.shares.find(name);
            if (was == before.shares.end() || was->second != share) kept.shares.insert_or_assign(name, share);
        }
        std::vector<std::string> values;
        for (const auto& [name, share] : kept.shares) values.push_back(fmt::format("{} {}", name, share));
        chosen.set("panel", values);
    }
    if (now.hidden != before.hidden) {
        for (const std::string& name : before.hidden) {
            if (!now.hidden.contains(name)) kept.hidden.erase(name);
        }
        for (const std::string& name : now.hidden) {
            if (!before.hidden.contains(name)) kept.hidden.insert(name);
        }
        chosen.set("hidden", {kept.hidden.begin(), kept.hidden.end()});
    }
}

void write_left(const Settings& before, const Settings& now, Document& left) {
    if (now.window && now.window != before.window) {
        left.set("window", {text_of(*now.window)});
        left.set("maximized", {std::string(now.window->maximized ? yes : no)});
    }
    if (now.opened.empty()) return;
    std::vector<std::filesystem::path> recent;
    for (const std::string_view value : left.all("recent")) recent.emplace_back(value);
    for (const std::filesystem::path& file : now.opened) add_to(recent, file);
    std::vector<std::string> values;
    values.reserve(recent.size());
    for (const std::filesystem::path& file : recent) values.push_back(file.string());
    left.set("recent", values);
}

}  // namespace loopscope::settings
