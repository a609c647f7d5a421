package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Benchmarks have a profile of their own, so that nobody would see that they no longer compile. */
class BenchmarksTest {
    private static final List<String> UNKNOWN_TYPE =
            List.of("compiler.err.doesnt.exist", "compiler.err.cant.resolve", "compiler.err.cant.resolve.location");

    @Test
    void benchmarks_go_with_the_program(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null);
                Stream<Path> sources = Files.walk(Path.of("src/bench/java"))) {
            List<Path> benchmarks =
                    sources.filter(each -> each.toString().endsWith(".java")).toList();
            List<String> options = List.of(
                    "-proc:none",
                    "-XDshould-stop.ifError=FLOW", // unknown libraries do not end it
                    "-implicit:none",
                    "-d",
                    classes.toString());
            compiler.getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(benchmarks))
                    .call();

            assertThat(benchmarks).hasSizeGreaterThan(5);
            assertThat(found.getDiagnostics())
                    .filteredOn(each -> each.getKind() == Diagnostic.Kind.ERROR)
                    .filteredOn(each -> !usesLibrariesOfTheProfile(each))
                    .extracting(Object::toString)
                    .isEmpty();
        }
    }

    /** Only the profile has them on its class path. */
    private static boolean usesLibrariesOfTheProfile(Diagnostic<? extends JavaFileObject> error) {
        try {
            String source = error.getSource().getCharContent(true).toString();
            return UNKNOWN_TYPE.contains(error.getCode())
                    && (source.contains("import org.openjdk.jmh") || source.contains("import com.code_intelligence"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
