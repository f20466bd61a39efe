// SPDX-License-Identifier: MIT
// A band of app/timeline/draw_list.hpp: a row of columns. What each of its pixels mixes stands in a texture.

uniform vec4 viewport;  // size of the framebuffer, origin of the list

layout(location = 0) in vec4 rect;    // x, y, width, height
layout(location = 1) in ivec2 range;  // where in the texture its first pixel is, and the x of that one
layout(location = 2) in vec4 shape;   // height of a leak's or stale print's stroke, where it stands back from, clip
layout(location = 3) in vec4 leak;

flat out vec4 box;
flat out ivec2 pixels;
flat out vec2 ends;  // height of a leak's or stale print's stroke, where it stands back from
flat out vec4 leak_color;

void main() {
    box = rect;
    pixels = range;
    ends = shape.xy;
    leak_color = leak;
    vec2 from = vec2(max(rect.x, shape.z), rect.y);
    vec2 to = vec2(min(rect.x + rect.z, shape.w), rect.y + rect.w);
    vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
    vec2 position = mix(from, max(to, from), corner) + viewport.zw;
    gl_Position = vec4((position / viewport.xy * 2.0 - 1.0) * vec2(1.0, -1.0), 0.0, 1.0);
}
