#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace loopscope::lesson {

/// A text that comes with the program, or a file of the user's, which may be edited while it is open.
class Document {
  public:
    /// Gives the bytes of an embedded file, or an empty view.
    using Embedded = std::string_view (*)(std::string_view name);

    /// `what` is the name of an embedded `.md` file without its ending, or a path.
    static Result<Document> open(std::string_view what, Embedded embedded);

    /// What error messages call it.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    /// Reads the file again if it has been written since. Gives whether there is another text.
    bool poll();

  private:
    using Time = std::optional<std::filesystem::file_time_type>;

    [[nodiscard]] Time written_at() const;
    [[nodiscard]] Result<std::string> read() const;

    std::string name_;
    std::filesystem::path path_;  // empty: embedded
    Time read_at_;
    std::string text_;
};

}  // namespace loopscope::lesson
