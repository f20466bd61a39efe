#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// The files that a command is asked to read and to write. Looked at before it does anything, so that no file
/// is lost to a slip: to one name given twice, be it in other words or through a link, or to the name of
/// another kind of file.
class Outputs {
  public:
    /// A file that is read.
    void reads(std::string path) { inputs_.push_back(std::move(path)); }
    /// A file that is written, if there is one. `option` is what the user writes before it; the name has to
    /// end in one of `endings`, if there are any.
    void writes(std::string_view option, const std::optional<std::string>& path,
                std::initializer_list<std::string_view> endings);

    /// Says what is wrong with the first of them that cannot be meant. A device or a pipe may have any name.
    [[nodiscard]] Result<void> check() const;

  private:
    struct Output {
        std::string option;
        std::string path;
        std::vector<std::string_view> endings;
    };
    /// The reason why not, as the rest of a sentence; empty: there is none.
    [[nodiscard]] static std::string wrong_name(const Output& output);
    /// The same for what the file is, beside the outputs before it.
    [[nodiscard]] std::string wrong_file(std::size_t place) const;

    std::vector<std::string> inputs_;
    std::vector<Output> outputs_;
};

}  // namespace loopscope::cli
