// SPDX-License-Identifier: MIT
'use strict';
// A browser answers a question about OpenGL's state only once its graphics process has done all that it was asked to, which takes
// longer than to draw. So what was set is remembered here, and whoever asks is answered from that.
function rememberState(gl) {
    const said = new Map();
    const on = new Map([[gl.DITHER, true]]);
    const first = name => gl.__proto__[name];
    const set = (name, remember) => {
        const original = first(name);
        gl[name] = function (...values) { remember(...values); return original.apply(gl, values); };
    };
    const box = (x, y, width, height) => new Int32Array([x, y, width, height]);
    let unit = gl.TEXTURE0;
    const textures = new Map();
    const samplers = new Map();
    const elements = new Map();
    let array = null;

    set('enable', what => on.set(what, true));
    set('disable', what => on.set(what, false));
    set('viewport', (...at) => said.set(gl.VIEWPORT, box(...at)));
    set('scissor', (...at) => said.set(gl.SCISSOR_BOX, box(...at)));
    set('useProgram', program => said.set(gl.CURRENT_PROGRAM, program));
    set('activeTexture', which => { unit = which; });
    set('bindTexture', (target, texture) => { if (target === gl.TEXTURE_2D) textures.set(unit, texture); });
    set('bindSampler', (which, sampler) => samplers.set(gl.TEXTURE0 + which, sampler));
    set('bindVertexArray', which => { array = which; });
    set('bindBuffer', (target, buffer) => {
        if (target === gl.ARRAY_BUFFER) said.set(gl.ARRAY_BUFFER_BINDING, buffer);
        if (target === gl.ELEMENT_ARRAY_BUFFER) elements.set(array, buffer);
    });
    set('bindFramebuffer', (target, framebuffer) => {
        if (target !== gl.READ_FRAMEBUFFER) said.set(gl.DRAW_FRAMEBUFFER_BINDING, framebuffer);
        if (target !== gl.DRAW_FRAMEBUFFER) said.set(gl.READ_FRAMEBUFFER_BINDING, framebuffer);
    });
    const blend = (source, target, sourceAlpha, targetAlpha) => {
        said.set(gl.BLEND_SRC_RGB, source).set(gl.BLEND_DST_RGB, target).set(gl.BLEND_SRC_ALPHA, sourceAlpha).set(gl.BLEND_DST_ALPHA, targetAlpha);
    };
    set('blendFunc', (source, target) => blend(source, target, source, target));
    set('blendFuncSeparate', blend);
    const equation = (color, alpha) => said.set(gl.BLEND_EQUATION_RGB, color).set(gl.BLEND_EQUATION_ALPHA, alpha);
    set('blendEquation', mode => equation(mode, mode));
    set('blendEquationSeparate', equation);

    // What is deleted is bound no longer.
    const forget = (name, ...places) => set(name, object => {
        for (const place of places) for (const [key, value] of place) if (value === object) place.set(key, null);
    });
    forget('deleteTexture', textures);
    forget('deleteBuffer', said, elements);
    forget('deleteFramebuffer', said);
    set('deleteVertexArray', which => { if (array === which) array = null; });

    const ask = first('getParameter');
    gl.getParameter = what => {
        switch (what) {
            case gl.ACTIVE_TEXTURE: return unit;
            case gl.TEXTURE_BINDING_2D: return textures.get(unit) ?? null;
            case gl.SAMPLER_BINDING: return samplers.get(unit) ?? null;
            case gl.VERTEX_ARRAY_BINDING: return array;
            case gl.ELEMENT_ARRAY_BUFFER_BINDING: return elements.get(array) ?? null;
        }
        // Limits never change, and what was never set is as it was when it was first asked for.
        if (!said.has(what)) said.set(what, (rememberState.asked++, ask.call(gl, what)));
        return said.get(what);
    };
    const isEnabled = first('isEnabled');
    gl.isEnabled = what => {
        if (!on.has(what)) on.set(what, (rememberState.asked++, isEnabled.call(gl, what)));
        return on.get(what);
    };
}
rememberState.asked = 0;  // how often the browser was asked all the same
