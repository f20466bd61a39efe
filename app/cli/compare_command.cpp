// SPDX-License-Identifier: MIT
#include "app/cli/compare_command.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>

#include "app/cli/compare_files.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/setup.hpp"
#include "app/cli/streams.hpp"
#include "app/screen/picture.hpp"
#include "core/base/escape.hpp"
#include "core/base/result.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::cli {
namespace {

using session::Comparison;
using session::Rerun;
using session::Side;

/// The maximum length of each side's trace, in events (160 MB); a program that runs on is compared up to
/// there.
constexpr std::uint32_t max_side_events = 10'000'000;

struct Setups {
    feed::Setup one;
    feed::Setup other;
};

/// Returns an error if an option was given that each of the two sides can have once, and more often than
/// that.
Result<void> check_sides(std::string_view option, const std::vector<std::string>& values) {
    if (values.size() <= 2) return {};
    return fail(fmt::format("{} cannot be given {} times, only once for each of the two sides", option,
                            values.size()),
                Error::Code::invalid_argument);
}

/// Returns the settings of one side, with its version of asyncio.
std::vector<std::string> settings_with(const std::vector<std::string>& settings, const std::string& version) {
    std::vector<std::string> all = settings;
    all.push_back(fmt::format("{}={}", scenario::asyncio_parameter, version));
    return all;
}

/// Returns whether the two sides are to run in the orders of two versions of asyncio.
bool of_two_versions(const CompareRequest& request) {
    return request.versions.size() == 2;
}

Result<Setups> setups_of(const CompareRequest& request) {
    if (auto sound = check_sides("--storage", request.storages); !sound) return tl::unexpected(sound.error());
    if (auto sound = check_sides("--asyncio", request.versions); !sound) return tl::unexpected(sound.error());
    // Two versions are compared under one storage.
    std::vector<std::string> storages = request.storages;
    if (storages.empty()) storages = {of_two_versions(request) ? "contextvar" : "global", "contextvar"};
    std::vector<std::string> settings = request.settings;
    std::vector<std::string> other_settings = request.settings;
    if (!request.versions.empty()) {
        settings = settings_with(settings, request.versions.front());
        other_settings = settings_with(other_settings, request.versions.back());
    }
    other_settings.insert(other_settings.end(), request.other_settings.begin(), request.other_settings.end());
    LOOPSCOPE_TRY(one, make_setup(request.program, storages.front(), settings));
    LOOPSCOPE_TRY(other, make_setup(request.program, storages.back(), other_settings));
    return Setups{std::move(one), std::move(other)};
}

/// Returns the name of a side: its storage, and its version of asyncio where there are two.
std::string name_of(const CompareRequest& request, const feed::Setup& side) {
    const std::string_view storage = name(side.storage);
    if (!of_two_versions(request)) return std::string(storage);
    return fmt::format("{}, asyncio {}", storage, side.arguments.text(scenario::asyncio_parameter));
}

/// Returns the name of the second side, with the settings that only it has.
std::string name_of_other(const CompareRequest& request, const Setups& setups) {
    std::string text = name_of(request, setups.other);
    for (const std::string& setting : request.other_settings) text += ", " + terminal_line(setting);
    return text;
}

/// Returns the print with this index of a side as it is shown; empty if there is none.
std::string shown(const Side& side, PrintIndex print) {
    return side.has(print) ? terminal_line(side.text(print)) : std::string();
}

std::size_t width_of(const Side& side, PrintIndex print) {
    return characters(shown(side, print)).size();
}

/// The lines of one block: a line for each side, and one for the marks.
class Block {
  public:
    explicit Block(const Comparison& comparison) : comparison_(&comparison) {}

