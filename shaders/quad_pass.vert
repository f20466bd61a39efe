// SPDX-License-Identifier: MIT
// A quad of app/timeline/draw_list.hpp, drawn on all pixels that it touches.

uniform vec4 viewport;  // size of the framebuffer, origin of the list

layout(location = 0) in vec4 rect;   // x, y, width, height
layout(location = 1) in vec3 shape;  // radius, border, notch
layout(location = 2) in vec4 fill;
layout(location = 3) in vec4 edge;

flat out vec4 box;  // left, top, right, bottom
flat out vec3 outline;
flat out vec4 fill_color;
flat out vec4 edge_color;

void main() {
    box = vec4(rect.xy, rect.xy + rect.zw);
    outline = vec3(clamp(shape.x, 0.0, 0.5 * min(rect.z, rect.w)), shape.yz);
    fill_color = fill;
    edge_color = edge;
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 position = mix(floor(box.xy), ceil(box.zw), corner) + viewport.zw;
    gl_Position = vec4((position / viewport.xy * 2.0 - 1.0) * vec2(1.0, -1.0), 0.0, 1.0);
}
