// What a slide shows beside its words: a picture, a video with captions, or a place on a map. templates/live/slide.html
// makes the same.

import { h, icon, s } from "./dom.js";

const PIN = "M0 0C-6-16-18-22-18-38a18 18 0 1 1 36 0C18-22 6-16 0 0z";

// The node, or null for a slide of words only. The same step gives an equal node: a video that plays is left alone.
export function slide(step) {
  if (step.picture) return picture(step.picture);
  if (step.video) return video(step.video);
  return step.place ? place(step.place) : null;
}

function picture({ url, alt, width, height }) {
  return h("img", { class: "oogst-slide", src: url, alt, width, height });
}

function video({ url, type, captions, captions_in }) {
  return h(
    "video",
    { class: "oogst-slide", controls: true, preload: "metadata", playsinline: true },
    h("source", { src: url, type }),
    h("track", { kind: "captions", src: captions, srclang: captions_in, default: true }),
  );
}

function place({ name, map, at }) {
  return h("figure", { class: "oogst-slide oogst-slide--place" }, map ? drawn(name, map, at) : null, h("figcaption", {}, icon("map-pin"), name));
}

function drawn(name, { url, width, height, alt }, at) {
  const look = { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${alt}: ${name}` };
  return s("svg", look, s("image", { href: url, width, height }), at ? pin(at) : null);
}

function pin([x, y]) {
  const where = { class: "oogst-slide__pin", x: `${x * 100}%`, y: `${y * 100}%`, overflow: "visible" };
  return s("svg", where, s("path", { d: PIN }), s("circle", { cy: -38, r: 7 }));
}
