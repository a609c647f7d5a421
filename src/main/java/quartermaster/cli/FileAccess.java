package quartermaster.cli;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import quartermaster.benchfile.BenchmarkFile;
import quartermaster.modelfile.MistakenModel;

/** The files that are named on the command line. */
final class FileAccess {
    static final String STANDARD_INPUT = "-";

    private FileAccess() {}

    static byte[] read(Program program, String name) throws CommandFailure {
        if (name.equals(STANDARD_INPUT)) {
            try {
                return program.console().in().readAllBytes();
            } catch (IOException e) {
                throw CommandFailure.unreadable("Standard input cannot be read: " + e.getMessage());
            }
        }
        Path path = program.workspaces().current().resolve(name);
        if (!Files.isRegularFile(path)) {
            throw CommandFailure.unreadable("There is no file " + name + ".");
        }
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw CommandFailure.unreadable(name + " cannot be read: " + e.getMessage());
        }
    }

    /** What a benchmark tool wrote is no request and no table of measurements. */
    static void refuseOtherKinds(byte[] bytes, String name) throws CommandFailure {
        String told = BenchmarkFile.mistaken(bytes, name)
                .or(() -> MistakenModel.in(bytes, name))
                .orElse(null);
        if (told != null) {
            throw new CommandFailure(ExitCode.UNREADABLE, told);
        }
    }

    static boolean exists(Program program, Path name) {
        return Files.exists(program.workspaces().current().resolve(name));
    }

    /** The folder that the file is to be written to. */
    static Path requireFolder(Program program, Path name) throws CommandFailure {
        Path path = program.workspaces().current().resolve(name).toAbsolutePath();
        Path parent = path.getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(path)) {
            throw CommandFailure.usage(name + " cannot be written: is there such a folder?");
        }
        return parent;
    }

    /** Beside its place first: a file that is there is replaced as a whole or stays as it is. */
    static void write(Program program, Path name, byte[] bytes) throws CommandFailure {
        Path parent = requireFolder(program, name);
        Path path = parent.resolve(name.getFileName());
        try {
            Path beside = parent.resolve(
                    "." + path.getFileName() + "." + ProcessHandle.current().pid());
            try {
                Files.write(beside, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                replace(beside, path);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw CommandFailure.usage(name + " cannot be written: " + e);
        }
    }

    private static void replace(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
