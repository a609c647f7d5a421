// A draft of the policy: the workbook in force, what was edited in it, and the way back, step by step.

import { openWorkbook, refOf } from "./sheets.js";

const NOT_SHOWN = new Set(["README"]);

/** @param bytes of the workbook in force */
export async function openDraft(bytes, version) {
  return new Draft(await openWorkbook(bytes), await openWorkbook(bytes), version);
}

class Draft {
  constructor(book, before, version) {
    this.book = book;
    this.version = version;
    this.sheets = book.sheets.filter((each) => !NOT_SHOWN.has(each.name));
    this.before = new Map(before.sheets.map((each) => [each.name, each]));
    this.cameFrom = new Map(this.sheets.map((each) => [each.name, Array.from({ length: each.rows + 1 }, (_, row) => row)]));
    this.steps = []; // oldest first
  }

  sheet(name) {
    return this.sheets.find((each) => each.name === name);
  }

  get isEdited() {
    return this.steps.length > 0;
  }

  /** Only a table of points has rows that come and go: weights have one for each kind of work, thresholds are named by rules. */
  hasRows(name) {
    const sheet = this.sheet(name);
    for (let column = 1; column <= sheet.columns; column++) if (sheet.get(refOf(column, 1)) === "Points") return true;
    return false;
  }

  write(name, ref, after) {
    const sheet = this.sheet(name);
    const before = sheet.get(ref);
    if (before === after) return;
    sheet.set(ref, after);
    const last = this.steps.at(-1);
    if (last?.ref === ref && last.name === name) {
      last.after = after;
      if (last.before === after) this.steps.pop();
    } else this.steps.push({ name, ref, before, after });
  }

  insert(name, row) {
    const sheet = this.sheet(name);
    sheet.insertRow(row);
    for (let column = 1; sheet.get(refOf(column, 1)) !== "Points"; column++) sheet.set(refOf(column, row), "-"); // any, until one says more
    this.cameFrom.get(name).splice(row, 0, null);
    this.steps.push({ name, inserted: row });
  }

  remove(name, row) {
    const sheet = this.sheet(name);
    const values = [];
    for (let column = 1; column <= sheet.columns; column++) values.push(sheet.get(refOf(column, row)));
    sheet.deleteRow(row);
    const [from] = this.cameFrom.get(name).splice(row, 1);
    this.steps.push({ name, removed: row, values, from });
  }

  /** @return where it was: the sheet's name and the cell to look at */
  undo() {
    const { name, ref, before, inserted, removed, values, from } = this.steps.pop();
    const sheet = this.sheet(name);
    if (inserted) {
      sheet.deleteRow(inserted);
      this.cameFrom.get(name).splice(inserted, 1);
    } else if (removed) {
      sheet.insertRow(removed);
      this.cameFrom.get(name).splice(removed, 0, from);
      values.forEach((each, at) => each !== "" && sheet.set(refOf(at + 1, removed), each));
    } else sheet.set(ref, before);
    return { name, ref: ref ?? refOf(1, inserted ? Math.max(2, inserted - 1) : removed) };
  }

  isChanged(name, ref) {
    const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(ref);
    const from = this.cameFrom.get(name)[Number(row)];
    return from === null || from === undefined || this.sheet(name).get(ref) !== this.before.get(name).get(letters + from);
  }

  /** How many cells of a sheet are not as they are in force, counting a row that went or came as one. */
  changes(name) {
    if (!this.steps.some((each) => each.name === name)) return 0;
    const sheet = this.sheet(name);
    const from = this.cameFrom.get(name);
    const stayed = new Set(from.filter((each) => each !== null));
    let many = 0;
    for (let row = 2; row <= this.before.get(name).rows; row++) if (!stayed.has(row)) many++;
    for (let row = 2; row <= sheet.rows; row++) {
      if (from[row] === null) many++;
      else for (let column = 1; column <= sheet.columns; column++) if (this.isChanged(name, refOf(column, row))) many++;
    }
    return many;
  }

  bytes() {
    return this.book.save();
  }
}
