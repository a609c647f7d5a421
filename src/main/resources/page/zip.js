// The zip around an .xlsx file: what is not put anew stays byte for byte as it was.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;

export function readZip(bytes) {
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

export async function text(zip, name) {
  const entry = zip.get(name);
  if (!entry) throw new Error(`The workbook has no part ${name}.`);
  if (entry.method === 0) return new TextDecoder().decode(entry.data);
  const stream = new Blob([entry.data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).text();
}

/** @param put documents by the name of their part, in the place of what was there */
export function writeZip(zip, put) {
  const entries = new Map(zip);
  for (const [name, document] of put) {
    const data = new TextEncoder().encode(new XMLSerializer().serializeToString(document));
    entries.set(name, { method: 0, crc: crc32(data), size: data.length, data });
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