    [[nodiscard]] static std::size_t column(const Comparison& comparison, PrintIndex print) {
        return std::max(
            {width_of(comparison.one(), print), width_of(comparison.other(), print), std::size_t{1}});
    }
    void add(PrintIndex print) {
        const std::size_t wide = column(*comparison_, print);
        append(one_, comparison_->one(), print, wide);
        append(other_, comparison_->other(), print, wide);
        marks_ += std::string(wide, comparison_->differs(print) ? '^' : ' ');
        width_ += wide;
    }
    [[nodiscard]] std::size_t width() const { return width_; }
    [[nodiscard]] std::string text(std::string_view one, std::string_view other) const {
        const std::size_t margin = std::max(one.size(), other.size()) + 2;
        std::string text =
            fmt::format("{:<{}}{}\n{:<{}}{}\n", one, margin, trimmed(one_), other, margin, trimmed(other_));
        if (!trimmed(marks_).empty()) text += std::string(margin, ' ') + std::string(trimmed(marks_)) + '\n';
        return text;
    }

  private:
    static void append(std::string& line, const Side& side, PrintIndex print, std::size_t wide) {
        line += shown(side, print);
        line += std::string(wide - width_of(side, print), ' ');
    }
    static std::string_view trimmed(std::string_view line) {
        return line.substr(0, line.find_last_not_of(' ') + 1);
    }

    const Comparison* comparison_;
    std::string one_;
    std::string other_;
    std::string marks_;
    std::size_t width_ = 0;
};

/// Returns a line on the stale prints of a side; nothing if there are none.
std::string stale_of(const Side& side, std::string_view name) {
    const trace::Prints& prints = side.index.prints();
    const std::uint32_t stales = prints.stales_before(prints.end_index());
    if (stales == 0) return {};
    return fmt::format("Under {} {} of {} prints {} stale.\n", name, stales, prints.size(),
                       stales == 1 ? "is" : "are");
}

}  // namespace

std::string comparison_summary(const Comparison& comparison, std::string_view one, std::string_view other) {
    std::string text = terminal_line(first_difference_sentence(comparison, one, other)) + '\n';
    if (!comparison.differences().empty())
        text +=
            fmt::format("{} of {} prints differ.\n", comparison.differences().size(), comparison.length());
    return text + stale_of(comparison.one(), one) + stale_of(comparison.other(), other);
}

std::string comparison_text(const Comparison& comparison, std::string_view one, std::string_view other,
                            std::size_t width) {
    std::string text;
    Block block(comparison);
    const std::size_t margin = std::max(one.size(), other.size()) + 2;
    for (PrintIndex print; print < comparison.end_index(); ++print) {
        if (block.width() > 0 && margin + block.width() + Block::column(comparison, print) > width) {
            text += block.text(one, other) + '\n';
            block = Block(comparison);
        }
        block.add(print);
    }
    return text + block.text(one, other);
}

int compare_command(const CompareRequest& request) {
    if (!request.other_file.empty()) return compare_files(request);
    std::error_code unknown;
    if (std::filesystem::is_regular_file(request.program, unknown))
        return report(Error{"compare wants a second trace behind the first one"}, misuse);
    const auto setups = setups_of(request);
    if (!setups) return report(setups.error(), misuse);
    const auto size = parse_size(request.size);
    if (!size) return report(size.error(), misuse);
    Outputs outputs;
    outputs.writes("--png", request.png, {".png"});
    if (const auto sound = outputs.check(); !sound) return report(sound.error(), misuse);

    Rerun one(setups->one, max_side_events);
    Rerun other(setups->other, max_side_events);
    one.finish();
    other.finish();
    const Comparison comparison(one.side(), other.side());
    const std::string one_name = name_of(request, setups->one);
    const std::string other_name = name_of_other(request, *setups);
    const int printed = print(comparison_text(comparison, one_name, other_name) + '\n' +
                              comparison_summary(comparison, one_name, other_name));
    if (!request.png) return printed;
    const timeline::ComparisonPicture picture{comparison, setups->one.program->name, one_name, other_name};
    const auto saved = screen::write_picture(*request.png, picture, *size);
    return saved ? printed : report(saved.error(), failure);
}

}  // namespace loopscope::cli
