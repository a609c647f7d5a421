package quartermaster;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code Quartermaster → cli, http → assistant → workspace → workbook, ledger → benchfile, modelfile, pricefile → json → launch → advice →
 * decision → estimate → quality → catalogue, request, access → unit}.
 */
class ArchitectureTest {
    /** From the left to the right; packages on one floor do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(
            Set.of("cli", "http"),
            Set.of("assistant"),
            Set.of("workspace"),
            Set.of("workbook", "ledger"),
            Set.of("benchfile", "modelfile", "pricefile"),
            Set.of("json"),
            Set.of("launch"),
            Set.of("advice"),
            Set.of("decision"),
            Set.of("estimate"),
            Set.of("quality"),
            Set.of("catalogue", "request", "access"),
            Set.of("unit"));

    /** One library, one door. */
    private static final Map<String, List<String>> DOORS = Map.of(
            "http", List.of("io.javalin..", "org.eclipse.jetty..", "jakarta.servlet.."),
            "cli", List.of("picocli..", "me.tongfei.."),
            "workbook",
                    List.of(
                            "org.apache.poi..",
                            "org.openxmlformats..",
                            "org.apache.pdfbox..",
                            "org.apache.commons.csv.."),
            "ledger", List.of("java.sql..", "javax.sql..", "org.sqlite..", "org.flywaydb..", "org.jdbi.."),
            "access", List.of("com.nimbusds.."),
            "assistant", List.of("io.modelcontextprotocol..", "reactor.."),
            "json", List.of("com.fasterxml.jackson.."),
            "decision", List.of("org.drools..", "org.kie.."));

    private static final long MOST_FILES_OF_A_ROOM = 40;

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("quartermaster");

    @ParameterizedTest(name = "{0} imports only {1}")
    @MethodSource("packagesAndWhatStandsRightOfThem")
    void imports_point_right(String name, Set<String> right) {
        classes()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("quartermaster.."))
                        .or(resideInAPackage(inside(name)))
                        .or(resideInAnyPackage(
                                right.stream().map(ArchitectureTest::inside).toArray(String[]::new))))
                .because("imports point right along " + FLOORS + ", never left")
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @ParameterizedTest(name = "{1} only in {0}")
    @MethodSource("doors")
    void one_library_has_one_door(String name, List<String> library) {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library.toArray(String[]::new))
                .because("the package " + name + " is the one door to " + library)
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void packages_form_no_circle() {
        slices().matching("quartermaster.(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(PROGRAM);
    }

    @Test
    void rooms_use_of_each_other_only_what_is_their_face() {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass user : PROGRAM) {
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> outermost(dependency.getTargetClass()))
                    .filter(type -> type.getPackageName().startsWith("quartermaster")
                            && !type.getPackageName().equals(user.getPackageName()))
                    .forEach(type -> used.computeIfAbsent(room(type), room -> new TreeSet<>())
                            .add(type.getSimpleName()));
        }
        assertThat(asText(used))
                .as(
                        "What one room uses of another is the other's face. If a new type should be seen from outside, add it "
                                + "to src/test/resources/faces.txt; if it should not, ask the face for what you need")
                .isEqualTo(faces());
    }

    @Test
    void no_room_has_grown_beyond_about_forty_files() {
        Map<String, Long> files = PROGRAM.stream()
                .filter(type -> type.getEnclosingClass().isEmpty()
                        && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
        assertThat(files)
                .allSatisfy((room, count) -> assertThat(count)
                        .as("Files of %s: which rooms are in there?", room)
                        .isLessThanOrEqualTo(MOST_FILES_OF_A_ROOM));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass element = type.isArray() ? type.getBaseComponentType() : type;
        return element.getEnclosingClass().map(ArchitectureTest::outermost).orElse(element);
    }

    private static String room(JavaClass type) {
        return type.getPackageName().replaceFirst("quartermaster\\.?", "");
    }

    /** A paragraph for each room: its name, then its types, indented. */
    private static String asText(Map<String, Set<String>> faces) {
        return faces.entrySet().stream()
                .map(each -> each.getKey() + "\n    " + String.join("\n    ", each.getValue()))
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static String faces() {
        try (InputStream text = ArchitectureTest.class.getResourceAsStream("/faces.txt")) {
            return new String(Objects.requireNonNull(text).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void every_package_stands_on_a_floor() {
        Set<String> floors = new TreeSet<>();
        FLOORS.forEach(floors::addAll);
        assertThat(PROGRAM.stream().map(JavaClass::getPackageName).filter(name -> name.contains(".")))
                .as("A new package belongs in FLOORS here and in the table of rooms in .github/CONTRIBUTING.md")
                .allSatisfy(name -> assertThat(floors).contains(name.replaceFirst("quartermaster\\.(\\w+).*", "$1")));
    }

    @Test
    void every_package_says_what_lives_in_it() {
        Set<String> described = new TreeSet<>();
        PROGRAM.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .forEach(type -> described.add(type.getPackageName()));
        assertThat(PROGRAM.stream().map(JavaClass::getPackageName))
                .as("Each package has a package-info.java: @NullMarked, what lives there, the type to start from")
                .allSatisfy(name -> assertThat(described).contains(name));
    }

    static Stream<Arguments> packagesAndWhatStandsRightOfThem() {
        List<Arguments> packages = new ArrayList<>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            Set<String> right = new TreeSet<>();
            FLOORS.subList(floor + 1, FLOORS.size()).forEach(right::addAll);
            new TreeSet<>(FLOORS.get(floor)).forEach(name -> packages.add(arguments(name, right)));
        }
        return packages.stream();
    }

    static Stream<Arguments> doors() {
        return DOORS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(door -> arguments(door.getKey(), door.getValue()));
    }

    private static String inside(String name) {
        return "quartermaster." + name + "..";
    }
}
