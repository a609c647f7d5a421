// Charts drawn as SVG, each with the table of its numbers. Colours are classes, so that dark, print and contrast follow.

import { h, s } from "./dom.js";

const WIDTH = 560;
const HEIGHT = 250;
const MARGIN = { top: 16, right: 18, bottom: 38, left: 58 };

export const linear = (from, to) => ({ at: (value) => (value - from) / (to - from || 1), ticks: niceTicks(from, to) });

export function logarithmic(from, to) {
  const [low, high] = [Math.log10(from), Math.log10(to)];
  const ticks = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const step of high - low > 3 ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5]) {
      const tick = step * 10 ** power;
      if (tick >= from * 0.999 && tick <= to * 1.001) ticks.push(tick);
    }
  }
  return { at: (value) => (Math.log10(Math.max(value, from / 10)) - low) / (high - low || 1), ticks };
}

function niceTicks(from, to) {
  const rough = (to - from) / 5 || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough) * power;
  const ticks = [];
  for (let tick = Math.ceil(from / step) * step; tick <= to + step / 1e6; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return ticks;
}

/**
 * A frame with axes; `draw` gets functions from values to places.
 *
 * @param x, y {scale, label, words}: where, what, and how a tick is written
 */
export function frame({ title, x, y, height = HEIGHT, draw }) {
  const [inner, tall] = [WIDTH - MARGIN.left - MARGIN.right, height - MARGIN.top - MARGIN.bottom];
  const toX = (value) => MARGIN.left + x.scale.at(value) * inner;
  const toY = (value) => MARGIN.top + (1 - Math.min(1.05, Math.max(-0.02, y.scale.at(value)))) * tall;
  const bottom = MARGIN.top + tall;
  return s(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": title },
    y.scale.ticks.map((tick) => [s("line", { class: "grid", x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: toY(tick), y2: toY(tick) }), s("text", { class: "tick", x: MARGIN.left - 8, y: toY(tick) + 4, "text-anchor": "end" }, y.words(tick))]),
    x.scale.ticks.map((tick) => s("text", { class: "tick", x: toX(tick), y: bottom + 16, "text-anchor": "middle" }, x.words(tick))),
    s("line", { class: "axis", x1: MARGIN.left, x2: WIDTH - MARGIN.right, y1: bottom, y2: bottom }),
    s("text", { class: "axis-name", x: MARGIN.left + inner / 2, y: height - 4, "text-anchor": "middle" }, x.label),
    s("text", { class: "axis-name", x: MARGIN.left, y: 10, "text-anchor": "start" }, y.label),
    draw(toX, toY, { left: MARGIN.left, right: WIDTH - MARGIN.right, top: MARGIN.top, bottom }),
  );
}

const path = (points) => points.map(([x, y], at) => `${at ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`).join("");

export function line(points, name) {
  return s("path", { class: `line ${name}`, d: path(points) });
}

export function band(upper, lower, name) {
  return s("path", { class: `band ${name}`, d: `${path(upper)}L${path([...lower].reverse()).slice(1)}Z` });
}

export function level(y, box, words, name = "need") {
  return [s("line", { class: `mark-line ${name}`, x1: box.left, x2: box.right, y1: y, y2: y }), s("text", { class: `mark-text ${name}`, x: box.left + 5, y: y - 5 }, words)];
}

export function post(x, box, words, name = "capacity") {
  const atEnd = x > box.right - 110;
  return [s("line", { class: `mark-line ${name}`, x1: x, x2: x, y1: box.top, y2: box.bottom }), s("text", { class: `mark-text ${name}`, x: x + (atEnd ? -5 : 5), y: box.top + 10, "text-anchor": atEnd ? "end" : "start" }, words)];
}

export function dot(x, y, name, words, radius = 4) {
  return s("circle", { class: `dot ${name}`, cx: x, cy: y, r: radius }, s("title", {}, words));
}

export function legend(entries) {
  return h("ul", { class: "legend" }, entries.map(([name, words]) => h("li", {}, s("svg", { class: "swatch", viewBox: "0 0 10 10", "aria-hidden": "true" }, s("rect", { class: name, width: 10, height: 10, rx: 2 })), words)));
}

/** The numbers behind a chart; a long table is not printed. */
export function numbers(caption, head, rows, source, kind = "") {
  return h(
    "details",
    { class: `numbers ${kind}` },
    h("summary", {}, "Numbers"),
    h(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
      h(
        "table",
        {},
        h("caption", {}, caption),
        h("thead", {}, h("tr", {}, head.map((each, at) => h("th", { scope: "col", class: at ? "num" : "" }, each)))),
        h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, at) => (at ? h("td", { class: "num" }, cell) : h("th", { scope: "row" }, cell)))))),
      ),
    ),
    source && h("p", { class: "quiet" }, source),
  );
}
