package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import quartermaster.catalogue.Catalogue;

/** What holds for one row of the catalogue is a column of its sheet, not a comparison with its id. */
class IdsInCodeTest {
    private static final Pattern COMMENT = Pattern.compile("(?m)/\\*[\\s\\S]*?\\*/|^\\s*//.*$");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");

    /** Words for other things too: a file format, and the one family that rules call by a word of its own. */
    private static final Set<String> ALSO_WORDS = Set.of("mlx", "apple-silicon");

    /** Help shows what a value looks like. */
    private static final String EXAMPLES = "RequestFields.java";

    @Test
    void no_engine_precision_chip_or_family_is_named_in_code() throws IOException {
        Set<String> ids = new TreeSet<>();
        Catalogue catalogue = TestWorkspace.catalogue();
        ids.addAll(Catalogue.ids(catalogue.engines()));
        ids.addAll(Catalogue.ids(catalogue.quantizations()));
        ids.addAll(Catalogue.ids(catalogue.hardware()));
        catalogue.hardware().forEach(each -> {
            ids.add(each.chipClass());
            ids.add(each.family());
        });
        ids.removeAll(ALSO_WORDS);
        List<String> named = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith(EXAMPLES))
                    .toList()) {
                String code = COMMENT.matcher(Files.readString(file)).replaceAll("");
                TEXT.matcher(code)
                        .results()
                        .map(found -> found.group(1))
                        .filter(ids::contains)
                        .forEach(id -> named.add(file.getFileName() + ": " + id));
            }
        }
        assertThat(named).as("Make it a column of the catalogue").isEmpty();
    }
}
