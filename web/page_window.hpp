// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/screen/screen.hpp"
#include "app/screen/turns.hpp"
#include "web/canvas.hpp"
#include "web/python_run.hpp"

namespace loopscope::web {

/// The window in the page and what it shows: draws a frame where something has happened, and does what a
/// desktop would. Frames come from the browser, one at a time.
class PageWindow {
  public:
    /// Makes the window; its first frame comes with the first wake().
    PageWindow(std::unique_ptr<Canvas> canvas, std::unique_ptr<screen::Screen> screen);

    [[nodiscard]] Canvas& canvas() { return *canvas_; }
    [[nodiscard]] panels::Workspace& workspace() { return screen_->workspace(); }

    /// Has a frame be drawn soon.
    void wake();
    /// Returns whether no frame is to come.
    [[nodiscard]] bool rests() const { return !awaits_; }
    /// Returns how many frames were drawn.
    [[nodiscard]] int frames() const { return frames_; }
    /// Opens a file of the page's.
    void open(const std::filesystem::path& file);
    /// Has the program in the editor run, and shows its trace once it has ended, with the cursor at an event;
    /// none: at its start.
    void run(const std::string& name, std::vector<CountedSwitch> switches, std::optional<EventIndex> cursor);
    /// Saves the run, and hands it over to the user.
    void download();
    /// Draws the picture once more, for whoever takes it before the browser shows it.
    void draw_anew();

  private:
    void turn();
    void draw(platform::Inputs inputs, double passed);
    void go_on_with_run();
    void serve();
    void tell();

    std::unique_ptr<Canvas> canvas_;
    std::unique_ptr<screen::Screen> screen_;
    screen::Turns turns_;
    bool awaits_ = false;  // whether the browser was asked for a frame
    bool begun_ = false;
    int frames_ = 0;
    std::string told_;
    std::unique_ptr<PythonRun> python_;  // under way; null: none is
    std::optional<EventIndex> cursor_of_run_;
};

}  // namespace loopscope::web
