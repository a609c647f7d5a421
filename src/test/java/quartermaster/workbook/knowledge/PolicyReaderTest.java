package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.ChangedCells;
import quartermaster.decision.Condition;
import quartermaster.decision.Points;
import quartermaster.decision.Policy;
import quartermaster.decision.PolicyRow;
import quartermaster.decision.PolicyTable;
import quartermaster.decision.Step;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.Workbooks;

/** Odd and hostile cells in the policy: what they mean is said here, and text is never more than data. */
class PolicyReaderTest {
    private static final String FILE = "rules/policy.xlsx";
    private static final byte[] SHIPPED = shipped();

    @Test
    void percents_money_and_decimal_commas_mean_what_people_see() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Budget used (%)", "Per month (USD)", "Per million tokens (USD)");
            row(sheet, 2, 0.9, 5000, "0,5..1,5", 50, "good", "One.");
            Workbooks.format(sheet.getRow(1).getCell(0), "0%");
            Workbooks.format(sheet.getRow(1).getCell(1), "$#,##0");
        });

        assertThat(table.rows().get(0).conditions())
                .containsExactly(exactly(90), exactly(5000), new Condition.Within(0.5, true, 1.5, true));
    }

    @Test
    void units_in_a_header_are_converted_and_may_be_left_out() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "TTFT (ms)", "Decode (tok/s)", "Memory headroom");
            row(sheet, 2, "< 500", 20, "> 10 %", 50, "good", "One.");
        });

        assertThat(table.rows().get(0).conditions())
                .containsExactly(
                        new Condition.Within(Double.NEGATIVE_INFINITY, true, 0.5, false),
                        exactly(20),
                        new Condition.Within(10, false, Double.POSITIVE_INFINITY, true));
        assertThat(table.columns().get(0).header()).isEqualTo("TTFT (s)");
    }

    @Test
    void a_unit_that_cannot_be_converted_is_a_problem_at_its_header() {
        assertProblem("Budget!A1", "Did you mean Memory headroom (%)?", sheet -> {
            header(sheet, "Memory headroom (GiB)");
            row(sheet, 2, 8, 50, "good", "One.");
        });
    }

    @Test
    void points_may_be_a_line_over_the_one_bounded_range_of_a_row() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas", "Per month (USD)");
            row(sheet, 2, "> 4", "(100..10000]", "100..40 log", "good", "One.");
            row(sheet, 3, "-", "[0..500]", "90.5 .. 80", "good", "Two.");
            row(sheet, 4, "-", "-", 40, "good", "Three.");
        });

        assertThat(table.rows())
                .extracting(row -> row.points().toString())
                .containsExactly("100..40 log", "90.5..80", "40");
        Points line = table.rows().get(0).points();
        assertThat(line.over().header()).isEqualTo("Per month (USD)");
        assertThat(line.range()).isEqualTo(new Condition.Within(100, false, 10000, true));
        assertThat(line.logarithmic()).isTrue();
        assertThat(table.rows().get(1).points().logarithmic()).isFalse();
    }

    @Test
    void a_line_without_a_bounded_range_or_with_two_is_a_problem_at_its_cell() {
        assertProblem("Budget!B2", "exactly one bounded range of numbers in its row", sheet -> {
            header(sheet, "Per month (USD)");
            row(sheet, 2, "> 100", "100..40", "good", "One.");
        });
        assertProblem("Budget!C2", "this row has Per month (USD) and Replicas", sheet -> {
            header(sheet, "Per month (USD)", "Replicas");
            row(sheet, 2, "100..200", "1..4", "100..40", "good", "One.");
        });
    }

    @Test
    void a_logarithmic_line_begins_above_zero_and_no_line_leaves_0_to_100() {
        assertProblem("Budget!B2", "needs a range that begins above 0", sheet -> {
            header(sheet, "Per month (USD)");
            row(sheet, 2, "0..100", "100..40 log", "good", "One.");
        });
        assertProblem("Budget!B2", "expected 0 to 100", sheet -> {
            header(sheet, "Per month (USD)");
            row(sheet, 2, "1..100", "140..40", "good", "One.");
        });
        assertProblem("Budget!B2", "100..40 lin", sheet -> {
            header(sheet, "Per month (USD)");
            row(sheet, 2, "1..100", "100..40 lin", "good", "One.");
        });
    }

    @Test
    void a_date_is_no_condition_for_it_was_a_range_once() {
        assertProblem("Budget!A2", "write 1..4", sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, 1, 50, "good", "One.");
            sheet.getRow(1).getCell(0).setCellValue(LocalDate.of(2026, 4, 1));
            Workbooks.format(sheet.getRow(1).getCell(0), "yyyy-mm-dd");
        });
    }

    @Test
    void a_value_of_a_formula_counts_and_a_formula_without_one_is_a_problem() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, "=1+1", 50, "good", "One.");
            sheet.getWorkbook().getCreationHelper().createFormulaEvaluator().evaluateAll();
        });
        assertThat(table.rows().get(0).conditions()).containsExactly(exactly(2));

        assertProblem("Budget!A2", "The formula has no value", sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, "=NOW()", 50, "good", "One.");
        });
    }

    @Test
    void blank_rows_are_passed_over_and_hidden_rows_count() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, 1, 50, "good", "One.");
            row(sheet, 5, 2, 60, "good", "Two.");
            row(sheet, 6, "   ", " ", "", " ");
            row(sheet, 9, "-", 70, "good", "Rest.");
            sheet.getRow(4).setZeroHeight(true);
        });

        assertThat(table.rows()).extracting(PolicyRow::row).containsExactly(2, 5, 9);
        assertThat(table.rows().get(1).conditions()).containsExactly(exactly(2));
    }

    @Test
    void a_header_that_is_merged_downwards_is_one_header() {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:A2"));
            row(sheet, 3, 1, 50, "good", "One.");
        });

        assertThat(table.rows()).extracting(PolicyRow::row).containsExactly(3);
    }

    @Test
    void conditions_without_a_heading_are_a_problem_for_their_rows_would_match_too_much() {
        assertProblem("Budget!B2", "has no heading", sheet -> {
            Workbooks.row(sheet, 1, "Replicas", null, "Points", "Verdict", "Because");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A1:B1"));
            row(sheet, 2, 1, 8, 50, "good", "One.");
        });
    }

    @Test
    void merged_conditions_are_a_problem_for_only_the_first_row_would_ask_for_them() {
        assertProblem("Budget!A2", "The cells A2:A3 are merged", sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, 1, 50, "good", "One.");
            row(sheet, 3, null, 60, "good", "Two.");
            sheet.addMergedRegion(CellRangeAddress.valueOf("A2:A3"));
        });
    }

    @Test
    void a_column_that_stands_there_twice_is_one_problem() {
        assertProblem("Budget!B1", "stands in Budget!A1 too", sheet -> {
            header(sheet, "Replicas", "Replicas");
            row(sheet, 2, 1, 2, 50, "good", "One.");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"); System.exit(1); //",
                "+cmd|'/c calc'!A1",
                "${java:version}",
                "%s %d %n 100 %",
                "a\tb",
                "１２ – full width"
            })
    void hostile_text_in_a_reason_is_data_and_in_a_condition_a_problem(String text) {
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, "-", 50, "good", text);
        });
        assertThat(table.rows().get(0).because()).isEqualTo(text);

        assertThat(read(sheet -> {
                            header(sheet, "Acquisition");
                            row(sheet, 2, text, 50, "good", "One.");
                        })
                        .problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.at()).hasToString("Budget!A2"));
    }

    @Test
    void text_that_looks_like_a_formula_is_text() {
        assertProblem("Budget!A2", "Found (=cmd|'/c calc'!A1)", sheet -> {
            header(sheet, "Hardware");
            row(sheet, 2, "x", 50, "good", "One.");
            sheet.getRow(1).getCell(0).setCellValue("=cmd|'/c calc'!A1");
        });
    }

    @Test
    void the_longest_text_that_a_cell_can_hold_is_data() {
        String longest = "x".repeat(32_767);
        PolicyTable table = budget(sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, "-", 50, "good", longest);
        });
        assertThat(table.rows().get(0).because()).isEqualTo(longest);

        assertProblem("Budget!A2", "Found (xxx", sheet -> {
            header(sheet, "Hardware");
            row(sheet, 2, longest, 50, "good", "One.");
        });
    }

    @Test
    void a_nul_that_is_smuggled_in_as_an_escape_is_a_problem_in_a_condition() {
        assertProblem("Budget!A2", "Found (rent�)", sheet -> {
            header(sheet, "Acquisition");
            row(sheet, 2, "rent_x0000_", 50, "good", "One.");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"１２", "1e309", "99999999999999999999x", "1;2", "TRUE"})
    void what_is_no_number_is_a_problem_at_its_cell(String text) {
        assertProblem("Budget!A2", "expected a number", sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, text, 50, "good", "One.");
        });
    }

    @Test
    void points_beyond_any_number_are_a_problem() {
        assertProblem("Budget!B2", "1e309", sheet -> {
            header(sheet, "Replicas");
            row(sheet, 2, 1, "1e309", "good", "One.");
        });
    }

    @Test
    void a_threshold_that_advice_goes_by_and_an_older_policy_lacks_is_the_usual_one_and_noted() {
        byte[] older = Workbooks.changed(
                SHIPPED,
                book -> Workbooks.set(
                        ChangedCells.cell(book.getSheet("Thresholds"), "plan: weeks worth bridging", "Name"),
                        "weeks that are bridged"));
        Imported<@Nullable Policy> read = PolicyReader.read(Workbooks.opened(older), FILE);
        Policy policy = read.value();
        assertThat(read.problems()).isEmpty();
        assertThat(policy).isNotNull();
        assertThat(policy.limit("plan: weeks worth bridging")).isEqualTo(2);
        assertThat(policy.takenFromProgram())
                .extracting(Problem::toString)
                .containsExactly(
                        "rules/policy.xlsx Thresholds!A1: Thresholds has no row \"plan: weeks worth bridging\";"
                                + " the usual 2 is taken.");
    }

    private static void assertProblem(String at, String says, Consumer<XSSFSheet> fill) {
        assertThat(read(fill).problems()).singleElement().satisfies(problem -> {
            assertThat(problem.at()).hasToString(at);
            assertThat(problem.message()).contains(says);
        });
    }

    private static PolicyTable budget(Consumer<XSSFSheet> fill) {
        Imported<@Nullable Policy> read = read(fill);
        List<Problem> problems = read.problems();
        assertThat(problems).isEmpty();
        Policy policy = read.value();
        assertThat(policy).isNotNull();
        return policy.table(Step.BUDGET);
    }

    /** The shipped policy with another sheet {@code Budget}. */
    private static Imported<@Nullable Policy> read(Consumer<XSSFSheet> fill) {
        try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(SHIPPED))) {
            book.removeSheetAt(book.getSheetIndex("Budget"));
            fill.accept(book.createSheet("Budget"));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            book.write(bytes);
            return PolicyReader.read(Workbooks.opened(bytes.toByteArray()), FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void header(XSSFSheet sheet, Object... conditions) {
        row(sheet, 1, append(conditions, "Points", "Verdict", "Because"));
    }

    private static void row(XSSFSheet sheet, int number, Object... values) {
        Workbooks.row(sheet, number, values);
    }

    private static Object[] append(Object[] first, Object... more) {
        return java.util.stream.Stream.concat(java.util.Arrays.stream(first), java.util.Arrays.stream(more))
                .toArray();
    }

    private static Condition exactly(double number) {
        return new Condition.Within(number, true, number, true);
    }

    private static byte[] shipped() {
        try {
            return Files.readAllBytes(Path.of(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
