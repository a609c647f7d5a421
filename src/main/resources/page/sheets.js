// Reads and edits the cells of an .xlsx file in the browser: what is not edited stays byte for byte as it was.

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

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
    sheets.push(new Sheet(each.getAttribute("name"), file, await xml(file), shared));
  }
  return { sheets, save: () => save(zip, sheets) };
}

class Sheet {
  constructor(name, file, document, shared) {
    this.name = name;
    this.file = file;
    this.document = document;
    this.shared = shared;
    this.edited = false;
    this.cells = new Map();
    this.rows = 0;
    this.columns = 0;
    for (const cell of document.getElementsByTagNameNS(MAIN, "c")) this.cells.set(cell.getAttribute("r"), cell);
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

// ---- the zip around it

function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== END) end--;
  if (end < 0) throw new Error("This is no .xlsx file.");
  const entries = new Map();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error("The .xlsx file is damaged.");
    const [names, extras, comments] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + names));
    const local = view.getUint32(at + 42, true);
    const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const packed = view.getUint32(at + 20, true);
    entries.set(name, { method: view.getUint16(at + 10, true), crc: view.getUint32(at + 16, true), size: view.getUint32(at + 24, true), data: bytes.subarray(from, from + packed) });
    at += 46 + names + extras + comments;
  }
  return entries;
}

async function text(zip, name) {
  const entry = zip.get(name);
  if (!entry) throw new Error(`The workbook has no part ${name}.`);
  if (entry.method === 0) return new TextDecoder().decode(entry.data);
  const stream = new Blob([entry.data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

function save(zip, sheets) {
  const entries = new Map(zip);
  for (const sheet of sheets.filter((each) => each.edited)) {
    const data = new TextEncoder().encode(new XMLSerializer().serializeToString(sheet.document));
    entries.set(sheet.file, { method: 0, crc: crc32(data), size: data.length, data });
  }
  const parts = [];
  const central = [];
  let at = 0;
  for (const [name, { method, crc, size, data }] of entries) {
    const bytes = new TextEncoder().encode(name);
    const common = [20, 0x0800, method, 0, 0x21];
    parts.push(header(LOCAL, [...common], crc, data.length, size, bytes.length, 30), bytes, data);
    const entry = header(CENTRAL, [20, ...common], crc, data.length, size, bytes.length, 46);
    new DataView(entry.buffer).setUint32(42, at, true);
    central.push(entry, bytes);
    at += 30 + bytes.length + data.length;
  }
  const length = central.reduce((sum, each) => sum + each.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, END, true);
  end.setUint16(8, entries.size, true);
  end.setUint16(10, entries.size, true);
  end.setUint32(12, length, true);
  end.setUint32(16, at, true);
  return new Blob([...parts, ...central, end.buffer], { type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" });
}

function header(signature, shorts, crc, packed, size, name, length) {
  const view = new DataView(new ArrayBuffer(length));
  view.setUint32(0, signature, true);
  shorts.forEach((each, index) => view.setUint16(4 + 2 * index, each, true));
  const next = 4 + 2 * shorts.length;
  view.setUint32(next, crc, true);
  view.setUint32(next + 4, packed, true);
  view.setUint32(next + 8, size, true);
  view.setUint16(next + 12, name, true);
  return new Uint8Array(view.buffer);
}

const CRC = Uint32Array.from({ length: 256 }, (_, each) => {
  let value = each;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(data) {
  let crc = 0xffffffff;
  for (const byte of data) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
