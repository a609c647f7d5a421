package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.decision.cases.CaseKind.PREFERENCE;
import static quartermaster.decision.cases.CaseKind.TRUTH;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.cases.CaseKind;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Expectation;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.Workbooks;

class CasesReaderTest {
    @Test
    void a_row_becomes_a_request_and_its_demands() {
        Case read = only(row(
                "Concurrency", 3,
                "Candidates",
                        "nvidia-h100-sxm-80gb x 2 replicas 3 rent vllm fp8; mac-studio-m3-ultra-80c-gpu-256gb buy",
                "Finds", "skills-missing @ nvidia-h100-*; over-budget",
                "Decode between", "mac-*: [12..18)",
                "Replicas at least", 2));
        assertThat(read.request().workload().type()).isEqualTo(WorkloadType.INTERNAL_TOOL);
        assertThat(read.request().asOf()).isEqualTo(LocalDate.of(2026, 11, 22));
        assertThat(read.request().candidates())
                .containsExactly(
                        new Candidate("nvidia-h100-sxm-80gb", 2, 3, Acquisition.RENT, null, "vllm", "fp8", null, null),
                        new Candidate(
                                "mac-studio-m3-ultra-80c-gpu-256gb",
                                null,
                                null,
                                Acquisition.BUY,
                                null,
                                null,
                                null,
                                null,
                                null));
        assertThat(read.expectations())
                .extracting(Expectation::column)
                .containsExactly(CaseColumn.FINDS, CaseColumn.FINDS, CaseColumn.DECODE, CaseColumn.REPLICAS);
        assertThat(read.expectations().get(0).code()).isEqualTo("skills-missing");
        assertThat(read.expectations().get(1).candidates()).isEmpty();
        assertThat(read.expectations().get(2).within().holds(12.0)).isTrue();
        assertThat(read.expectations().get(2).within().holds(18.0)).isFalse();
        assertThat(read.expectations().get(3).within().holds(5.0)).isTrue();
    }

    @Test
    void what_an_engine_and_a_training_tool_are_both_called_is_what_the_case_is_about() {
        String mac = "mac-studio-m3-ultra-80c-gpu-256gb";
        Case serving = only(row("Candidates", mac + " owned mlx-lm", "Fits", mac + " mlx-lm"));
        assertThat(serving.request().candidates().get(0).engine()).isEqualTo("mlx");
        Case training = only(row("Type", "fine-tuning", "Candidates", mac + " owned mlx-lm", "Fits", mac + " mlx-lm"));
        assertThat(training.request().candidates().get(0).engine()).isEqualTo("mlx-lm");
        assertThat(Cases.run(TestWorkspace.decider(), List.of(serving, training)))
                .allMatch(CaseOutcome::holds);
    }

