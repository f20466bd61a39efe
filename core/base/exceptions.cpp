// SPDX-License-Identifier: MIT
#include "core/base/exceptions.hpp"

#include <new>

namespace loopscope {

std::string_view exception_name(const std::exception_ptr& error) {
    if (!error) return {};
    try {
        std::rethrow_exception(error);
    } catch (const BaseException& known) {
        return known.name();
    } catch (const std::bad_alloc&) {
        return "MemoryError";
    } catch (...) {
        return "Exception";
    }
}

std::string exception_text(const std::exception_ptr& error) {
    std::string text(exception_name(error));
    if (!error) return text;
    try {
        std::rethrow_exception(error);
    } catch (const std::bad_alloc&) {
        return text;
    } catch (const std::exception& known) {
        const std::string_view said = known.what();
        return said.empty() ? text : text.append(": ").append(said);
    } catch (...) {
        return text;
    }
}

bool is_exception(const std::exception_ptr& error) {
    if (!error) return false;
    try {
        std::rethrow_exception(error);
    } catch (const Exception&) {
        return true;
    } catch (const BaseException&) {
        return false;
    } catch (...) {
        return true;
    }
}

const CancelledError* as_cancelled_error(const std::exception_ptr& error) {
    if (!error) return nullptr;
    try {
        std::rethrow_exception(error);
    } catch (const CancelledError& known) {
        return &known;
    } catch (...) {
        return nullptr;
    }
}

std::exception_ptr cancellation(std::string_view message) {
    return message.empty() ? nullptr : std::make_exception_ptr(CancelledError(std::string(message)));
}

}  // namespace loopscope
