// SPDX-License-Identifier: MIT
#pragma once

namespace loopscope::cli {

/// Prints what keys and mouse do in the window; with `markdown`, as the page docs/keys.md. Returns the exit
/// code.
int keys_command(bool markdown);

}  // namespace loopscope::cli
