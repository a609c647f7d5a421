package quartermaster.workbook.read;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import quartermaster.unit.Columns;

/** A column that a table may have. */
public final class Heading {
    private final String header;
    private final boolean required;
    private final Set<String> keys; // of its words, by which they are compared

    /**
     * @param header as we write it, with its unit, e.g. {@code Monthly budget (USD)}
     * @param required a table without it is none
     * @param synonyms other words that people use for it
     */
    public Heading(String header, boolean required, List<String> synonyms) {
        this.header = header;
        this.required = required;
        this.keys = Stream.concat(Stream.of(header), synonyms.stream())
                .map(Columns::key)
                .filter(key -> !key.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    public String header() {
        return header;
    }

    public boolean required() {
        return required;
    }

    /** Whether a written header, or the label before a value, means this column. */
    public boolean matches(String written) {
        return matchesKey(Columns.key(written));
    }

    /** The same where many columns are asked, by {@link Columns#key} of what is written. */
    public boolean matchesKey(String key) {
        return keys.contains(key);
    }
}
