// Reads and edits the cells of an .xlsx file in the browser: what is not edited stays byte for byte as it was.

import { readZip, text, writeZip } from "./zip.js";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/** The workbook in these bytes. */
export async function openWorkbook(bytes) {
  const zip = readZip(new Uint8Array(bytes));
  const xml = async (name) => parse(await text(zip, name));
  const book = await xml("xl/workbook.xml");
  const links = await xml("xl/_rels/workbook.xml.rels");
  const targets = new Map([...links.getElementsByTagName("Relationship")].map((each) => [each.getAttribute("Id"), each.getAttribute("Target")]));
  const shared = zip.has("xl/sharedStrings.xml") ? [...(await xml("xl/sharedStrings.xml")).getElementsByTagNameNS(MAIN, "si")].map(written) : [];
  const sheets = [];
  for (const each of book.getElementsByTagNameNS(MAIN, "sheet")) {
    const target = targets.get(each.getAttributeNS("http://schemas.openxmlformats.org/officeDocument/2006/relationships", "id"));
    const file = target.startsWith("/") ? target.slice(1) : `xl/${target}`;
    sheets.push(new Sheet(each.getAttribute("name"), file, await xml(file), shared, await tableOf(zip, file)));
  }
  return { sheets, save: () => writeZip(zip, sheets.filter((each) => each.edited).flatMap((each) => each.parts())) };
}

/** The Excel Table on a sheet, which has to grow with its rows. */
async function tableOf(zip, file) {
  const links = file.replace(/([^/]+)$/, "_rels/$1.rels");
  if (!zip.has(links)) return null;
  const link = [...parse(await text(zip, links)).getElementsByTagName("Relationship")].find((each) => each.getAttribute("Type").endsWith("/table"));
  if (!link) return null;
  const target = link.getAttribute("Target");
  const part = target.startsWith("/") ? target.slice(1) : new URL(target, new URL(`/${file}`, location.origin)).pathname.slice(1);
  return { file: part, document: parse(await text(zip, part)) };
}

class Sheet {
  constructor(name, file, document, shared, table) {
    this.table = table;
    this.name = name;
    this.file = file;
    this.document = document;
    this.shared = shared;
    this.edited = false;
    this.cells = new Map();
    this.rows = 0;
    this.columns = 0;
    this.find();
  }

  find() {
    this.cells.clear();
    this.rows = 0;
    for (const cell of this.document.getElementsByTagNameNS(MAIN, "c")) this.cells.set(cell.getAttribute("r"), cell);
    for (const [ref, cell] of this.cells) {
      if (!cell.firstElementChild) continue;
      const { column, row } = placeOf(ref);
      this.rows = Math.max(this.rows, row);
      this.columns = Math.max(this.columns, column);
    }
  }

  /** As somebody wrote it; a formula gives its last result. */
  get(ref) {
    const cell = this.cells.get(ref);
    if (!cell) return "";
    const value = cell.getElementsByTagNameNS(MAIN, "v")[0]?.textContent ?? "";
    switch (cell.getAttribute("t")) {
      case "s":
        return this.shared[Number(value)] ?? "";
      case "inlineStr":
        return written(cell);
      case "b":
        return value === "1" ? "TRUE" : "FALSE";
      default:
        return value !== "" && Number.isFinite(Number(value)) ? String(Number(value)) : value; // 15.0 is 15
    }
  }

  isFormula(ref) {
    return (this.cells.get(ref)?.getElementsByTagNameNS(MAIN, "f").length ?? 0) > 0;
  }

  set(ref, text) {
    const cell = this.cells.get(ref) ?? this.newCell(ref);
    cell.replaceChildren();
    cell.removeAttribute("t");
    const plain = text.trim();
    if (/^-?\d+(\.\d+)?$/.test(plain)) cell.append(this.element("v", plain));
    else if (plain !== "") {
      cell.setAttribute("t", "inlineStr");
      const words = this.element("t", text);
      words.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:space", "preserve");
      const inline = this.element("is");
      inline.append(words);
      cell.append(inline);
    }
    this.edited = true;
    this.addUp();
  }

  parts() {
    return this.table ? [[this.file, this.document], [this.table.file, this.table.document]] : [[this.file, this.document]];
  }

