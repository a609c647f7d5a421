package quartermaster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.TestWorkspace;
import quartermaster.advice.Sweep;
import quartermaster.advice.VariedField;
import quartermaster.json.BadJsonException;
import quartermaster.json.JsonText;
import quartermaster.json.RequestReader;
import quartermaster.json.RequestWriter;
import quartermaster.unit.Columns;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.workbook.read.Workbooks;
import quartermaster.workbook.score.ScoredWorkbookTest;
import quartermaster.workbook.template.Template;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.RequestCells;

/** Every field goes through every door, so that none can know one that another does not. */
class RequestFieldsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final Set<String> OF_THE_RUN = Set.of("asOf", "explain", "limit");

    static Stream<RequestField> all() {
        return RequestFields.ALL.stream();
    }

    static Stream<RequestField> ofWorkloads() {
        return RequestFields.ofWorkloads().stream();
    }

    static Stream<RequestField> ofWorkloadsButTheType() {
        return ofWorkloads().filter(each -> !each.required());
    }

    static Stream<RequestField> ofCandidates() {
        return RequestFields.OF_CANDIDATES.stream();
    }

    @Test
    void every_component_of_a_request_has_a_row_and_every_row_a_component() {
        Set<String> components = new TreeSet<>(OF_THE_RUN);
        addComponents("workload.", Workload.class, components);
        addComponents("budget.", Budget.class, components);
        addComponents("constraints.", Constraints.class, components);
        components.add("team.skills");
        components.remove("workload.inlineModel"); // a model's fields in place of its name
        assertThat(paths(RequestFields.ALL))
                .as("Add a row to RequestFields for each component")
                .isEqualTo(components);
        Set<String> ofCandidates = new TreeSet<>(Set.of(RequestFields.FOR_WORKLOADS));
        addComponents("", Candidate.class, ofCandidates);
        assertThat(paths(RequestFields.OF_CANDIDATES)).isEqualTo(ofCandidates);
    }

    @Test
    void what_is_said_anew_for_each_run_has_no_column_and_all_else_has_one() {
        assertThat(RequestFields.ALL.stream()
                        .filter(each -> each.column() == null)
                        .map(RequestField::path))
                .containsExactlyInAnyOrderElementsOf(OF_THE_RUN);
    }

    @Test
    void no_two_columns_are_called_the_same() {
        for (List<RequestField> sheet : List.of(RequestFields.ofWorkloads(), RequestFields.OF_CANDIDATES)) {
            assertThat(sheet.stream()
                            .flatMap(each ->
                                    Stream.concat(Stream.of(each.header()), each.requireColumn().synonyms().stream()))
                            .map(Columns::key))
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_field_that_json_says_is_read_written_and_read_again(RequestField field) throws BadJsonException {
        DecisionRequest read = fromJson(with(field));
        assertThat(field.in(read)).as("what was read").isNotNull();
        if (!OF_THE_RUN.contains(field.path())) {
            assertThat(read).isNotEqualTo(fromJson(new TreeMap<>(Map.of("workload", workload()))));
        }
        assertThat(fromJson(RequestWriter.write(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("ofWorkloadsButTheType")
    void a_cell_says_what_json_says(RequestField field) throws BadJsonException {
        DecisionRequest json = fromJson(with(field));
        DecisionRequest cells = fromCells(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Kind of work", field.header());
            Workbooks.row(book.getSheet("Workload"), 2, "batch", field.example());
        });
        assertThat(field.in(cells)).isEqualTo(field.in(json));
        assertThat(fromCells(book -> {
                    Workbooks.row(book.createSheet("Workload"), 1, "Kind of work", field.header());
                    Workbooks.row(book.getSheet("Workload"), 2, "batch", RequestCells.cell(field, json));
                }))
                .as("written into a cell and read again")
                .isEqualTo(cells);
    }

    @ParameterizedTest
    @MethodSource("ofCandidates")
    void a_candidates_cell_says_what_json_says(RequestField field) throws BadJsonException {
        DecisionRequest cells = fromCells(book -> {
            Workbooks.row(book.createSheet("Workload"), 1, "Type", "Name");
            Workbooks.row(book.getSheet("Workload"), 2, "batch", "support chat");
            boolean isHardware = field.path().equals("hardware");
            Workbooks.row(book.createSheet("Candidates"), 1, "Machine", isHardware ? "Notes" : field.header());
            Workbooks.row(book.getSheet("Candidates"), 2, "nvidia-h100-sxm-80gb", field.example());
        });
        assertThat(cells.candidates()).hasSize(1);
        if (!field.path().equals(RequestFields.FOR_WORKLOADS)) {
            Map<String, Object> candidate = new TreeMap<>(Map.of("hardware", "nvidia-h100-sxm-80gb"));
            candidate.put(field.path(), json(field));
            DecisionRequest json =
                    fromJson(new TreeMap<>(Map.of("workload", workload(), "candidates", List.of(candidate))));
            assertThat(cells.candidates()).isEqualTo(json.candidates());
            assertThat(fromJson(RequestWriter.write(json))).isEqualTo(json);
        }
    }

    @Test
    void the_template_has_a_column_for_every_field() {
        XSSFWorkbook template = ScoredWorkbookTest.open(Template.write(TestWorkspace.catalogue()));
        assertThat(headers(template, "Workload"))
                .containsAll(ofWorkloads().map(RequestField::header).toList());
        assertThat(headers(template, "Candidates"))
                .containsAll(ofCandidates().map(RequestField::header).toList());
    }

    @Test
    void a_sweep_may_vary_every_field_that_has_one_value() throws BadJsonException {
        DecisionRequest asked = fromJson(new TreeMap<>(Map.of("workload", workload())));
        for (RequestField field : RequestFields.varied()) {
            String example =
                    field.kind() == RequestField.Kind.CHOICES ? field.example().replace("; ", "+") : field.example();
            Imported<?> swept =
                    Sweep.grid(asked, List.of(new VariedField(field.name(), example, new Place.Pointer("/vary"))), 100);
            assertThat(swept.problems()).as(field.path()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void a_number_beyond_its_bounds_is_refused_by_its_row(RequestField field) throws BadJsonException {
        if (!field.isNumber()) {
            return;
        }
        Map<String, Object> asked = with(field);
        put(
                asked,
                field.path(),
                field.isWhole() ? (Object) (long) (field.most() + 1) : (Object) (field.most() * 2 + 1));
        assertThat(TestWorkspace.decider().decide(fromJson(asked)).problems()).anySatisfy(problem -> {
            assertThat(problem.at().toString()).isEqualTo(field.pointer());
            assertThat(problem.message()).contains(field.counted());
        });
    }

    @Test
    void every_field_says_what_it_means_and_shows_an_example() {
        assertThat(Stream.concat(all(), ofCandidates())).allSatisfy(each -> {
            assertThat(each.example()).isNotBlank();
            if (each.column() != null) {
                assertThat(each.column().help()).endsWith(".");
            }
        });
    }

    private static Set<String> paths(List<RequestField> rows) {
        return rows.stream().map(RequestField::path).collect(Collectors.toSet());
    }

    private static void addComponents(String at, Class<? extends Record> type, Set<String> paths) {
        Arrays.stream(type.getRecordComponents()).forEach(each -> {
            if (each.getType().isRecord() && each.getType() != InlineModel.class) {
                addComponents(at + each.getName() + ".", each.getType().asSubclass(Record.class), paths);
            } else {
                paths.add(at + each.getName());
            }
        });
    }

    private static Map<String, Object> workload() {
        return new TreeMap<>(Map.of("type", "batch"));
    }

    /** A request that says nothing but that field. */
    private static Map<String, Object> with(RequestField field) {
        Map<String, Object> asked = new TreeMap<>(Map.of("workload", workload()));
        put(asked, field.path(), json(field));
        return asked;
    }

    @SuppressWarnings("unchecked")
    private static void put(Map<String, Object> asked, String path, Object value) {
        int dot = path.indexOf('.');
        if (dot < 0) {
            asked.put(path, value);
        } else {
            Object inner = asked.computeIfAbsent(path.substring(0, dot), key -> new TreeMap<String, Object>());
            put((Map<String, Object>) inner, path.substring(dot + 1), value);
        }
    }

    /** The example as JSON has it. */
    private static Object json(RequestField field) {
        String example = field.example();
        return switch (field.kind()) {
            case WHOLE_NUMBER -> Long.valueOf(example);
            case NUMBER, POSITIVE_NUMBER, SHARE -> Double.valueOf(example);
            case YES_NO -> true;
            case CHOICES, TEXTS, MODELS -> List.of(example.split("; "));
            case MACHINES -> List.of(Map.of("hardware", example.split(" x ")[0], "devices", 2L));
            case TEXT, MODEL, CHOICE, DATE -> example;
        };
    }

    private static DecisionRequest fromJson(Map<String, Object> asked) throws BadJsonException {
        return fromJson(JsonText.of(asked));
    }

    private static DecisionRequest fromJson(String json) throws BadJsonException {
        Imported<DecisionRequest> read =
                RequestReader.read(json, TODAY).requests().get(0);
        assertThat(read.problems()).isEmpty();
        return Objects.requireNonNull(read.value());
    }

    private static DecisionRequest fromCells(Consumer<XSSFWorkbook> book) {
        var read = CandidatesReader.read(Workbooks.file(book), TestWorkspace.names(), TODAY, Explain.SUMMARY);
        assertThat(read.problems()).isEmpty();
        return read.value().get(0).request();
    }

    private static List<String> headers(XSSFWorkbook book, String sheet) {
        return Stream.iterate(0, i -> i + 1)
                .limit(book.getSheet(sheet).getRow(0).getLastCellNum())
                .map(i -> book.getSheet(sheet).getRow(0).getCell(i).getStringCellValue())
                .toList();
    }
}
