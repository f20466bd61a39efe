#pragma once

#include <array>
#include <optional>
#include <string>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// A line of text at the top of the timeline: what to search for, which lanes to show, what to write at a
/// mark, or what a file is to be called.
class TextBar {
  public:
    enum class Purpose : std::uint8_t { search, filter, mark, save };
    struct Search {
        std::string text;
        session::Direction direction = session::Direction::forward;
    };
    /// What the user asked for.
    struct Wish {
        std::optional<Search> search;
        std::optional<std::string> filter;
        std::optional<std::string> mark;
        std::optional<std::string> save;

        [[nodiscard]] bool any() const { return search || filter || mark || save; }
    };

    void open(Purpose purpose);
    /// The same, with a text to begin with.
    void open(Purpose purpose, std::string_view text);
    /// Closes it if it is open for that.
    void close(Purpose purpose) { open_ = open_ && purpose_ != purpose; }
    /// Whether it has just been opened, and its field has not got the keys yet.
    [[nodiscard]] bool takes_focus() const { return frames_to_focus_ > 0; }
    /// Shows it while it is open, at the upper edge of a rectangle.
    Wish update(const Ui& ui, timeline::Rect rect);

  private:
    void take_entered(Wish& wish);

    std::array<char, 256> text_{};
    Purpose purpose_ = Purpose::search;
    bool open_ = false;
    bool focus_ = false;
    int frames_to_focus_ = 0;
};

}  // namespace loopscope::panels
