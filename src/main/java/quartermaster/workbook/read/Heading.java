package quartermaster.workbook.read;

import java.util.List;
import java.util.stream.Stream;
import quartermaster.unit.Columns;

/**
 * A column that a table may have.
 *
 * @param header as we write it, with its unit, e.g. {@code Monthly budget (USD)}
 * @param required a table without it is none
 * @param synonyms other words that people use for it
 */
public record Heading(String header, boolean required, List<String> synonyms) {
    public Heading {
        synonyms = List.copyOf(synonyms);
    }

    /** Whether a written header, or the label before a value, means this column. */
    public boolean matches(String written) {
        String key = Columns.key(written);
        return !key.isEmpty()
                && Stream.concat(Stream.of(header), synonyms.stream())
                        .anyMatch(each -> Columns.key(each).equals(key));
    }
}
