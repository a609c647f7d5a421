// Asks two engines of decision tables, in the forms that they take, which row of each table meets each candidate.
// node other-engines.mjs TABLES ENGINE SECONDS: TABLES as OtherEngines writes it. Prints milliseconds of processor time
// for one request, that is for all candidates; ends with 1 where a row is another than expected.
import { readFileSync } from "node:fs";

const [file, name, seconds] = process.argv.slice(2);
const { tables, candidates } = JSON.parse(readFileSync(file, "utf8"));

/** A cell as an expression of ZEN on one value; "" is any. */
function cell(condition) {
  if (condition === null) return "";
  if (condition.not) return condition.not.oneOf ? `not (${cell(condition.not)})` : `$ != null and not (${cell(condition.not)})`;
  if (condition.oneOf) {
    const ids = JSON.stringify(condition.oneOf);
    return condition.several ? `some($, # in ${ids})` : `$ in ${ids}`;
  }
  const ends = [];
  if (condition.low !== undefined) ends.push(`$ ${condition.lowIncluded ? ">=" : ">"} ${condition.low}`);
  if (condition.high !== undefined) ends.push(`$ ${condition.highIncluded ? "<=" : "<"} ${condition.high}`);
  return (condition.mayBeMissing ? "$ != null and " : "") + (ends.join(" and ") || "true");
}

function tableNode({ step, columns, rows }) {
  const inputs = columns.map((field, i) => ({ id: `c${i}`, name: field, field }));
  const rules = rows.map(({ row, conditions }) => {
    const rule = { _id: `${step}-${row}`, row: String(row) };
    conditions.forEach((condition, i) => (rule[`c${i}`] = cell(condition)));
    return rule;
  });
  const outputs = [{ id: "row", name: "row", field: "row" }];
  const loop = { executionMode: "loop", inputField: "candidates", outputPath: step, passThrough: false };
  return { id: step, name: step, type: "decisionTableNode", content: { hitPolicy: "first", ...loop, inputs, outputs, rules } };
}

/** All tables side by side, as one would draw them; each loops over the candidates, quicker than one call for each. */
async function zen() {
  const { ZenEngine } = await import("@gorules/zen-engine");
  const nodes = [
    { id: "in", name: "in", type: "inputNode" },
    ...tables.map(tableNode),
    { id: "out", name: "out", type: "outputNode" },
  ];
  const edges = tables.flatMap(({ step }) => [
    { id: `${step}-in`, type: "edge", sourceId: "in", targetId: step },
    { id: `${step}-out`, type: "edge", sourceId: step, targetId: "out" },
  ]);
  const decision = new ZenEngine().createDecision(Buffer.from(JSON.stringify({ nodes, edges })));
  return async (values) => {
    const { result } = await decision.evaluate({ candidates: values });
    return values.map((_, i) => Object.fromEntries(tables.map(({ step }) => [step, result[step][i].row])));
  };
}

/** Conditions of a cell in the form of json-rules-engine. */
function tests(fact, condition) {
  if (condition.not?.oneOf) return [{ fact, operator: "notIn", value: condition.not.oneOf }];
  if (condition.oneOf && condition.several) {
    return [{ any: condition.oneOf.map((value) => ({ fact, operator: "contains", value })) }];
  }
  if (condition.oneOf) return [{ fact, operator: "in", value: condition.oneOf }];
  const ends = [];
  const end = (operator, included, value) =>
    value !== undefined && ends.push({ fact, operator: operator + (included ? "Inclusive" : ""), value });
  end("greaterThan", condition.lowIncluded, condition.low);
  end("lessThan", condition.highIncluded, condition.high);
  return ends;
}

/** Every row is a rule; the first that fires counts, as the engine has no tables. */
async function jsonRules() {
  const { Engine } = await import("json-rules-engine");
  const engine = new Engine();
  for (const { step, columns, rows } of tables) {
    for (const { row, conditions } of rows) {
      const all = conditions.flatMap((condition, i) => (condition === null ? [] : tests(columns[i], condition)));
      engine.addRule({ conditions: { all }, event: { type: step, params: { row } } });
    }
  }
  const rows = async (values) => {
    const first = {};
    for (const { type, params } of (await engine.run(values)).events) {
      first[type] = Math.min(first[type] ?? Infinity, params.row);
    }
    return first;
  };
  return async (all) => {
    const answers = [];
    for (const values of all) answers.push(await rows(values));
    return answers;
  };
}

const evaluate = await { zen, "json-rules": jsonRules }[name]();

const all = candidates.map(({ values }) => values);
const request = () => evaluate(all);

(await request()).forEach((answer, i) => {
  for (const { step } of tables) {
    if (Number(answer[step]) !== candidates[i].expected[step]) {
      console.error(`candidate ${i}, ${step}: row ${answer[step]}, expected ${candidates[i].expected[step]}`);
      process.exit(1);
    }
  }
});

async function millis() {
  const end = performance.now() + seconds * 1000;
  const begun = process.cpuUsage();
  let requests = 0;
  for (; performance.now() < end; requests++) await request();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000 / requests;
}

await millis(); // warms up
const measured = [];
for (let i = 0; i < 5; i++) measured.push(await millis());
console.log(measured.sort((a, b) => a - b)[2]);
