package quartermaster.workbook.knowledge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.decision.Condition;
import quartermaster.decision.Conditions;
import quartermaster.decision.cases.CandidatePattern;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.cases.CaseKind;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Expectation;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.InlineModel;
import quartermaster.request.RequestFields;
import quartermaster.request.Workload;
import quartermaster.unit.Columns;
import quartermaster.unit.Dates;
import quartermaster.unit.Fields;
import quartermaster.unit.Ids;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;
import quartermaster.workbook.read.SheetTable.TableRow;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.RequestCells;

/** Reads {@code cases.xlsx}: a row is a request and what its decision must look like. Cells are data, never code. */
public final class CasesReader {
    public static final String SHEET = "Cases";
    private static final String MODEL = RequestFields.get("workload.model").header();
    private static final String QUANTIZATION =
            RequestFields.get("workload.quantization").header();
    private static final String OWNED = RequestFields.get("constraints.owned").header();
    static final String ID = "Id";
    static final String STATEMENT = "Statement";
    static final String KIND = "Kind";
    private static final String MODEL_FIELDS = "Model fields";
    static final String CANDIDATES = "Candidates";
    static final String AS_OF = "As of";
    private static final String SOURCE = "Source";
    static final String NOTE = "Note";
    private static final int EVERY_CANDIDATE = 10_000; // as many as a request may ask for
    private static final List<String> OUTCOMES = List.of("recommended", "nothing-suitable");

    private final Catalogue catalogue;
    private final Set<String> codes;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private boolean training; // whether the row at hand trains something

    private CasesReader(Decider decider) {
        this.catalogue = decider.catalogue();
        this.codes = Cases.findingCodes(decider.rules());
    }

    /** The rows without mistakes, in their order, and every mistake of the others. */
    public static Imported<List<Case>> read(WorkbookFile workbook, Decider decider) {
        return new CasesReader(decider).read(workbook);
    }

    private Imported<List<Case>> read(WorkbookFile workbook) {
        Optional<ReadSheet> sheet = workbook.findSheet(SHEET);
        if (sheet.isEmpty()) {
            problems.add(new Problem("missing-sheet", "There is no sheet " + SHEET + ".", Place.top(SHEET)));
            return new Imported<>(List.of(), problems);
        }
        reportUnknownHeaders(sheet.get());
        SheetTable table = SheetTable.ownWithGaps(sheet.get(), problems);
        List<Case> cases = table.read(row -> read(row, sheet.get()));
        return new Imported<>(cases, problems);
    }

    /** A column that is not read would be a demand that nobody checks. */
    private void reportUnknownHeaders(ReadSheet sheet) {
        Set<String> known = headers();
        Set<String> keys = new HashSet<>();
        known.forEach(header -> keys.add(Columns.key(header)));
        sheet.rows().stream()
                .filter(row -> row.number() == 1)
                .flatMap(row -> row.cells().stream())
                .filter(cell -> !cell.isEmpty() && !keys.contains(Columns.key(cell.text())))
                .forEach(cell -> problems.add(new Problem(
                        "unknown-column",
                        "Column (" + cell.text() + ") is not known." + Ids.hint(cell.text(), known),
                        cell.at())));
    }

    static Set<String> headers() {
        Set<String> headers = new LinkedHashSet<>(List.of(ID, STATEMENT, KIND));
        RequestFields.ofWorkloads().forEach(field -> headers.add(field.header()));
        headers.addAll(List.of(MODEL_FIELDS, CANDIDATES, AS_OF));
        Arrays.stream(CaseColumn.values()).forEach(column -> headers.add(column.header()));
        headers.addAll(List.of(SOURCE, NOTE));
        return headers;
    }

