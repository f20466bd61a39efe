// SPDX-License-Identifier: MIT
#include "web/canvas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <GLFW/glfw3.h>  // the names of keys
#include <emscripten/html5.h>

#include "app/panels/command.hpp"
#include "app/panels/input_queue.hpp"
#include "app/platform/key_code.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::web {
namespace {

using platform::Input;

constexpr const char* element = "#canvas";
/// The size for which the panels are laid out at least, in CSS pixels: on a smaller screen all is smaller.
constexpr float least_width = 480;
constexpr float least_height = 400;

double now() {
    return emscripten_get_now() / 1000;
}

std::uint8_t modifiers_of(bool shift, bool control, bool meta) {
    return static_cast<std::uint8_t>((shift ? GLFW_MOD_SHIFT : 0) | (control || meta ? GLFW_MOD_CONTROL : 0));
}

/// Returns whether a key is the browser's: it may be needed to leave the canvas, or means something for every
/// page.
bool is_browsers(int key, std::uint8_t modifiers, bool alt) {
    if (alt || key == GLFW_KEY_TAB || key == GLFW_KEY_F5 || key == GLFW_KEY_F6 || key >= GLFW_KEY_F11) {
        const bool names_key = key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_RIGHT_SUPER;
        return alt || !names_key;
    }
    if ((modifiers & GLFW_MOD_CONTROL) == 0) return false;
    const bool zooms = key == GLFW_KEY_EQUAL || key == GLFW_KEY_MINUS || key == GLFW_KEY_0 ||
                       key == GLFW_KEY_KP_ADD || key == GLFW_KEY_KP_SUBTRACT || key == GLFW_KEY_KP_0;
    if (zooms || key == GLFW_KEY_V) return true;  // what is pasted comes as text
    const bool edits =
        key == GLFW_KEY_A || key == GLFW_KEY_C || key == GLFW_KEY_X || key == GLFW_KEY_Z || key == GLFW_KEY_Y;
    if (edits && panels::InputQueue::is_text_wanted()) return false;
    return panels::find_command(key, modifiers) == nullptr;
}

}  // namespace

/// What the browser calls.
struct Listeners {
    static Canvas& canvas_of(void* user) { return *static_cast<Canvas*>(user); }

    static EM_BOOL on_key(int type, const EmscriptenKeyboardEvent* event, void* user) {
        Canvas& canvas = canvas_of(user);
        const int key = platform::key_of_code(event->code);
        const std::uint8_t modifiers =
            modifiers_of(event->shiftKey != 0, event->ctrlKey != 0, event->metaKey != 0);
        const bool down = type == EMSCRIPTEN_EVENT_KEYDOWN;
        if (down && is_browsers(key, modifiers, event->altKey != 0)) return EM_FALSE;
        std::erase(canvas.down_, key);
        if (down) canvas.down_.push_back(key);
        // Keys of a screen's keyboard have no place, and are told by what they type: 0.
        canvas.add({.kind = Input::Kind::key,
                    .code = static_cast<std::uint32_t>(key),
                    .modifiers = modifiers,
                    .down = down,
                    .repeats = event->repeat != 0});
        // A key that types something has that for a name: "a", "É"; others have words.
        if (down && (modifiers & GLFW_MOD_CONTROL) == 0) {
            const std::string_view name = event->key;
            const bool is_text =
                !name.empty() && (name.size() == 1 || static_cast<unsigned char>(name.front()) >= 0x80);
            if (is_text) canvas.type(name);
        }
        return EM_TRUE;
    }

    static EM_BOOL on_mouse(int type, const EmscriptenMouseEvent* event, void* user) {
        Canvas& canvas = canvas_of(user);
        canvas.add({.kind = Input::Kind::cursor,
                    .x = static_cast<double>(event->targetX),
                    .y = static_cast<double>(event->targetY)});
        if (type == EMSCRIPTEN_EVENT_MOUSEMOVE) return EM_FALSE;
        constexpr std::array<std::uint32_t, 3> buttons{0, 2, 1};  // a browser's second is the middle one
        if (event->button < buttons.size())
            canvas.add({.kind = Input::Kind::button,
                        .code = buttons[event->button],
                        .down = type == EMSCRIPTEN_EVENT_MOUSEDOWN});
        return EM_FALSE;  // so that a click moves the focus here
    }

    static EM_BOOL on_wheel(int, const EmscriptenWheelEvent* event, void* user) {
        // A turn is a hundred pixels or three lines. Browsers turn a wheel sideways while Shift is held.
        const double turn = event->deltaMode == DOM_DELTA_PIXEL  ? 100
                            : event->deltaMode == DOM_DELTA_LINE ? 3
                                                                 : 1;
        double x = -event->deltaX / turn;
        double y = -event->deltaY / turn;
        if (event->mouse.shiftKey != 0 && y == 0) std::swap(x, y);
        canvas_of(user).add({.kind = Input::Kind::wheel, .x = x, .y = y});
        return EM_TRUE;
    }

