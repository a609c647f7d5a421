package quartermaster.decision.engine;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.drools.modelcompiler.KieBaseBuilder;
import quartermaster.unit.Digests;

/** Names the program that rules are compiled for: its classes, the rule engine's and the Java it runs on. */
final class ProgramDigest {
    private static final List<String> PACKAGES = List.of("quartermaster/", "org/drools/", "org/kie/");

    private ProgramDigest() {}

    /** Empty where the program's own files cannot be looked at. */
    static Optional<String> find() {
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

    /** Each class with a checksum, which a jar has ready in its table of contents. */
    private static List<String> classes(Path place) throws IOException {
        List<String> classes = Files.isDirectory(place) ? inFolder(place) : inJar(place);
        Collections.sort(classes);
        return classes;
    }

    private static List<String> inJar(Path jar) throws IOException {
        List<String> classes = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (isOfInterest(entry.getName())) {
                    classes.add(entry.getName() + " " + entry.getCrc());
                }
            }
        }
        return classes;
    }

    private static List<String> inFolder(Path folder) throws IOException {
        List<String> classes = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (isOfInterest(name)) {
                    CRC32 checksum = new CRC32();
                    checksum.update(Files.readAllBytes(file));
                    classes.add(name + " " + checksum.getValue());
                }
            }
        }
        return classes;
    }

    private static boolean isOfInterest(String name) {
        return name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith);
    }
}
