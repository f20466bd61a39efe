// SPDX-License-Identifier: MIT
// EGL, opened when a picture is drawn without a window, for a program that has to start where there is none:
// the wheel's. Each function is that of libEGL; without the library it fails as one does that has no display.

#define EGL_NO_X11
#include <EGL/egl.h>
#include <dlfcn.h>

namespace {

/// Returns a function of the library; null: there is no such library.
template <class Function>
Function* loaded(const char* name) {
    static void* const library = ::dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
    return library ? reinterpret_cast<Function*>(::dlsym(library, name)) : nullptr;
}

/// Calls a function of the library. Returns what it returns; without the library nothing, zero or null.
template <class Result, class... Parameters, class... Arguments>
Result call(Result (*)(Parameters...), const char* name, Arguments... arguments) {
    auto* const function = loaded<Result(Parameters...)>(name);
    return function ? function(arguments...) : Result();
}

}  // namespace

extern "C" {

const char* eglQueryString(EGLDisplay dpy, EGLint name) {
    return call(eglQueryString, "eglQueryString", dpy, name);
}

__eglMustCastToProperFunctionPointerType eglGetProcAddress(const char* procname) {
    return call(eglGetProcAddress, "eglGetProcAddress", procname);
}

EGLDisplay eglGetDisplay(EGLNativeDisplayType display_id) {
    return call(eglGetDisplay, "eglGetDisplay", display_id);
}

EGLBoolean eglInitialize(EGLDisplay dpy, EGLint* major, EGLint* minor) {
    return call(eglInitialize, "eglInitialize", dpy, major, minor);
}

EGLBoolean eglBindAPI(EGLenum api) {
    return call(eglBindAPI, "eglBindAPI", api);
}

EGLBoolean eglChooseConfig(EGLDisplay dpy, const EGLint* attrib_list, EGLConfig* configs, EGLint config_size,
                           EGLint* num_config) {
    return call(eglChooseConfig, "eglChooseConfig", dpy, attrib_list, configs, config_size, num_config);
}

EGLSurface eglCreatePbufferSurface(EGLDisplay dpy, EGLConfig config, const EGLint* attrib_list) {
    return call(eglCreatePbufferSurface, "eglCreatePbufferSurface", dpy, config, attrib_list);
}

EGLContext eglCreateContext(EGLDisplay dpy, EGLConfig config, EGLContext share_context,
                            const EGLint* attrib_list) {
    return call(eglCreateContext, "eglCreateContext", dpy, config, share_context, attrib_list);
}

EGLBoolean eglMakeCurrent(EGLDisplay dpy, EGLSurface draw, EGLSurface read, EGLContext ctx) {
    return call(eglMakeCurrent, "eglMakeCurrent", dpy, draw, read, ctx);
}

EGLContext eglGetCurrentContext() {
    return call(eglGetCurrentContext, "eglGetCurrentContext");
}

EGLBoolean eglDestroyContext(EGLDisplay dpy, EGLContext ctx) {
    return call(eglDestroyContext, "eglDestroyContext", dpy, ctx);
}

EGLBoolean eglDestroySurface(EGLDisplay dpy, EGLSurface surface) {
    return call(eglDestroySurface, "eglDestroySurface", dpy, surface);
}

}  // extern "C"
