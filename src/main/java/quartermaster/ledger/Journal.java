package quartermaster.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import quartermaster.unit.Digests;

/**
 * What a publication does to the workspace, so that another process can finish it.
 *
 * @param changes by name: the digest of the new content, or {@link #GONE}
 */
record Journal(SortedMap<String, String> changes) {
    static final String GONE = "gone";

    private static final String TITLE = "quartermaster publication 1\n";
    private static final String CHECKSUM = "checksum ";

    Journal {
        changes.keySet().forEach(FileNames::requireInside);
        changes.values().stream().filter(change -> !change.equals(GONE)).forEach(KeptFiles::requireDigest);
        changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }

    static Journal of(Map<String, byte[]> files, Set<String> gone) {
        SortedMap<String, String> changes = new TreeMap<>();
        files.forEach((name, content) -> changes.put(name, Digests.of(content)));
        gone.forEach(name -> {
            if (changes.put(name, GONE) != null) {
                throw new IllegalArgumentException("\"" + name + "\" must be written or removed, not both.");
            }
        });
        return new Journal(changes);
    }

    byte[] bytes() {
        StringBuilder text = new StringBuilder(TITLE);
        changes.forEach(
                (name, change) -> text.append(change).append(' ').append(name).append('\n'));
        String body = text.toString();
        return (body + checksumOf(body)).getBytes(StandardCharsets.UTF_8);
    }

    /** Empty when anything is missing or changed. */
    static Optional<Journal> parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        int end = text.lastIndexOf(CHECKSUM);
        if (!text.startsWith(TITLE) || end < 0) {
            return Optional.empty();
        }
        String body = text.substring(0, end);
        if (!text.substring(end).equals(checksumOf(body))) {
            return Optional.empty();
        }
        SortedMap<String, String> changes = new TreeMap<>();
        body.substring(TITLE.length()).lines().forEach(line -> {
            int space = line.indexOf(' ');
            changes.put(line.substring(space + 1), line.substring(0, space));
        });
        return Optional.of(new Journal(changes));
    }

    private static String checksumOf(String body) {
        return CHECKSUM + Digests.of(body) + "\n";
    }
}