    private Case read(TableRow row, ReadSheet sheet) {
        Fields fields = row.fields();
        String id = fields.text(ID);
        if (!id.isEmpty() && !ids.add(Ids.normalise(id))) {
            fields.reportWrong("duplicate-id", ID, id, "stands in a row above too.");
        }
        String statement = fields.text(STATEMENT);
        CaseKind kind = fields.choiceOrNull(CaseKind.class, KIND);
        DecisionRequest request = request(fields);
        List<Expectation> expectations = expectations(fields);
        if (expectations.isEmpty() && fields.isSound()) {
            fields.reportWrong("nothing-expected", ID, id, "demands nothing; fill one of the columns behind As of.");
        }
        return new Case(
                id,
                statement,
                kind == null ? CaseKind.BOTH : kind,
                request,
                expectations,
                fields.textOrNull(SOURCE),
                new Place.Cell(sheet.name(), row.number(), 0));
    }

    private DecisionRequest request(Fields fields) {
        DecisionRequest said = RequestCells.request(fields);
        Workload workload = withFields(said.workload(), fields);
        training = workload.trains();
        known(fields, MODEL, workload.model(), catalogue.findModel(or(workload.model())));
        known(fields, QUANTIZATION, workload.quantization(), catalogue.findQuantization(or(workload.quantization())));
        said.constraints()
                .owned()
                .forEach(owned -> known(fields, OWNED, owned.hardware(), catalogue.findHardware(owned.hardware())));
        return new DecisionRequest(
                workload,
                said.budget(),
                said.skills(),
                said.constraints(),
                candidates(fields),
                asOf(fields),
                Explain.SUMMARY,
                EVERY_CANDIDATE);
    }

    /** A model that the catalogue does not have, e.g. {@code Layers: 32; Heads: 32; …}. */
    private static Workload withFields(Workload workload, Fields fields) {
        Map<String, Object> given = new LinkedHashMap<>();
        for (String entry : fields.list(MODEL_FIELDS)) {
            int colon = entry.indexOf(':');
            if (colon < 0) {
                fields.reportWrong(
                        "not-a-field", MODEL_FIELDS, entry, "must be a column of Models and its value: Layers: 32.");
            } else {
                given.put(
                        entry.substring(0, colon).strip(),
                        entry.substring(colon + 1).strip());
            }
        }
        return given.isEmpty() ? workload : workload.with(new InlineModel(given));
    }

    private void known(Fields fields, String column, @Nullable String written, Optional<?> found) {
        if (written != null && found.isEmpty()) {
            fields.reportUnknown("unknown-id", column, written, idsFor(column));
        }
    }

    private Collection<String> idsFor(String column) {
        if (column.equals(MODEL)) {
            return Catalogue.ids(catalogue.models());
        }
        return column.equals(QUANTIZATION)
                ? Catalogue.ids(catalogue.quantizations())
                : Catalogue.ids(catalogue.hardware());
    }

    private List<Candidate> candidates(Fields fields) {
        return fields.list(CANDIDATES).stream()
                .map(line -> CandidateWords.read(line, training, fields, CANDIDATES, catalogue)
                        .candidate())
                .peek(each -> {
                    if (!catalogue.isHostedApi(each.hardware())) {
                        known(fields, CANDIDATES, each.hardware(), catalogue.findHardware(each.hardware()));
                    }
                })
                .toList();
    }

    /** Cases never depend on today. */
    private static LocalDate asOf(Fields fields) {
        String text = fields.text(AS_OF);
        Optional<LocalDate> date = Dates.latest(text);
        if (date.isEmpty() && !text.isEmpty()) {
            fields.reportWrong("not-a-date", AS_OF, text, "must be a date such as 2026-11-22.");
        }
        return date.orElse(LocalDate.EPOCH);
    }

