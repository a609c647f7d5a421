package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quartermaster.unit.Digests;

class PublicationTest {
    private static final Map<String, String> OLD =
            Map.of("rules/policy.xlsx", "old policy", "spreadsheets/catalogue.xlsx", "old catalogue");
    private static final Map<String, String> NEW =
            Map.of("rules/policy.xlsx", "new policy", "spreadsheets/catalogue.xlsx", "new catalogue");

    @TempDir
    private Path workspace;

    private Path folder;
    private KeptFiles kept;
    private Publication publication;

    @BeforeEach
    void start() throws IOException {
        folder = workspace.resolve(".quartermaster");
        kept = new KeptFiles(folder);
        publication = new Publication(folder, kept);
        publication.publish(workspace, bytes(OLD), Set.of());
    }

    @Test
    void files_are_replaced_made_and_removed() throws Exception {
        publication.publish(
                workspace,
                bytes(Map.of("rules/policy.xlsx", "new policy", "rules/more/own.drl", "rule")),
                Set.of("spreadsheets/catalogue.xlsx", "rules/never there.drl"));
        assertThat(files()).isEqualTo(Map.of("rules/policy.xlsx", "new policy", "rules/more/own.drl", "rule"));
        assertThat(publication.isUnderWay()).isFalse();
    }

    @Test
    void what_was_replaced_or_removed_is_kept() throws Exception {
        Files.writeString(workspace.resolve("rules/policy.xlsx"), "saved by hand");
        publication.publish(
                workspace, bytes(Map.of("rules/policy.xlsx", "new policy")), Set.of("spreadsheets/catalogue.xlsx"));
        assertThat(kept.get(Digests.of("saved by hand"))).asString().isEqualTo("saved by hand");
        assertThat(kept.get(Digests.of("old catalogue"))).asString().isEqualTo("old catalogue");
        assertThat(kept.get(Digests.of("new policy"))).asString().isEqualTo("new policy");
    }

