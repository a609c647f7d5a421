package quartermaster.ledger;

import java.nio.file.Path;

/** Names of files in the workspace, e.g. {@code rules/policy.xlsx}: with slashes, and never out of it. */
final class FileNames {
    private FileNames() {}

    static String requireInside(String name) {
        if (name.isEmpty() || name.indexOf('\\') >= 0 || name.chars().anyMatch(Character::isISOControl)) {
            throw refused(name);
        }
        Path path = Path.of(name);
        boolean asWritten = path.normalize().toString().replace('\\', '/').equals(name); // no "..", ".", "//"
        if (path.isAbsolute() || path.getRoot() != null || path.startsWith("..") || !asWritten) {
            throw refused(name);
        }
        return name;
    }

    private static IllegalArgumentException refused(String name) {
        return new IllegalArgumentException(
                "\"" + name + "\" must name a file inside the workspace, like rules/policy.xlsx.");
    }
}
