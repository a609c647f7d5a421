package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.cases.Case;
import quartermaster.decision.cases.CaseColumn;
import quartermaster.decision.cases.CaseDraft;
import quartermaster.decision.cases.CaseOutcome;
import quartermaster.decision.cases.Cases;
import quartermaster.decision.cases.Coverage;
import quartermaster.decision.cases.Coverage.TableRow;
import quartermaster.decision.cases.CoverageSearch;
import quartermaster.decision.engine.Decider;
import quartermaster.request.Acquisition;
import quartermaster.request.Budget;
import quartermaster.request.Candidate;
import quartermaster.request.Constraints;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.FineTuning;
import quartermaster.request.FineTuningMethod;
import quartermaster.request.Skill;
import quartermaster.request.Workload;
import quartermaster.request.WorkloadType;
import quartermaster.unit.Imported;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workspace.Workspace;

/** Rows and rules that no case reaches become drafts that hold. */
class CaseDraftsTest {
    private static final Path CASES = TestWorkspace.FOLDER.resolve(Workspace.CASES);
    private static final Set<String> ROWS = Set.of(
            "Fit!A16", // production, and slow
            "Workload type!A16", // owned
            "Workload type!A44", // bought, and for a job
            "Concurrency!A12",
            "Model availability!A3", // a licence
            "Team expertise!A4"); // one skill missing
    private static final Set<String> RULES = Set.of("laptop-needed", "does-not-fit", "lead-time-too-long");

    private final Decider decider = TestWorkspace.decider();

    @TempDir
    private Path folder;

    @Test
    void drafts_reach_what_they_are_for_can_be_read_and_hold() throws Exception {
        List<TableRow> rows = new Coverage(decider.rules())
                .silentRows().stream()
                        .filter(each -> ROWS.contains(each.at("").toString().strip()))
                        .toList();
        CoverageSearch reaching = new CoverageSearch(decider, LocalDate.of(2026, 11, 22));
        List<CaseDraft> drafts = new ArrayList<>();
        reaching.rows(rows).forEach((row, request) -> drafts.add(CaseDraft.of(row, request, decider)));
        reaching.rules(decider.rules().rules().stream()
                        .filter(each -> RULES.contains(each.name()))
                        .toList())
                .forEach((rule, request) -> drafts.add(CaseDraft.of(rule, request, decider)));
        assertThat(drafts).hasSize(ROWS.size() + RULES.size());

        List<Case> cases = written(drafts);

        Coverage coverage = new Coverage(decider.rules());
        assertThat(Cases.run(decider, cases, coverage::add)).allMatch(CaseOutcome::holds);
        assertThat(cases).extracting(Case::request).containsExactlyElementsOf(requests(drafts));
        assertThat(coverage.silentRows()).doesNotContainAnyElementsOf(rows);
        assertThat(coverage.silentRules()).noneMatch(each -> RULES.contains(each.name()));
    }

    @Test
    void every_field_of_a_request_survives_the_sheet() throws Exception {
        Workload workload = Workload.of(WorkloadType.FINE_TUNING)
                .with("name", "chat")
                .with("model", "llama-3.1-8b")
                .with("quantization", "bf16")
                .with("kvCacheQuantization", "fp8")
                .with("inputTokens", 100)
                .with("outputTokens", 50)
                .with("contextTokens", 400)
                .with("sharedPrefixTokens", 20)
                .with("concurrency", 3)
                .with("namedUsers", 9)
                .with("requestsPerDay", 70)
                .with("minDecodeTokensPerSecond", 4.5)
                .with("maxTimeToFirstTokenSeconds", 2.5)
                .with("fineTuning", FineTuning.of(FineTuningMethod.LORA, 2, 512));
        DecisionRequest request = new DecisionRequest(
                workload,
                new Budget(9000.0, 300.0, 24, 0.4, 0.2),
                Set.of(),
                new Constraints(
                        true,
                        true,
                        true,
                        4,
                        true,
                        List.of(new Constraints.Owned("nvidia-rtx-4090", 2)),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        false),
                List.of(new Candidate("nvidia-rtx-4090", 2, 1, Acquisition.BUY, null, "vllm", "bf16", null, null)),
                LocalDate.of(2026, 11, 22),
                Explain.SUMMARY,
                10_000);
        DecisionRequest other = new DecisionRequest(
                workload,
                Budget.UNSAID,
                Set.of(Skill.LINUX, Skill.CUDA),
                Constraints.NONE,
                List.of(),
                LocalDate.of(2026, 11, 22),
                Explain.SUMMARY,
                10_000);
        Map<CaseColumn, String> demands = new EnumMap<>(Map.of(CaseColumn.OUTCOME, "recommended"));

        assertThat(written(List.of(
                        new CaseDraft("one", "One.", request, demands), new CaseDraft("two", "Two.", other, demands))))
                .extracting(Case::request)
                .containsExactly(request, other);
    }

    @Test
    void a_file_that_is_there_is_never_touched() throws Exception {
        Path there = Files.writeString(folder.resolve("there.xlsx"), "mine");

        assertThatThrownBy(() -> CaseDrafts.write(CASES, List.of(), there))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).hasContent("mine");
    }

    @Test
    void without_cases_the_sheet_is_made() throws Exception {
        CaseDraft draft = new CaseDraft(
                "one",
                "One.",
                new DecisionRequest(
                        Workload.of(WorkloadType.BATCH),
                        Budget.UNSAID,
                        null,
                        Constraints.NONE,
                        List.of(),
                        LocalDate.of(2026, 11, 22),
                        Explain.SUMMARY,
                        10_000),
                Map.of(CaseColumn.OUTCOME, "recommended"));
        Path file = folder.resolve("new.xlsx");

        CaseDrafts.write(folder.resolve("missing.xlsx"), List.of(draft), file);

        assertThat(read(file)).extracting(Case::request).containsExactly(draft.request());
    }

    private List<Case> written(List<CaseDraft> drafts) throws Exception {
        Path file = folder.resolve("drafts.xlsx");
        CaseDrafts.write(CASES, drafts, file);
        return read(file);
    }

    private List<Case> read(Path file) throws Exception {
        Imported<List<Case>> cases = CasesReader.read(WorkbookFile.open(file), decider);
        assertThat(cases.problems()).isEmpty();
        return cases.value();
    }

    /** As cases ask them: every candidate is shown. */
    private static List<DecisionRequest> requests(List<CaseDraft> drafts) {
        return drafts.stream()
                .map(CaseDraft::request)
                .map(it -> new DecisionRequest(
                        it.workload(),
                        it.budget(),
                        it.skills(),
                        it.constraints(),
                        it.candidates(),
                        it.asOf(),
                        it.explain(),
                        10_000))
                .toList();
    }
}
