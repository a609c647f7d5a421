package quartermaster.decision.engine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.drools.modelcompiler.KieBaseBuilder;
import quartermaster.unit.Digests;

/**
 * Names the program that something was made by for the next start: its classes, the rule engine's and the Java it runs on; of a
 * jar, all that it holds.
 */
public final class ProgramDigest {
    private static final List<String> PACKAGES = List.of("quartermaster/", "org/drools/", "org/kie/");

    private static final int END_LENGTH = 22;
    private static final int END_SIGN = 0x06054b50;
    private static final int END_TABLE_LENGTH = 12;
    private static final int END_TABLE_OFFSET = 16;

    private ProgramDigest() {}

    /** Empty where the program's own files cannot be looked at. */
    public static Optional<String> find() {
        return Found.DIGEST;
    }

    /** Once: the program does not change while it runs. */
    private static final class Found {
        private static final Optional<String> DIGEST = look();
    }

    private static Optional<String> look() {
        List<String> parts = new ArrayList<>();
        parts.add("Java " + Runtime.version().feature());
        for (Class<?> type : List.of(RuleBook.class, KieBaseBuilder.class)) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null || source.getLocation() == null) {
                return Optional.empty();
            }
            try {
                parts.addAll(classes(Path.of(new URI(source.getLocation().toString()))));
            } catch (IOException | URISyntaxException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(Digests.of(String.join("\n", parts)));
    }

    /** Each class with a checksum, or that of a jar's table of contents, which has the checksum of everything in it. */
    private static List<String> classes(Path place) throws IOException {
        return Files.isDirectory(place) ? inFolder(place) : List.of(inJar(place));
    }

    /** The table stands at the end of the file, and how long it is in the last bytes, unless a comment follows. */
    private static String inJar(Path jar) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(jar.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - END_LENGTH));
            byte[] end = new byte[END_LENGTH];
            file.readFully(end);
            ByteBuffer fields = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            int length = fields.getInt(END_TABLE_LENGTH);
            long from = Integer.toUnsignedLong(fields.getInt(END_TABLE_OFFSET));
            if (fields.getInt(0) != END_SIGN || length <= 0 || from + length > file.length()) {
                throw new IOException(jar + " has no table of contents where it is expected.");
            }
            byte[] table = new byte[length];
            file.seek(from);
            file.readFully(table);
            return file.length() + " " + checksum(new CRC32(), table) + " " + checksum(new CRC32C(), table);
        }
    }

    private static long checksum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes);
        return checksum.getValue();
    }

    private static List<String> inFolder(Path folder) throws IOException {
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (isOfInterest(name)) {
                    classes.add(name + " " + checksum(new CRC32(), Files.readAllBytes(file)));
                }
            }
        }
        Collections.sort(classes);
        return classes;
    }

    private static boolean isOfInterest(String name) {
        return name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith);
    }
}
