#pragma once

namespace loopscope::cli {

/// Lists what keys and mouse do in the window; as `markdown`, the page docs/keys.md. Gives the exit code.
int keys_command(bool markdown);

}  // namespace loopscope::cli
