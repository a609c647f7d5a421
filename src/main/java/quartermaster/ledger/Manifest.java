package quartermaster.ledger;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version consists of, file by file.
 *
 * @param files digest of the content by name, e.g. {@code rules/policy.xlsx}, sorted by name
 */
public record Manifest(SortedMap<String, String> files) {
    public Manifest {
        files.keySet().forEach(FileNames::requireInside);
        files.values().forEach(KeptFiles::requireDigest);
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public static Manifest of(Map<String, String> files) {
        return new Manifest(new TreeMap<>(files));
    }

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException where a line is no digest, space and name
     */
    public static Manifest parse(String text) {
        SortedMap<String, String> files = new TreeMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space < 0) {
                throw new IllegalArgumentException("\"" + line + "\" must be a digest, a space and a name.");
            }
            files.put(line.substring(space + 1), line.substring(0, space));
        });
        return new Manifest(files);
    }

    /** A line "digest name" for each file: the same files always give the same text. */
    public String text() {
        StringBuilder text = new StringBuilder();
        files.forEach(
                (name, digest) -> text.append(digest).append(' ').append(name).append('\n'));
        return text.toString();
    }
}