    @Test
    void every_mistake_is_reported_at_its_cell() {
        Imported<List<Case>> read = read(row(
                "Model", "llama-3.1-71b",
                "Candidates", "nvidia-h100-sxm-80gb x 2 borrow; nvidia-h1000",
                "Owned", "nvidia-rtx-3091",
                "First is", "mak-studio-*",
                "Ranks above", "nvidia-rtx-4090",
                "Finds", "does-not-fitt",
                "TTFT between", "nvidia-rtx-4090: fast",
                "Outcome", "good"));
        assertThat(read.value()).isEmpty();
        assertThat(read.problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder(
                        "unknown-id",
                        "unknown-word",
                        "unknown-id",
                        "unknown-id",
                        "unknown-id",
                        "not-an-order",
                        "unknown-code",
                        "not-a-number",
                        "unknown-choice");
        assertThat(read.problems()).allMatch(problem -> problem.at().toString().matches("Cases![A-Z]2"));
        assertThat(read.problems()).anyMatch(problem -> problem.message().contains("Did you mean does-not-fit?"));
    }

    @Test
    void a_column_that_nobody_reads_is_a_mistake() {
        assertThat(read(row("Finds", "over-budget", "Frist is", "mac-*")).problems())
                .extracting(Problem::message)
                .containsExactly("Column (Frist is) is not known. Did you mean First is?");
    }

    @Test
    void a_row_that_demands_nothing_is_a_mistake() {
        assertThat(read(row("Note", "later")).problems())
                .extracting(Problem::code)
                .containsExactly("nothing-expected");
    }

    @Test
    void a_case_that_fails_shows_what_was_found() {
        Case read = only(row(
                "Model", "llama-3.1-8b",
                "Candidates", "nvidia-rtx-4090 owned llama.cpp q4_k_m",
                "First is", "mac-studio-*",
                "Fits", "nvidia-rtx-4090",
                "Decode between", "nvidia-rtx-4090: 1..2",
                "Does not find", "does-not-fit @ mac-studio-*"));
        CaseOutcome outcome = Cases.run(TestWorkspace.decider(), List.of(read)).get(0);
        assertThat(outcome.holds()).isFalse();
        assertThat(outcome.checks()).extracting(CaseOutcome.Check::holds).containsExactly(false, false, true, false);
        assertThat(outcome.toString())
                .contains("FAILS  First is: mac-studio-*", "found: 1. nvidia-rtx-4090 x 1", "no such candidate");
    }

    @Test
    void who_wins_is_a_preference_and_all_else_a_truth_unless_the_row_says_otherwise() {
        assertThat(kinds(row("Not first", "mac-*", "Fits", "nvidia-rtx-4090"))).containsExactly(PREFERENCE, TRUTH);
        assertThat(kinds(row("Kind", "both", "Not first", "mac-*", "Fits", "nvidia-rtx-4090")))
                .containsExactly(PREFERENCE, TRUTH);
        assertThat(kinds(row("Kind", "truth", "Not first", "mac-*", "Fits", "nvidia-rtx-4090")))
                .containsOnly(TRUTH);
        assertThat(kinds(row("Kind", "preference", "Not first", "mac-*", "Fits", "nvidia-rtx-4090")))
                .containsOnly(PREFERENCE);
    }

    @Test
    void a_kind_that_is_none_is_a_mistake_of_its_cell() {
        List<Problem> problems =
                read(row("Kind", "truht", "Not first", "mac-*")).problems();

        assertThat(problems).extracting(Problem::code).containsExactly("unknown-choice");
        assertThat(problems.get(0).message()).contains("truht", "Did you mean truth?");
        assertThat(problems.get(0).at().toString()).matches("Cases![A-Z]2");
    }

    private static List<CaseKind> kinds(Map<String, Object> row) {
        return Cases.run(TestWorkspace.decider(), List.of(only(row))).get(0).checks().stream()
                .map(CaseOutcome.Check::kind)
                .toList();
    }

    @Test
    void a_case_whose_request_is_refused_fails_with_the_reason() {
        Case read = only(row("Model fields", "Layers: 32", "Rules out", "mac-*"));
        CaseOutcome outcome = Cases.run(TestWorkspace.decider(), List.of(read)).get(0);
        assertThat(outcome.holds()).isFalse();
        assertThat(outcome.toString()).contains("FAILS  Request: can be understood", "/workload/model");
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new TreeMap<>();
        row.put("Id", "a-case");
        row.put("Statement", "Something holds.");
        row.put("Type", "internal-tool");
        row.put("As of", "2026-11-22");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    private static Imported<List<Case>> read(Map<String, Object> row) {
        WorkbookFile file = Workbooks.file(book -> {
            Workbooks.row(book.createSheet("Cases"), 1, row.keySet().toArray());
            Workbooks.row(book.getSheet("Cases"), 2, row.values().toArray());
        });
        return CasesReader.read(file, TestWorkspace.decider());
    }

    private static Case only(Map<String, Object> row) {
        Imported<List<Case>> read = read(row);
        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).hasSize(1);
        return read.value().get(0);
    }
}
