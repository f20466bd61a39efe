#version 330 core

uniform vec4 viewport;  // size of the framebuffer, origin of the list
uniform sampler2D columns;

flat in vec4 box;  // x, y, width, height
flat in ivec2 texels;
flat in vec2 ends;
flat in vec4 leak_color;

out vec4 color;

// Of column `at` the texel `part`: 0 is the steps', 1 the prints'.
vec4 texel(int at, int part) {
    int place = 2 * (texels.x + at) + part;
    return texelFetch(columns, ivec2(place & 1023, place >> 10), 0);
}

// How much of a pixel's row lies within `half_height` of the middle.
float covered(float from_middle, float half_height) {
    return clamp(half_height - abs(from_middle) + 0.5, 0.0, 1.0);
}

void main() {
    vec2 place = vec2(gl_FragCoord.x, viewport.y - gl_FragCoord.y) - viewport.zw;
    float scale = float(texels.y) / box.z;  // columns a pixel
    float from = (place.x - 0.5 - box.x) * scale;
    float to = from + scale;
    vec4 steps = vec4(0.0);
    vec4 prints = vec4(0.0);
    bool leaks = false;
    int last = min(int(floor(to)), texels.y - 1);
    for (int at = max(int(floor(from)), 0); at <= last; ++at) {
        float share = (min(to, float(at) + 1.0) - max(from, float(at))) / scale;
        if (share <= 0.0) continue;
        vec4 fill = texel(at, 0);
        vec4 mark = texel(at, 1);
        bool leaking = mark.a > 0.5;
        float dense = (mark.a * 255.0 - (leaking ? 128.0 : 0.0)) / 127.0;
        steps += share * vec4(fill.rgb, 1.0) * fill.a;
        prints += share * vec4(mark.rgb, 1.0) * dense;
        leaks = leaks || leaking;
    }

    // The steps' block, as high as the lane's; in it the prints, the higher the denser; below both, with a gap, the leak's stroke.
    float block = box.w - ends.x - 1.0;
    float from_middle = place.y - box.y - 0.5 * block;
    color = steps * 0.62 * covered(from_middle, 0.5 * block);
    if (prints.a > 0.0) {
        float inside = covered(from_middle, 0.5 * block * mix(0.3, 0.94, min(prints.a, 1.0)));
        color = mix(color, vec4(prints.rgb / prints.a, 1.0), inside);
    }
    if (leaks && place.y > box.y + block + 1.0) color = vec4(leak_color.rgb, 1.0) * leak_color.a;
    if (place.x > ends.y) color *= 0.24;
}
