package quartermaster.workbook.knowledge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.catalogue.Catalogue;
import quartermaster.unit.Digests;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.RecordBytes;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.read.WorkbookLimits;

/** What was read of the catalogue is kept as rows, and is never anything else than what would be read. */
class KeptCataloguesTest {
    private static final Path FILE = Path.of("spreadsheets/catalogue.xlsx");
    private static final String PROGRAM = Digests.of("this program");

    @TempDir
    private Path own;

    /** @param odd is of a kind that is not kept */
    public record Odd(Map<String, String> odd) {}

    public record Values(
            @Nullable String text,
            @Nullable Double number,
            int whole,
            long large,
            boolean truth,
            Place.@Nullable Cell place,
            List<Place.Cell> places) {}

    @Test
    void every_row_of_the_catalogue_comes_back() throws Exception {
        Catalogue read = read();
        KeptCatalogues kept = new KeptCatalogues(own, PROGRAM);
        assertThat(kept.find("digest")).isEmpty();
        kept.keep("digest", read);
        Catalogue found = kept.find("digest").orElseThrow();
        assertThat(found.content()).isEqualTo(read.content());
        assertThat(found.digest()).isEqualTo(read.digest());
        assertThat(found.measurements()).hasSizeGreaterThan(1_000);
    }

    @Test
    void another_file_or_program_finds_nothing() throws Exception {
        new KeptCatalogues(own, PROGRAM).keep("digest", read());
        assertThat(new KeptCatalogues(own, PROGRAM).find("another digest")).isEmpty();
        assertThat(new KeptCatalogues(own, Digests.of("the next version")).find("digest"))
                .isEmpty();
    }

    @Test
    void what_is_not_whole_or_was_changed_is_not_there() throws Exception {
        KeptCatalogues kept = new KeptCatalogues(own, PROGRAM);
        kept.keep("digest", read());
        Path file = file();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i += whole.length / 50) {
            Files.write(file, Arrays.copyOf(whole, i));
            assertThat(kept.find("digest")).as("the first %d bytes", i).isEmpty();
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThat(kept.find("digest")).as("byte %d", i).isEmpty();
        }
        Files.write(file, whole);
        assertThat(kept.find("digest")).isPresent();
    }

    @Test
    void every_kind_of_value_comes_back() {
        Place.Cell cell = new Place.Cell("a.xlsx", "Ünder 語 😀", 70_000, 3);
        for (Values each : List.of(
                new Values("ein Wort", -0.0, Integer.MIN_VALUE, Long.MIN_VALUE, true, cell, List.of(cell, cell)),
                new Values("", Double.NaN, Integer.MAX_VALUE, Long.MAX_VALUE, false, null, List.of()),
                new Values(null, null, -1, 0, false, cell, List.of(new Place.Cell("Sheet", 1, 0))))) {
            assertThat(RecordBytes.read(RecordBytes.of(each), 0, Values.class)).isEqualTo(each);
        }
    }

    @Test
    void a_record_that_several_hold_is_one_again() {
        Place.Cell cell = new Place.Cell("Sheet", 1, 2);
        Values read =
                RecordBytes.read(RecordBytes.of(new Values("", 1.0, 1, 1, true, cell, List.of(cell))), 0, Values.class);
        assertThat(read.places().get(0)).isSameAs(read.place());
    }

    @Test
    void what_cannot_come_back_is_not_written() {
        Odd odd = new Odd(Map.of());
        assertThatThrownBy(() -> RecordBytes.of(odd)).hasMessageContaining("cannot be written");
    }

    @Test
    void bytes_of_another_record_are_none() {
        byte[] bytes = RecordBytes.of(new Problem("code", "message", new Place.Cell("Sheet", 1, 0)));
        assertThatThrownBy(() -> RecordBytes.read(bytes, 0, Values.class)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void no_class_is_made_that_is_no_record_of_ours() {
        byte[] bytes = RecordBytes.of(new Problem("code", "message", new Place.Cell("Sheet", 1, 0)));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] other = text.replace("quartermaster.unit.Problem", "java.util.zip.Deflater____")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> RecordBytes.read(other, 0, Problem.class)).isInstanceOf(RuntimeException.class);
    }

    private static Catalogue read() throws Exception {
        return CatalogueReader.read(WorkbookFile.openOwn(Files.readAllBytes(FILE), FILE.toString(), WorkbookLimits.OWN))
                .value();
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(own.resolve("read"))) {
            return files.findFirst().orElseThrow();
        }
    }
}
