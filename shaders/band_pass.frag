// SPDX-License-Identifier: MIT
uniform vec4 viewport;  // size of the framebuffer, origin of the list
uniform sampler2D columns;

flat in vec4 box;      // x, y, width, height
flat in ivec2 pixels;  // where in the texture its first pixel is, and the x of that one
flat in vec2 ends;
flat in vec4 leak_color;

out vec4 color;

// Of the pixels at an x the texel `part`: 0 is the steps', premultiplied, 1 the prints'.
vec4 texel(float x, int part) {
    int place = 2 * (pixels.x + int(floor(x)) - pixels.y) + part;
    return texelFetch(columns, ivec2(place & 1023, place >> 10), 0);
}

// How much of a pixel's row lies within `half_height` of the middle.
float covered(float from_middle, float half_height) {
    return clamp(half_height - abs(from_middle) + 0.5, 0.0, 1.0);
}

void main() {
    vec2 place = vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) - viewport.zw;
    vec4 steps = texel(place.x, 0);
    vec4 prints = texel(place.x, 1);
    int alpha = int(prints.a * 255.0 + 0.5);
    bool leaks = (alpha & 128) != 0;
    bool stale = (alpha & 64) != 0;
    float dense = float(alpha & 63) / 63.0;

    // The steps' block, as high as the lane's; in it the prints, the higher the denser; below both, with a gap, the leak's stroke; a stale
    // print's takes the place of their top, with a gap as well.
    float block = box.w - ends.x - 1.0;
    float from_middle = place.y - box.y - 0.5 * block;
    color = steps * 0.62 * covered(from_middle, 0.5 * block);
    if (dense > 0.0) {
        float inside = covered(from_middle, 0.5 * block * mix(0.3, 0.94, dense));
        color = mix(color, vec4(prints.rgb, 1.0), inside);
    }
    vec4 stroke = vec4(leak_color.rgb, 1.0) * leak_color.a;
    if (leaks && place.y > box.y + block + 1.0) color = stroke;
    if (stale && place.y < box.y + ends.x + 1.0) color = place.y < box.y + ends.x ? stroke : vec4(0.0);
    if (place.x > ends.y) color *= 0.24;
}
