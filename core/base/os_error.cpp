// SPDX-License-Identifier: MIT
#include "core/base/os_error.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace loopscope {
namespace {

using Code = Error::Code;

std::string words_of_system(int error_number) {
    return std::generic_category().message(error_number);
}

}  // namespace

Error read_reason(int error_number) {
    switch (error_number) {
        case ENOENT: return {"there is no such file; check its name and folder", Code::not_found};
        case ENOTDIR: return {"its folder is a file; check the path", Code::not_found};
        case ENAMETOOLONG: return {"its name is too long; choose a shorter one", Code::invalid_argument};
        case ELOOP: return {"its links lead in a circle; name the file itself", Code::invalid_argument};
        case EISDIR: return {"it is a folder; name a file in it", Code::invalid_argument};
        case EACCES:
        case EPERM: return {"you may not read it; ask its owner for a copy", Code::no_permission};
        case EMFILE:
        case ENFILE: return {"too many files are open; close other programs", Code::too_large};
        case ENOMEM: return {"there is not enough memory; close other programs", Code::out_of_memory};
        case EIO: return {"the disk or the network fails; try a copy of the file", Code::io};
        default: return {words_of_system(error_number) + "; try a copy of the file", Code::io};
    }
}

Error write_reason(int error_number, const std::filesystem::path& folder) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT: return {"the disk is full; free some space or save somewhere else", Code::no_space};
        case EFBIG:
            return {"the file would be larger than this system allows; save less or save somewhere else",
                    Code::too_large};
        case ENOENT:
            return {"the folder " + folder.string() + " does not exist; create it or choose another one",
                    Code::not_found};
        case ENOTDIR:
            return {folder.string() + " is not a folder; choose another one", Code::invalid_argument};
        case ENAMETOOLONG: return {"its name is too long; choose a shorter one", Code::invalid_argument};
        case EACCES:
        case EPERM:
        case EROFS:
            return {"you may not write there; choose another folder or file name", Code::no_permission};
        case EPIPE: return {"nobody reads from it any more; save to a file", Code::io};
        default: return {words_of_system(error_number) + "; try another folder", Code::io};
    }
}

tl::unexpected<Error> fail(std::string what, const Error& reason) {
    return fail(std::move(what) + ": " + reason.message, reason.code);
}

}  // namespace loopscope
