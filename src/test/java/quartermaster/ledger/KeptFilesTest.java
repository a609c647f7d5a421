package quartermaster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.unit.Digests;

class KeptFilesTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);
    private static final String ABC_HEX =
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2

    @TempDir
    private Path folder;

    private KeptFiles kept;
    private Path place;

    @BeforeEach
    void keep() {
        kept = new KeptFiles(folder);
        place = folder.resolve("objects/ba").resolve(ABC_HEX);
    }

    @Test
    void content_is_found_by_its_digest() throws Exception {
        String digest = kept.put(ABC);
        assertThat(digest).isEqualTo("sha256:" + ABC_HEX);
        assertThat(place).hasBinaryContent(ABC);
        assertThat(kept.get(digest)).isEqualTo(ABC);
        assertThat(folder.resolve("objects")).isDirectoryNotContaining(Files::isRegularFile);
    }

    @Test
    void what_is_kept_is_not_written_again() throws Exception {
        kept.put(ABC);
        FileTime longAgo = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));
        Files.setLastModifiedTime(place, longAgo);
        kept.put(ABC);
        assertThat(Files.getLastModifiedTime(place)).isEqualTo(longAgo);
    }

    @Test
    void damaged_content_is_not_given_out_and_is_mended_by_the_next_put() throws Exception {
        String digest = kept.put(ABC);
        Files.writeString(place, "abd");
        assertThatIOException().isThrownBy(() -> kept.get(digest)).withMessageContaining("damaged");
        kept.put(ABC);
        assertThat(kept.get(digest)).isEqualTo(ABC);
    }

    @Test
    void missing_content_and_wrong_digests_are_told_apart() {
        assertThatIOException().isThrownBy(() -> kept.get(Digests.of("other"))).withMessageContaining("is not kept");
        assertThatIllegalArgumentException().isThrownBy(() -> kept.get("sha256:../../etc/passwd"));
        assertThatIllegalArgumentException().isThrownBy(() -> kept.get(ABC_HEX));
    }

    @Test
    void what_a_dead_process_left_is_removed() throws IOException {
        kept.put(ABC);
        Path left = Files.writeString(folder.resolve("objects/1234.unfinished"), "ab");
        kept.deleteUnfinished();
        assertThat(left).doesNotExist();
        assertThat(place).exists();
    }
}
