// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <string>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// A field for a line of text at the top of the timeline: a text to search for, a filter for lanes, the text
/// of a mark, or the name of a file to save or to export.
class TextBar {
  public:
    /// What the text is for.
    enum class Purpose : std::uint8_t { search, filter, mark, save, export_ };
    /// A text to search for, and the direction.
    struct Search {
        std::string text;
        session::Direction direction = session::Direction::forward;
    };
    /// The requests of the user in one frame.
    struct Response {
        std::optional<Search> search;
        std::optional<std::string> filter;
        std::optional<std::string> mark;
        std::optional<std::string> save;
        std::optional<std::string> to_export;

        [[nodiscard]] bool any() const { return search || filter || mark || save || to_export; }
    };

    /// Opens the field. Text that was entered for the same purpose before is still in it, except for a mark.
    void open(Purpose purpose);
    /// Opens the field with a text in it.
    void open(Purpose purpose, std::string_view text);
    /// Closes the field if it is open for this purpose.
    void close(Purpose purpose) { open_ = open_ && purpose_ != purpose; }
    void close() { open_ = false; }
    [[nodiscard]] bool is_open() const { return open_; }
    /// Returns whether the field is open for this purpose.
    [[nodiscard]] bool is_open(Purpose purpose) const { return open_ && purpose_ == purpose; }
    /// Returns whether the field has just been opened and does not get typed characters yet.
    [[nodiscard]] bool takes_focus() const { return frames_to_focus_ > 0; }
    /// Returns whether the field is open for a search.
    [[nodiscard]] bool searches() const { return open_ && purpose_ == Purpose::search; }
    /// Returns the text that is searched for, or was last.
    [[nodiscard]] const std::string& search_text() const { return search_text_; }
    /// Draws the field while it is open, at the upper edge of a rectangle; beside a text to search for stands
    /// `place`, which says where one is among all that was found. Returns what the user asked for.
    Response update(const Ui& ui, timeline::Rect rect, std::string_view place);

  private:
    void write(std::string_view text);
    void take_entered(Response& response);
    /// Draws the line with the field. Returns whether Enter was pressed in it.
    bool field(const Ui& ui, std::string_view place, Response& response);
    /// Draws what stands at the right of a text to search for: where one is, and buttons.
    void found(const Ui& ui, std::string_view place, Response& response);

    std::array<char, 4096> text_{};  // as long as a path may be
    std::string search_text_;
    Purpose purpose_ = Purpose::search;
    bool open_ = false;
    bool focus_ = false;
    bool has_focus_ = false;  // whether typed characters go into the field
    int frames_to_focus_ = 0;
};

}  // namespace loopscope::panels
