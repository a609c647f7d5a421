package quartermaster.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.score.MarkedWorkbook;
import quartermaster.workspace.Workspace;

/** Copies of a workspace's workbooks that show where their problems are. */
record MarkedCopies(Commands root, Path workspace) {
    /** Of the workbooks that have problems, e.g. {@code policy-marked.xlsx}. */
    void write(List<Problem> problems, Path named) throws CommandFailure {
        Path folder = root.program().workspaces().current().resolve(named);
        for (String file : List.of(Workspace.CATALOGUE, Workspace.POLICY, Workspace.CASES)) {
            List<Problem> own = problems.stream()
                    .filter(problem -> problem.at() instanceof Place.Cell cell && cell.isIn(file))
                    .toList();
            if (!own.isEmpty()) {
                write(file, own, folder);
            }
        }
    }

    private void write(String file, List<Problem> problems, Path folder) throws CommandFailure {
        String name = Path.of(file).getFileName().toString().replace(".xlsx", "-marked.xlsx");
        try {
            byte[] marked = MarkedWorkbook.mark(Files.readAllBytes(workspace.resolve(file)), problems);
            Files.createDirectories(folder);
            FileAccess.write(root.program(), folder.resolve(name), marked);
        } catch (IOException | UnreadableWorkbookException e) {
            throw CommandFailure.usage(folder.resolve(name) + " cannot be written: " + e.getMessage());
        }
        root.console().say("Wrote " + folder.resolve(name) + " with its problems marked.");
    }
}
