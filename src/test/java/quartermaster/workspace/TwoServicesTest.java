package quartermaster.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.poi.ss.usermodel.Cell;
import org.junit.jupiter.api.Test;
import quartermaster.TestWorkspace;
import quartermaster.workbook.read.Workbooks;

/** Two services on one folder: who did not see the other's version does not overwrite it. */
class TwoServicesTest {
    private static final Clock CLOCK = Clock.fixed(TestWorkspace.NOW, ZoneOffset.UTC);

    private final Path folder = TestWorkspace.copy();

    @Test
    void of_two_that_publish_at_the_same_time_one_is_refused_and_nothing_is_lost() throws Exception {
        ExecutorService publishing = Executors.newFixedThreadPool(2);
        try (InForce one = service();
                InForce other = service()) {
            String seen = id(one.now());
            List<Future<InForce.Published>> sent = new ArrayList<>();
            for (InForce each : List.of(one, other)) {
                Map<String, byte[]> draft = draft(each == one ? "by the one" : "by the other");
                sent.add(publishing.submit(() -> each.publish(draft, seen, null, false, null, () -> {})));
            }
            List<InForce.Published> done = new ArrayList<>();
            List<WorkspaceRefusal> refused = new ArrayList<>();
            for (Future<InForce.Published> each : sent) {
                WorkspaceRefusal refusal = catchThrowableOfType(WorkspaceRefusal.class, () -> result(each, done));
                if (refusal != null) {
                    refused.add(refusal);
                }
            }
            assertThat(done).singleElement().matches(InForce.Published::done);
            assertThat(refused)
                    .singleElement()
                    .extracting(WorkspaceRefusal::reason)
                    .isEqualTo(WorkspaceRefusal.Reason.OTHER_VERSION);
            assertThat(WorkspaceFiles.read(folder))
                    .isEqualTo(done.get(0).built().loaded().files());
        } finally {
            publishing.shutdownNow();
        }
    }

    @Test
    void what_another_service_has_published_is_neither_overwritten_nor_taken_for_an_edit_by_hand() throws Exception {
        try (InForce one = service();
                InForce other = service()) {
            String seen = id(one.now());
            InForce.Published published = one.publish(draft("by the one"), seen, null, false, null, () -> {});
            assertThat(published.done()).isTrue();

            WorkspaceRefusal refusal = catchThrowableOfType(
                    WorkspaceRefusal.class,
                    () -> other.publish(Map.of("rules/own.drl", new byte[0]), seen, null, false, null, () -> {}));
            assertThat(refusal.reason()).isEqualTo(WorkspaceRefusal.Reason.OTHER_VERSION);
            refusal = catchThrowableOfType(
                    WorkspaceRefusal.class,
                    () -> other.activate(seen, seen, "the old one was better", true, null, () -> {}));
            assertThat(refusal.reason()).isEqualTo(WorkspaceRefusal.Reason.OTHER_VERSION);
            assertThat(WorkspaceFiles.read(folder))
                    .isEqualTo(published.built().loaded().files());
        }
    }

    private static void result(Future<InForce.Published> future, List<InForce.Published> done) throws Throwable {
        try {
            done.add(future.get());
        } catch (java.util.concurrent.ExecutionException e) {
            throw e.getCause();
        }
    }

    private InForce service() {
        return new InForce(folder, "test", CLOCK).start(TestWorkspace.loaded());
    }

    private static String id(Workspace.Loaded loaded) {
        return loaded.decider().versions().workspace();
    }

    /** The policy with another reason in its first row: no case asks for it. */
    static Map<String, byte[]> draft(String because) {
        byte[] policy = TestWorkspace.loaded().files().find(Workspace.POLICY).orElseThrow();
        return Map.of(Workspace.POLICY, Workbooks.changed(policy, book -> {
            for (Cell head : book.getSheet("Budget").getRow(0)) {
                if (head.toString().equals("Because")) {
                    book.getSheet("Budget")
                            .getRow(1)
                            .getCell(head.getColumnIndex())
                            .setCellValue(because);
                }
            }
        }));
    }
}
