package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.decision.Decision;
import quartermaster.json.RequestReader;
import quartermaster.ledger.Ledger;
import quartermaster.workspace.InForce;
import quartermaster.workspace.Workspace;

class BackupCommandTest {
    private static final String REQUEST = """
            {"workload": {"type": "evaluation", "model": "llama-3.1-8b"}, "candidates": [{"hardware": "nvidia-rtx-4090"}]}
            """;

    @TempDir
    private Path folder;

    private int run(String... args) {
        return new Terminal(folder, folder.resolve("no-copies")).run(args);
    }

    @Test
    void what_a_running_service_has_is_there_again_in_another_folder() throws Exception {
        Path workspace = TestWorkspace.copy();
        Path restored = folder.resolve("restored");
        String id;
        try (InForce service = new InForce(workspace, "test", Clock.fixed(TestWorkspace.NOW, ZoneOffset.UTC))
                .start(TestWorkspace.loaded())) {
            Decision decision = TestWorkspace.decider()
                    .decide(RequestReader.read(REQUEST, TestWorkspace.TODAY)
                            .requests()
                            .get(0))
                    .value();
            id = decision.id();
            assertThat(service.history()
                            .record(decision, "{}", Duration.ZERO, "ann")
                            .get())
                    .isTrue();
            assertThat(run("backup", "all.zip", "--workspace", workspace.toString()))
                    .isZero();
        }
        assertThat(run("restore", "all.zip", restored.toString())).isZero();
        for (String file : new String[] {Workspace.POLICY, Workspace.CATALOGUE, "rules/budget.drl"}) {
            assertThat(restored.resolve(file)).hasSameBinaryContentAs(workspace.resolve(file));
        }
        try (Ledger ledger = Ledger.open(restored.resolve(Workspace.OWN))) {
            assertThat(ledger.findDecision(id).orElseThrow().actor()).isEqualTo("ann");
            assertThat(ledger.versions()).isNotEmpty();
        }
    }

    @Test
    void nothing_is_overwritten_and_nothing_else_is_laid_out() throws Exception {
        Path workspace = TestWorkspace.copy();
        assertThat(run("backup", "all.zip", "--workspace", workspace.toString()))
                .isZero();
        assertThat(run("backup", "all.zip", "--workspace", workspace.toString()))
                .isEqualTo(ExitCode.UNREADABLE);
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("note.txt"), "mine");
        assertThat(run("restore", "all.zip", full.toString())).isEqualTo(ExitCode.UNREADABLE);
        Files.writeString(folder.resolve("no.zip"), "nothing");
        assertThat(run("restore", "no.zip", "elsewhere")).isEqualTo(ExitCode.UNREADABLE);
    }
}
