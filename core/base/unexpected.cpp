// SPDX-License-Identifier: MIT
#include "core/base/unexpected.hpp"

#include <new>
#include <system_error>

#include "core/base/exceptions.hpp"

namespace loopscope {

Error unexpected_error(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const std::bad_alloc&) {
        return {"there is not enough memory for this; end other programs, or ask for less",
                Error::Code::out_of_memory};
    } catch (const std::system_error& failed) {
        if (failed.code() == std::errc::resource_unavailable_try_again)
            return {
                "no thread could be started: there are too many, or no memory for one; end other programs, "
                "or raise the limits (ulimit -u, ulimit -v)"};
        return {std::string("something unexpected went wrong: ") + failed.what()};
    } catch (...) {
        return {"something unexpected went wrong: " + exception_text(error)};
    }
}

}  // namespace loopscope