  line(row) {
    return [...this.document.getElementsByTagNameNS(MAIN, "row")].find((each) => Number(each.getAttribute("r")) === row);
  }

  /** An empty row in this place, in the look of its neighbour; those from there on move down. */
  insertRow(row) {
    const neighbour = this.line(Math.min(row, this.rows)) ?? this.line(this.rows);
    const made = neighbour.cloneNode(true);
    const after = this.line(row);
    this.move(row, 1);
    for (const cell of made.children) {
      cell.replaceChildren();
      cell.removeAttribute("t");
    }
    number(made, row);
    neighbour.parentNode.insertBefore(made, after ?? null);
    this.edited = true;
    this.find();
    this.rows = Math.max(this.rows, row); // it is empty as yet
  }

  /** Takes a row out, with all that stands in it; those below move up. */
  deleteRow(row) {
    this.line(row)?.remove();
    this.move(row + 1, -1);
    this.edited = true;
    this.find();
  }

  move(from, by) {
    const lines = [...this.document.getElementsByTagNameNS(MAIN, "row")].filter((each) => Number(each.getAttribute("r")) >= from);
    for (const line of lines) number(line, Number(line.getAttribute("r")) + by);
    for (const part of this.table ? [this.table.document.documentElement, ...this.table.document.getElementsByTagNameNS(MAIN, "autoFilter")] : []) {
      part.setAttribute("ref", part.getAttribute("ref").replace(/\d+$/, (last) => Number(last) + by));
    }
    for (const size of this.document.getElementsByTagNameNS(MAIN, "dimension")) size.remove(); // a program that wants it counts anew
  }

  element(name, text = null) {
    const made = this.document.createElementNS(MAIN, name);
    if (text !== null) made.textContent = text;
    return made;
  }

  newCell(ref) {
    const { column, row } = placeOf(ref);
    const data = this.document.getElementsByTagNameNS(MAIN, "sheetData")[0];
    let line = [...data.children].find((each) => Number(each.getAttribute("r")) === row);
    if (!line) {
      line = this.element("row");
      line.setAttribute("r", row);
      data.insertBefore(line, [...data.children].find((each) => Number(each.getAttribute("r")) > row) ?? null);
    }
    const cell = this.element("c");
    cell.setAttribute("r", ref);
    line.insertBefore(cell, [...line.children].find((each) => placeOf(each.getAttribute("r")).column > column) ?? null);
    this.cells.set(ref, cell);
    return cell;
  }

  /** Sums of a row are shown as they will be. */
  addUp() {
    for (const cell of this.cells.values()) {
      const formula = cell.getElementsByTagNameNS(MAIN, "f")[0]?.textContent;
      const [, from, to] = /^SUM\(([A-Z]+\d+):([A-Z]+\d+)\)$/.exec(formula ?? "") ?? [];
      if (!from) continue;
      const [first, last] = [placeOf(from), placeOf(to)];
      let sum = 0;
      for (let row = first.row; row <= last.row; row++) {
        for (let column = first.column; column <= last.column; column++) sum += Number(this.get(refOf(column, row))) || 0;
      }
      let value = cell.getElementsByTagNameNS(MAIN, "v")[0];
      if (!value) cell.append((value = this.element("v")));
      value.textContent = String(sum);
    }
  }
}

function number(line, row) {
  line.setAttribute("r", row);
  for (const cell of line.children) cell.setAttribute("r", cell.getAttribute("r").replace(/\d+$/, row));
}

export function refOf(column, row) {
  let letters = "";
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) letters = String.fromCharCode(65 + ((left - 1) % 26)) + letters;
  return letters + row;
}

function placeOf(ref) {
  const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(ref);
  return { column: [...letters].reduce((sum, each) => sum * 26 + each.charCodeAt(0) - 64, 0), row: Number(row) };
}

/** Text of a string, without its phonetic parts. */
const written = (item) => [...item.getElementsByTagNameNS(MAIN, "t")].filter((each) => each.parentNode.localName !== "rPh").map((each) => each.textContent).join("");

const parse = (xml) => new DOMParser().parseFromString(xml, "application/xml");
