package quartermaster;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Makes the archive of classes that lies beside the jar, with which the launchers start it sooner: an AOT cache
 * ({@code quartermaster.aot}) where this Java knows them, else one of shared classes ({@code quartermaster.jsa}). Java looks itself
 * whether an archive is of this jar at this place and of this Java, but not whether it is whole, and may crash over half a file: so
 * its size stands beside it, written last, and launchers take no other.
 *
 * <pre>java -cp quartermaster.jar quartermaster.ClassArchive</pre>
 */
final class ClassArchive {
    private static final int FIRST_WITH_AOT_CACHE_IN_ONE_STEP = 25;
    private static final int NO_ARCHIVES = 1; // how Java ends where it makes none
    private static final String NAME = "quartermaster";
    private static final String SIZE = ".size";

    private ClassArchive() {}

    public static void main(String[] args) throws IOException, InterruptedException, URISyntaxException {
        Path jar = Path.of(ClassArchive.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toAbsolutePath();
        Path work = Files.createTempDirectory("quartermaster-archive-");
        int exit;
        try {
            exit = make(jar, work);
        } finally {
            WarmUp.delete(work);
        }
        System.exit(exit);
    }

    private static int make(Path jar, Path work) throws IOException, InterruptedException {
        boolean aot = Runtime.version().feature() >= FIRST_WITH_AOT_CACHE_IN_ONE_STEP;
        Path made = work.resolve("made");
        Path output = work.resolve("output.txt");
        int exit = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        (aot ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=") + made,
                        "-Xlog:cds=off",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        jar.toString(),
                        WarmUp.class.getName(),
                        work.resolve("warm-up").toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        for (String ending : List.of(".jsa", ".aot")) { // older ones, even where no new one comes
            Files.deleteIfExists(jar.resolveSibling(NAME + ending + SIZE));
            Files.deleteIfExists(jar.resolveSibling(NAME + ending));
        }
        if (exit == NO_ARCHIVES || exit == 0 && !Files.exists(made)) {
            System.out.println("This Java makes no archive of classes; the program starts without.");
            return 0;
        }
        if (exit != 0) {
            System.err.println(Files.readString(output));
            return exit;
        }
        Path archive = jar.resolveSibling(NAME + (aot ? ".aot" : ".jsa"));
        Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(archive.resolveSibling(archive.getFileName() + SIZE), Files.size(archive) + "\n");
        System.out.println("Wrote " + archive + ".");
        return 0;
    }
}