    private List<Expectation> expectations(Fields fields) {
        List<Expectation> expectations = new ArrayList<>();
        for (CaseColumn column : CaseColumn.values()) {
            String text = fields.textOrNull(column.header());
            if (text == null) {
                continue;
            }
            if (column.shape() == CaseColumn.Shape.MODELS) {
                entries(text).forEach(entry -> knownModel(fields, column, entry));
                expectations.add(about(column, text, List.of()));
            } else if (column == CaseColumn.FIRST_IS) {
                expectations.add(about(column, text, patterns(fields, column, text.split("[;\n]"))));
            } else {
                entries(text).forEach(entry -> expectations.add(expectation(fields, column, entry)));
            }
        }
        return expectations;
    }

    private void knownModel(Fields fields, CaseColumn column, String entry) {
        String start = entry.endsWith("*") ? entry.substring(0, entry.length() - 1) : entry;
        if (catalogue.models().stream()
                .noneMatch(each -> entry.endsWith("*")
                        ? each.id().startsWith(start)
                        : each.id().equals(entry))) {
            fields.reportUnknown("unknown-id", column.header(), entry, Catalogue.ids(catalogue.models()));
        }
    }

    private static List<String> entries(String text) {
        return Arrays.stream(text.split("[;\n]"))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    private Expectation expectation(Fields fields, CaseColumn column, String entry) {
        return switch (column.shape()) {
            case CANDIDATES -> about(column, entry, patterns(fields, column, entry));
            case ORDER -> order(fields, column, entry);
            case FINDING -> finding(fields, column, entry);
            case NUMBER -> number(fields, column, entry);
            case MODELS -> throw new IllegalStateException("Models are read together.");
            case OUTCOME -> new Expectation(column, fields.oneOf(OUTCOMES, column.header()), List.of(), null, null);
        };
    }

    private static Expectation about(CaseColumn column, String text, List<CandidatePattern> patterns) {
        return new Expectation(column, text, patterns, null, null);
    }

    private Expectation order(Fields fields, CaseColumn column, String entry) {
        String[] sides = entry.split(">", -1);
        if (sides.length != 2) {
            fields.reportWrong("not-an-order", column.header(), entry, "must be two candidates: a > b.");
        }
        return about(column, entry, patterns(fields, column, sides));
    }

    private Expectation finding(Fields fields, CaseColumn column, String entry) {
        String[] sides = entry.split("@", 2);
        String code = sides[0].strip();
        if (!codes.contains(code)) {
            fields.reportUnknown("unknown-code", column.header(), code, codes);
        }
        String[] hardware = Arrays.copyOfRange(sides, 1, sides.length);
        return new Expectation(column, entry, patterns(fields, column, hardware), code, null);
    }

    private Expectation number(Fields fields, CaseColumn column, String entry) {
        int colon = entry.lastIndexOf(':');
        String[] hardware = colon < 0 ? new String[0] : new String[] {entry.substring(0, colon)};
        String range = entry.substring(colon + 1).strip();
        boolean atLeast = column.isAtLeast() && range.matches("\\d+");
        Imported<Condition> within =
                Conditions.parse(column.numbers(), atLeast ? ">= " + range : range, fields.place(column.header()));
        within.problems().forEach(problem -> fields.report(problem.code(), column.header(), problem.message()));
        return new Expectation(column, entry, patterns(fields, column, hardware), null, within.value());
    }

    private List<CandidatePattern> patterns(Fields fields, CaseColumn column, String... entries) {
        return Arrays.stream(entries)
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> pattern(fields, column, entry))
                .toList();
    }

    private CandidatePattern pattern(Fields fields, CaseColumn column, String entry) {
        CandidatePattern pattern = CandidateWords.read(entry, training, fields, column.header(), catalogue)
                .pattern();
        if (!catalogue.isHostedApi(pattern.hardware())
                && !CandidatePattern.coversAny(pattern.hardware(), catalogue.hardware())) {
            fields.reportUnknown(
                    "unknown-id", column.header(), pattern.hardware(), Catalogue.ids(catalogue.hardware()));
        }
        return pattern;
    }

    private static String or(@Nullable String text) {
        return text == null ? "" : text;
    }
}