    static EM_BOOL on_touch(int type, const EmscriptenTouchEvent* event, void* user) {
        Canvas& canvas = canvas_of(user);
        const bool ends = type == EMSCRIPTEN_EVENT_TOUCHEND || type == EMSCRIPTEN_EVENT_TOUCHCANCEL;
        std::vector<platform::Finger> fingers;
        for (int each = 0; each < event->numTouches; ++each) {
            const EmscriptenTouchPoint& point = event->touches[each];
            if (!ends || point.isChanged == 0)
                fingers.push_back({static_cast<int>(point.identifier), static_cast<double>(point.targetX),
                                   static_cast<double>(point.targetY)});
        }
        std::vector<Input> inputs;
        if (type == EMSCRIPTEN_EVENT_TOUCHCANCEL)
            canvas.touch_.cancel(now(), inputs);
        else
            canvas.touch_.take(fingers, now(), inputs);
        for (const Input& each : inputs) canvas.add(each);
        return EM_TRUE;
    }

    static EM_BOOL on_focus(int type, const EmscriptenFocusEvent*, void* user) {
        Canvas& canvas = canvas_of(user);
        const bool has = type == EMSCRIPTEN_EVENT_FOCUS;
        if (!has) canvas.release_keys();
        canvas.add({.kind = Input::Kind::focus, .down = has});
        return EM_FALSE;
    }
};

Result<std::unique_ptr<Canvas>> Canvas::create(std::function<void()> woken) {
    EmscriptenWebGLContextAttributes attributes;
    emscripten_webgl_init_context_attributes(&attributes);
    attributes.majorVersion = 2;
    attributes.alpha = attributes.depth = attributes.stencil = EM_FALSE;
    attributes.antialias =
        EM_FALSE;  // frames are copied here, which is an error where there are several samples
    const auto context = emscripten_webgl_create_context(element, &attributes);
    if (context <= 0 || emscripten_webgl_make_context_current(context) != EMSCRIPTEN_RESULT_SUCCESS)
        return fail(
            "This browser offers no WebGL 2, with which Loopscope draws: allow hardware or software drawing "
            "in its settings, or take "
            "another one (Chrome, Edge or Firefox, or Safari from version 15.2 on)",
            Error::Code::unsupported);
    std::unique_ptr<Canvas> canvas(new Canvas(std::move(woken)));
    canvas->listen();
    return canvas;
}

void Canvas::listen() {
    for (const auto set :
         {emscripten_set_keydown_callback_on_thread, emscripten_set_keyup_callback_on_thread})
        set(element, this, EM_TRUE, Listeners::on_key, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
    for (const auto set :
         {emscripten_set_mousedown_callback_on_thread, emscripten_set_mouseup_callback_on_thread,
          emscripten_set_mousemove_callback_on_thread})
        set(element, this, EM_TRUE, Listeners::on_mouse, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
    emscripten_set_wheel_callback(element, this, EM_TRUE, Listeners::on_wheel);
    for (const auto set :
         {emscripten_set_touchstart_callback_on_thread, emscripten_set_touchmove_callback_on_thread,
          emscripten_set_touchend_callback_on_thread, emscripten_set_touchcancel_callback_on_thread})
        set(element, this, EM_TRUE, Listeners::on_touch, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
    for (const auto set : {emscripten_set_focus_callback_on_thread, emscripten_set_blur_callback_on_thread})
        set(element, this, EM_TRUE, Listeners::on_focus, EM_CALLBACK_THREAD_CONTEXT_CALLING_THREAD);
}

bool Canvas::fit() {
    double width = 0;
    double height = 0;
    emscripten_get_element_css_size(element, &width, &height);
    ratio_ = emscripten_get_device_pixel_ratio();
    css_size_ = {static_cast<int>(width), static_cast<int>(height)};
    const gl::Size framebuffer{static_cast<int>(std::lround(width * ratio_)),
                               static_cast<int>(std::lround(height * ratio_))};
    if (framebuffer == framebuffer_) return false;
    framebuffer_ = framebuffer;
    emscripten_set_canvas_element_size(element, framebuffer.width, framebuffer.height);
    return true;
}

float Canvas::content_scale() const {
    const float room = std::min({static_cast<float>(css_size_.width) / least_width,
                                 static_cast<float>(css_size_.height) / least_height, 1.0F});
    return static_cast<float>(ratio_) * room;
}

platform::Inputs Canvas::take_inputs() {
    return std::exchange(inputs_, {});
}

void Canvas::add(Input input) {
    input.time = now();
    if (input.kind == Input::Kind::cursor) {
        input.x *= ratio_;
        input.y *= ratio_;
    }
    inputs_.any = true;
    inputs_.events.push_back(input);
    woken_();
}

void Canvas::type(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const Utf8Character character = first_character(text.substr(at));
        at += character.size;
        add({.kind = Input::Kind::character, .code = static_cast<std::uint32_t>(character.code)});
    }
}

void Canvas::release_keys() {
    for (const int key : std::exchange(down_, {})) {
        if (key != 0) add({.kind = Input::Kind::key, .code = static_cast<std::uint32_t>(key)});
    }
}

}  // namespace loopscope::web
