#pragma once

#include <array>
#include <optional>

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// All commands by name: type a part of it, Enter does the one that is lit.
class Palette {
  public:
    void open() { open_ = opening_ = true; }
    [[nodiscard]] bool is_open() const { return open_; }
    /// Shows it while it is open. Gives the command that the user chose.
    std::optional<Action> update(const Ui& ui);

  private:
    std::optional<Action> list(const Ui& ui);

    std::array<char, 64> query_{};
    std::size_t lit_ = 0;
    bool open_ = false;
    bool opening_ = false;
};

/// Whether the letters of `query` stand in `name` in this order; case does not matter.
bool fits_query(std::string_view name, std::string_view query);

}  // namespace loopscope::panels
