package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import quartermaster.TestPostgres;
import quartermaster.TestWorkspace;
import quartermaster.ledger.Activation;
import quartermaster.ledger.DatabaseAddress;
import quartermaster.ledger.KeptVersion;
import quartermaster.ledger.Ledger;
import quartermaster.ledger.Manifest;
import quartermaster.ledger.Origin;
import quartermaster.unit.Digests;

/** What is in force where a database says it. */
@Timeout(300)
class SharedVersionTest {
    private static final Clock CLOCK = Clock.fixed(TestWorkspace.NOW, ZoneOffset.UTC);

    private final String url = TestPostgres.newDatabase();
    private final DatabaseAddress database = new DatabaseAddress(url, null, null);

    @Test
    void another_folder_counts_only_when_it_is_published() throws Exception {
        Path other = TestWorkspace.copy();
        byte[] policy = TwoServicesTest.draft("in the folder").get(Workspace.POLICY);
        Files.write(other.resolve(Workspace.POLICY), policy);
        try (InForce one = service(TestWorkspace.copy());
                InForce two = service(other)) {
            String first = id(one);
            assertThat(id(two))
                    .as("what is in force, not what stands in its folder")
                    .isEqualTo(first);

            two.publishFolder();
            assertThat(two.now().files().find(Workspace.POLICY).orElseThrow()).isEqualTo(policy);
            await(one, each -> id(each).equals(id(two)));
            assertThat(id(one)).isNotEqualTo(first);
            assertThat(one.history().ledger().versions()).hasSize(2);
        }
    }

    @Test
    void a_version_that_cannot_be_loaded_is_told_and_leaves_the_one_before_in_force() throws Exception {
        byte[] broken = "no workbook".getBytes(StandardCharsets.UTF_8);
        Map<String, String> files = new TreeMap<>(TestWorkspace.loaded().files().digests());
        files.put(Workspace.POLICY, Digests.of(broken));
        KeptVersion unreadable = new KeptVersion(
                Digests.of("of a newer program"),
                TestWorkspace.NOW,
                Origin.PUBLISHED,
                null,
                Manifest.of(files),
                Digests.of("c"),
                Digests.of("r"),
                "9.9",
                null);
        try (InForce one = service(TestWorkspace.copy());
                Ledger ledger = Ledger.open(TestWorkspace.emptyFolder(), database)) {
            String first = id(one);
            assertThat(put(ledger, unreadable, Map.of(Digests.of(broken), broken), first))
                    .isTrue();
            await(one, each -> !each.problems().isEmpty());
            assertThat(one.problems().toString()).contains(Workspace.POLICY);
            assertThat(id(one)).isEqualTo(first);
            WorkspaceRefusal refusal = catchThrowableOfType(
                    WorkspaceRefusal.class, () -> one.activate(first, first, "undo it", true, null, () -> {}));
            assertThat(refusal.reason())
                    .as("it did not see what is in force for all")
                    .isEqualTo(WorkspaceRefusal.Reason.OTHER_VERSION);

            KeptVersion before = ledger.findVersion(first).orElseThrow();
            assertThat(put(ledger, before, Map.of(), unreadable.id())).isTrue();
            await(one, each -> each.problems().isEmpty());
            assertThat(id(one)).isEqualTo(first);
        }
    }

    @Test
    void without_the_database_nothing_is_in_force_and_it_is_said_why() {
        TestPostgres.stop(url);
        try (InForce one = service(TestWorkspace.copy())) {
            assertThat(one.decider()).isNull();
            assertThat(one.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.code()).isEqualTo(InForce.NO_DATABASE);
                assertThat(problem.message()).contains("jdbc:postgresql:", "cannot be opened");
            });
        }
    }

    private static boolean put(Ledger ledger, KeptVersion version, Map<String, byte[]> files, String expected) {
        return ledger.putInForce(
                version, files, new Activation(version.id(), TestWorkspace.NOW, Origin.PUBLISHED, null), expected);
    }

    private static void await(InForce service, Predicate<InForce> state) throws InterruptedException {
        while (!state.test(service)) {
            Thread.sleep(20);
        }
    }

    private static String id(InForce service) {
        return service.now().decider().versions().workspace();
    }

    private InForce service(Path folder) {
        return new InForce(folder, "test", CLOCK, database).start(TestWorkspace.loaded());
    }
}
