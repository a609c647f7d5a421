package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import quartermaster.workspace.Workspace;

/** Files that take the place of those of the workspace, in memory only. */
final class DraftOptions {
    @Option(names = "--policy", paramLabel = "FILE", description = "In place of rules/policy.xlsx.")
    private @Nullable Path policy;

    @Option(names = "--catalogue", paramLabel = "FILE", description = "In place of spreadsheets/catalogue.xlsx.")
    private @Nullable Path catalogue;

    @Option(
            names = "--rules",
            paramLabel = "FOLDER",
            description = "Whose .drl files take the place of those of rules/.")
    private @Nullable Path rules;

    @Option(names = "--cases", paramLabel = "FILE", description = "In place of rules/cases.xlsx.")
    private @Nullable Path cases;

    /** Their content, by the names of those that they replace. */
    Map<String, byte[]> changes(Program program) throws CommandFailure, IOException {
        Map<String, byte[]> changes = new TreeMap<>();
        put(program, changes, Workspace.POLICY, policy);
        put(program, changes, Workspace.CATALOGUE, catalogue);
        put(program, changes, Workspace.CASES, cases);
        if (rules != null) {
            try (var found = Files.list(program.workspaces().current().resolve(rules))) {
                for (Path file :
                        found.filter(each -> each.toString().endsWith(".drl")).toList()) {
                    put(program, changes, Workspace.RULES + "/" + file.getFileName(), file);
                }
            }
        }
        return changes;
    }

    private static void put(Program program, Map<String, byte[]> changes, String name, @Nullable Path file)
            throws CommandFailure {
        if (file != null) {
            changes.put(name, FileAccess.read(program, file.toString()));
        }
    }
}
