package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import quartermaster.TestWorkspace;

/** Lists of prices as others publish them, and what the commands that import them answer. */
final class PriceLists {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SAMPLES = TestWorkspace.FOLDER.resolve("src/test/resources/prices");

    private PriceLists() {}

    static String sample(String name) {
        return SAMPLES.resolve(name).toString();
    }

    /** What a command prints of a sample, where {@code --json} is among the options. */
    static JsonNode json(String command, String sample, String... options) throws IOException {
        Terminal terminal = Terminal.inRepository();
        List<String> args = new ArrayList<>(List.of(command, sample(sample)));
        args.addAll(List.of(options));
        assertThat(terminal.run(args.toArray(String[]::new))).as(terminal.err()).isZero();
        return JSON.readTree(terminal.out());
    }

    /** The row that has these values in two of its fields. */
    static JsonNode row(JsonNode answer, String field, String value, String other, String ofOther) {
        for (JsonNode row : answer.get("rows")) {
            if (row.get(field).asText().equals(value) && row.get(other).asText().equals(ofOther)) {
                return row;
            }
        }
        throw new AssertionError("No row of " + value + " and " + ofOther + " in " + answer);
    }
}
