#pragma once

#include <deque>
#include <string>
#include <variant>
#include <vector>

#include "app/panels/command.hpp"
#include "app/session/engine.hpp"

namespace loopscope::panels {

/// A show that a teacher has prepared: steps, each with a caption and with commands of the one table.
struct Demo {
    /// Seconds in which what plays goes on.
    using Wait = double;

    struct Step {
        std::string heading;
        std::string caption;
        std::vector<std::variant<Action, Wait>> items;
    };

    std::string title;
    session::Setup setup;
    std::vector<Step> steps;

    /// The error names the file and the line, and says what to write instead.
    static Result<Demo> parse(std::string_view file, std::string_view text);
    /// The one that comes with the program: the story of the post. Empty for any other name.
    static std::string_view embedded(std::string_view file);
    /// How long all of its waits take together, in seconds.
    [[nodiscard]] double length() const;
};

/// A demo that is shown, step by step.
class DemoRun {
  public:
    explicit DemoRun(Demo demo) : demo_(std::move(demo)) {}

    /// Begins the next step; what is left of the present one is done at once. Gives what is to be done now.
    std::vector<Action> next();
    /// Gives what is to be done after so many more seconds.
    std::vector<Action> tick(double passed);

    /// Whether a step is under way.
    [[nodiscard]] bool running() const { return !left_.empty(); }
    [[nodiscard]] bool at_end() const { return place_ == demo_.steps.size() && !running(); }
    /// How many steps have begun.
    [[nodiscard]] std::size_t place() const { return place_; }
    [[nodiscard]] const Demo& demo() const { return demo_; }
    /// What is said now.
    [[nodiscard]] std::string_view heading() const;
    [[nodiscard]] std::string_view caption() const;

  private:
    /// Does what needs no waiting.
    std::vector<Action> take();

    Demo demo_;
    std::size_t place_ = 0;
    std::deque<std::variant<Action, Demo::Wait>> left_;  // of the step
};

}  // namespace loopscope::panels
