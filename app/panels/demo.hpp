// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "app/panels/command.hpp"
#include "core/feed/feed.hpp"

namespace loopscope::panels {

/// A show that a teacher has prepared: steps, each with a caption and a list of commands and waits.
struct Demo {
    /// A time to wait before the next item, in seconds. What plays goes on meanwhile.
    using Wait = double;

    /// A step of the show.
    struct Step {
        std::string heading;
        std::string caption;
        std::vector<std::variant<Action, Wait>> items;
    };

    std::string file;  ///< its name, and its text
    std::string text;
    std::string title;
    feed::Setup setup;
    std::vector<Step> steps;

    /// Reads a demo from the text of a file. The error names the file and the line, and says what to write
    /// instead.
    static Result<Demo> parse(std::string_view file, std::string_view text);
    /// Returns the text of the demo that comes with the program under this name; empty for any other name.
    static std::string_view embedded(std::string_view file);
    /// Returns the sum of all waits, in seconds.
    [[nodiscard]] double length() const;
};

/// A demo that is being shown, step by step. Returns commands; whoever shows the demo carries them out.
class DemoRun {
  public:
    explicit DemoRun(Demo demo) : demo_(std::move(demo)) {}

    /// Begins the next step. Returns the commands to carry out now: those that the present step still has,
    /// without its waits, and the first ones of the next step.
    std::vector<Action> next();
    /// Advances the step by `passed` seconds. Returns the commands to carry out now.
    std::vector<Action> tick(double passed);

    /// Returns whether a step is under way.
    [[nodiscard]] bool running() const { return !left_.empty(); }
    /// Returns whether the last step is done.
    [[nodiscard]] bool at_end() const { return index_ == demo_.steps.size() && !running(); }
    /// Returns how many steps have begun.
    [[nodiscard]] std::size_t index() const { return index_; }
    [[nodiscard]] const Demo& demo() const { return demo_; }
    /// Returns the heading of the present step; the demo's title before the first one.
    [[nodiscard]] std::string_view heading() const;
    /// Returns the caption of the present step; empty before the first one.
    [[nodiscard]] std::string_view caption() const;

  private:
    /// Removes and returns the commands up to the next wait.
    std::vector<Action> take();

    Demo demo_;
    std::size_t index_ = 0;
    std::deque<std::variant<Action, Demo::Wait>> left_;  // items of the present step that are left
};

}  // namespace loopscope::panels