    @Test
    void a_replaced_file_keeps_its_permissions() throws Exception {
        assumeThat(FileSystems.getDefault().supportedFileAttributeViews()).contains("posix");
        Path policy = workspace.resolve("rules/policy.xlsx");
        Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-rw-r--"));
        publication.publish(workspace, bytes(NEW), Set.of());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(policy)))
                .isEqualTo("rw-rw-r--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../outside.xlsx",
                "rules/../../outside.xlsx",
                "rules/../policy.xlsx",
                "/tmp/outside.xlsx",
                "rules//policy.xlsx",
                "./rules/policy.xlsx",
                "rules/policy.xlsx/",
                "rules\\policy.xlsx",
                "rules/a\nb.xlsx",
                "rules/a\0b.xlsx",
                ".quartermaster/ledger.sqlite"
            })
    void a_name_that_leads_astray_is_refused_and_nothing_changes(String name) throws Exception {
        Map<String, String> files = new TreeMap<>(NEW);
        files.put(name, "astray");
        assertThatIllegalArgumentException().isThrownBy(() -> publication.publish(workspace, bytes(files), Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> publication.publish(workspace, bytes(NEW), Set.of(name)));
        assertThat(files()).isEqualTo(OLD);
    }

    @Test
    void a_file_cannot_be_written_and_removed_at_once() throws Exception {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> publication.publish(workspace, bytes(NEW), Set.of("rules/policy.xlsx")));
        assertThat(files()).isEqualTo(OLD);
    }

    @Test
    void when_one_file_cannot_be_written_none_is() throws Exception {
        Map<String, String> files = new TreeMap<>(NEW);
        files.put("spreadsheets/catalogue.xlsx/is no folder", "x"); // the last by name, so the others are staged before
        assertThatIOException().isThrownBy(() -> publication.publish(workspace, bytes(files), Set.of()));
        assertThat(files()).isEqualTo(OLD);
        assertThat(publication.isUnderWay()).isFalse();
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.NOTHING);
    }

    @Test
    void nothing_to_recover_is_fine_even_without_a_folder() throws Exception {
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.NOTHING);
        Path elsewhere = workspace.resolve("no such folder");
        assertThat(new Publication(elsewhere, new KeptFiles(elsewhere)).recover(workspace))
                .isEqualTo(Recovery.NOTHING);
        assertThat(elsewhere).doesNotExist();
    }

    @Test
    void a_decided_publication_is_finished_once() throws Exception {
        journal("publication.journal", NEW);
        Files.writeString(workspace.resolve("rules/policy.xlsx"), "new policy"); // the crash came between the two
        Files.writeString(workspace.resolve("spreadsheets/.catalogue.xlsx.publishing"), "new cat");
        assertThat(publication.isUnderWay()).isTrue();

        assertThat(publication.recover(workspace)).isEqualTo(Recovery.FINISHED);
        assertThat(files()).isEqualTo(NEW);
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.NOTHING);
        assertThat(files()).isEqualTo(NEW);
    }

    @Test
    void an_undecided_publication_is_abandoned() throws Exception {
        journal("publication.journal.draft", NEW);
        Files.writeString(workspace.resolve("rules/.policy.xlsx.publishing"), "new policy");
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.ABANDONED);
        assertThat(files()).isEqualTo(OLD);
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.NOTHING);
    }

    @Test
    void the_next_publication_finishes_an_earlier_one_first() throws Exception {
        journal("publication.journal", NEW);
        publication.publish(workspace, bytes(Map.of("rules/policy.xlsx", "newest policy")), Set.of());
        assertThat(files())
                .isEqualTo(
                        Map.of("rules/policy.xlsx", "newest policy", "spreadsheets/catalogue.xlsx", "new catalogue"));
    }

    @Test
    void a_journal_with_any_byte_wrong_or_missing_is_no_journal() {
        Journal journal = Journal.of(bytes(NEW), Set.of("rules/gone.drl"));
        byte[] whole = journal.bytes();
        assertThat(Journal.parse(whole)).contains(journal);
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            assertThat(Journal.parse(changed)).as("byte %d changed", i).isEmpty();
            assertThat(Journal.parse(Arrays.copyOf(whole, i)))
                    .as("cut at %d", i)
                    .isEmpty();
        }
    }

    @Test
    void a_damaged_journal_is_put_aside_and_the_old_files_stay() throws Exception {
        journal("publication.journal", NEW);
        Files.writeString(folder.resolve("publication.journal"), "gone rules/policy.xlsx\n", StandardOpenOption.APPEND);
        assertThat(publication.recover(workspace)).isEqualTo(Recovery.DAMAGED);
        assertThat(files()).isEqualTo(OLD);
        assertThat(publication.isUnderWay()).isFalse();
        assertThat(folder.resolve("publication.journal.damaged")).exists();
        publication.publish(workspace, bytes(NEW), Set.of());
        assertThat(files()).isEqualTo(NEW);
    }

    @Test
    void when_kept_content_is_missing_no_file_is_replaced() throws Exception {
        journal("publication.journal", NEW);
        Files.delete(folder.resolve(kept.nameOf(Digests.of("new catalogue"))));
        assertThatIOException().isThrownBy(() -> publication.recover(workspace)).withMessageContaining("is not kept");
        assertThat(workspace.resolve("rules/policy.xlsx")).hasContent("old policy");
        assertThat(workspace.resolve("spreadsheets/catalogue.xlsx")).hasContent("old catalogue");
    }

    @Test
    void what_was_published_meanwhile_is_not_overwritten() throws Exception {
        Publication other = new Publication(folder, kept);
        other.publish(workspace, bytes(Map.of("rules/policy.xlsx", "another's")), Set.of());
        assertThatIllegalStateException()
                .isThrownBy(() -> publication.publish(
                        workspace,
                        bytes(NEW),
                        Set.of(),
                        () -> {
                            throw new IllegalStateException(
                                    "seen in the lock: " + Files.readString(workspace.resolve("rules/policy.xlsx")));
                        },
                        () -> {}))
                .withMessage("seen in the lock: another's");
        assertThat(files()).containsEntry("rules/policy.xlsx", "another's");
        assertThat(publication.isUnderWay()).isFalse();
        publication.publish(workspace, bytes(NEW), Set.of());
        assertThat(files()).isEqualTo(NEW);
    }

    @Test
    void publications_at_the_same_time_come_one_after_the_other() throws Exception {
        ExecutorService publishers = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> all = Stream.of(OLD, NEW)
                    .<Future<?>>map(version -> publishers.submit(() -> {
                        Publication own = new Publication(folder, kept);
                        for (int i = 0; i < 25; i++) {
                            own.publish(workspace, bytes(version), Set.of());
                        }
                        return true;
                    }))
                    .toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            publishers.shutdownNow();
        }
        assertThat(files()).isIn(OLD, NEW);
    }

    private void journal(String name, Map<String, String> files) throws IOException {
        bytes(files).values().forEach(this::keep);
        Files.write(folder.resolve(name), Journal.of(bytes(files), Set.of()).bytes());
    }

    private void keep(byte[] content) {
        try {
            kept.put(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that lies in the workspace, but for the program's own folder. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(workspace)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(folder))
                    .toList()) {
                files.put(workspace.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
        return files;
    }

    private static Map<String, byte[]> bytes(Map<String, String> files) {
        Map<String, byte[]> bytes = new TreeMap<>();
        files.forEach((name, content) -> bytes.put(name, content.getBytes(StandardCharsets.UTF_8)));
        return bytes;
    }
}
