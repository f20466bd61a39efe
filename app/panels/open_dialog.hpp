// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/panels/ui.hpp"
#include "core/feed/folder_listing.hpp"

namespace loopscope::panels {

/// The dialog in which the user looks for a trace to open: the folders and files of a folder, or the files
/// that were opened last. Typed letters filter, Enter opens, Backspace goes up, Escape closes; the mouse
/// selects, and opens with a double click. The folder is read on a thread. Used from the main thread.
class OpenDialog {
  public:
    /// Opens the dialog on a folder. `recent` are the files of the other list.
    void open(const std::filesystem::path& folder, std::vector<std::filesystem::path> recent);
    /// Opens the dialog on the files that were opened last.
    void open_recent(const std::filesystem::path& folder, std::vector<std::filesystem::path> recent);
    void close() { closing_ = true; }
    [[nodiscard]] bool is_open() const { return open_; }
    /// Returns whether the dialog is going to open in the next update().
    [[nodiscard]] bool is_opening() const { return opening_; }
    /// Returns and forgets whether a double click has chosen something.
    [[nodiscard]] bool take_double_click() { return std::exchange(double_clicked_, false); }
    /// Returns whether a folder is still being read or looked into.
    [[nodiscard]] bool moving() const { return open_ && (next_ || (listing_ && !listing_over_)); }
    /// Draws the dialog while it is open. Returns the file that the user chose.
    std::optional<std::filesystem::path> update(const Ui& ui);

    /// Returns what stands in the field for the filter, and the sentence that is shown below; for tests.
    [[nodiscard]] std::string_view filter() const { return filter_.data(); }
    [[nodiscard]] const std::string& sentence() const { return sentence_; }

  private:
    void show_folder(const std::filesystem::path& folder);
    void show_recent();
    void go_up();
    void take_listing();
    /// Returns the entries that the filter leaves, as their indices.
    [[nodiscard]] std::vector<std::size_t> fitting() const;
    void content(const Ui& ui);
    void head(const Ui& ui);
    void take_keys(const std::vector<std::size_t>& rows);
    void list(const Ui& ui, const std::vector<std::size_t>& rows, float height);
    void row(const Ui& ui, std::size_t entry, bool lit, float width);
    void choose(std::size_t entry);
    /// Takes a path that was typed instead of a filter.
    void choose_typed();
    void choose(const std::filesystem::path& path, bool is_folder, bool is_trace);

    std::unique_ptr<feed::FolderListing> listing_;
    std::unique_ptr<feed::FolderListing> next_;  // of the folder that is to be shown, once it can be
    bool listing_over_ = false;
    bool is_recent_ = false;
    bool next_is_recent_ = false;
    std::filesystem::path folder_;
    std::vector<std::filesystem::path> recent_;
    std::array<char, 256> filter_{};
    int lists_ = 0;          // how many were shown; each has a field of its own
    std::string came_from_;  // the folder below, which is lit after going up
    std::size_t lit_ = 0;
    bool scroll_to_lit_ = false;
    std::string sentence_;
    std::optional<std::filesystem::path> chosen_;
    bool double_clicked_ = false;
    bool open_ = false;
    bool opening_ = false;
    bool closing_ = false;
    bool focus_ = false;
};

}  // namespace loopscope::panels
