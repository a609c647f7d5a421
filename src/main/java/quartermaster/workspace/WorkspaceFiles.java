package quartermaster.workspace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.decision.rules.RuleFile;
import quartermaster.unit.Digests;

/**
 * The files of a workspace as they stood at one moment: catalogue, policy, cases and rules. Lock files, hidden files and
 * workbooks to be scored are none of them.
 */
public final class WorkspaceFiles {
    private final SortedMap<String, byte[]> bytes; // by name, e.g. "rules/policy.xlsx"
    private final SortedMap<String, String> digests = new TreeMap<>();

    private WorkspaceFiles(SortedMap<String, byte[]> bytes) {
        this(bytes, Map.of());
    }

    /** @param known digests, by name */
    private WorkspaceFiles(SortedMap<String, byte[]> bytes, Map<String, String> known) {
        this.bytes = Collections.unmodifiableSortedMap(bytes);
        bytes.forEach(
                (name, content) -> digests.put(name, known.containsKey(name) ? known.get(name) : Digests.of(content)));
    }

    /** @param bytes by name; not to be changed afterwards */
    public static WorkspaceFiles of(Map<String, byte[]> bytes) {
        return new WorkspaceFiles(new TreeMap<>(bytes));
    }

    /**
     * Reads every file once. A file that is not there, or goes away meanwhile, is left out.
     *
     * @throws IOException where a file is there and cannot be read
     */
    public static WorkspaceFiles read(Path folder) throws IOException {
        SortedMap<String, byte[]> bytes = new TreeMap<>();
        for (String name : names(folder)) {
            try {
                bytes.put(name, Files.readAllBytes(folder.resolve(name)));
            } catch (NoSuchFileException e) {
                bytes.remove(name);
            }
        }
        return new WorkspaceFiles(bytes);
    }

    /**
     * Names, sizes and times of the files: another text means that something was saved, the same one means little.
     *
     * @throws IOException where the folder cannot be read
     */
    public static String outside(Path folder) throws IOException {
        StringBuilder outside = new StringBuilder();
        for (String name : names(folder)) {
            try {
                BasicFileAttributes found = Files.readAttributes(folder.resolve(name), BasicFileAttributes.class);
                outside.append(name).append(' ').append(found.size()).append(' ');
                outside.append(found.lastModifiedTime().toMillis()).append('\n');
            } catch (NoSuchFileException e) {
                outside.append(name).append(" is missing\n");
            }
        }
        return outside.toString();
    }

    private static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>(List.of(Workspace.CATALOGUE, Workspace.POLICY, Workspace.CASES));
        try (Stream<Path> rules = Files.list(folder.resolve(Workspace.RULES))) {
            rules.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".drl") && !name.startsWith("."))
                    .sorted()
                    .forEach(name -> names.add(Workspace.RULES + "/" + name));
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return names;
    }

    /** The same files with some in place of those of their names. */
    public WorkspaceFiles with(Map<String, byte[]> others) {
        SortedMap<String, byte[]> all = new TreeMap<>(bytes);
        all.putAll(others);
        Map<String, String> known = new TreeMap<>(digests);
        known.keySet().removeAll(others.keySet());
        return new WorkspaceFiles(all, known);
    }

    public Optional<byte[]> find(String name) {
        return Optional.ofNullable(bytes.get(name));
    }

    public SortedMap<String, byte[]> bytes() {
        return bytes;
    }

    /** Digest of each file's bytes, by name. */
    public SortedMap<String, String> digests() {
        return Collections.unmodifiableSortedMap(digests);
    }

    /** The rules, by name. */
    List<RuleFile> rules() {
        return bytes.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".drl"))
                .map(file -> new RuleFile(file.getKey(), new String(file.getValue(), StandardCharsets.UTF_8)))
                .toList();
    }

    /** Names of files that only one of both has, or that differ. */
    public SortedSet<String> differences(WorkspaceFiles other) {
        SortedSet<String> names = new TreeSet<>(bytes.keySet());
        names.addAll(other.bytes.keySet());
        names.removeIf(name -> sameAs(other, name));
        return names;
    }

    boolean sameAs(WorkspaceFiles other, String name) {
        return digests.containsKey(name) && digests.get(name).equals(other.digests.get(name));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WorkspaceFiles files && digests.equals(files.digests);
    }

    @Override
    public int hashCode() {
        return digests.hashCode();
    }
}
