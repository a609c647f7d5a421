package quartermaster.launch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LaunchPart;
import quartermaster.catalogue.LaunchStep;
import quartermaster.decision.Recommendation;
import quartermaster.estimate.Deployment;
import quartermaster.unit.ShellWords;

/**
 * What starts a recommended deployment: the rows of its engine in the sheet {@code Launch} that apply.
 *
 * @param command one command a line, remarks in lines that begin with {@code #}: a shell runs it as it stands
 * @param manifest of what starts the same in a cluster; null where there is none
 * @param engineVersion that the command was written for
 * @param checked how it is known that it runs
 */
public record Start(String command, @Nullable String manifest, String engineVersion, String checked) {
    private static final String WORK = "work";
    private static final String END_OF_FILE = "END-OF-FILE";
    private static final String TO_FILE = "cat > ";

    /** Empty where nobody has said how its engine or tool is started, or how such a provider is asked. */
    public static Optional<Start> of(Recommendation found) {
        return new Maker(new Facts(found)).start();
    }

    /** Commands and remarks, each a line. */
    public List<String> lines() {
        return command.lines().toList();
    }

    /**
     * Commands, remarks, and files that are written, each a piece. One of several lines writes a file: a shell must be given
     * its lines as they stand, without anything before them.
     */
    public List<String> pieces() {
        List<String> pieces = new ArrayList<>();
        boolean inFile = false;
        for (String line : lines()) {
            if (inFile) {
                int last = pieces.size() - 1;
                pieces.set(last, pieces.get(last) + "\n" + line);
            } else {
                pieces.add(line);
            }
            inFile = inFile ? !line.equals(END_OF_FILE) : line.startsWith(TO_FILE);
        }
        return pieces;
    }

    private static final class Maker {
        private final Facts facts;
        private final List<LaunchStep> applying;
        private final List<LaunchStep> used = new ArrayList<>();

        Maker(Facts facts) {
            this.facts = facts;
            Deployment deployment = facts.found().assessment().deployment();
            List<LaunchStep> rows = deployment.api() == null
                    ? deployment.engine().launch()
                    : deployment.api().launch();
            this.applying = rows.stream().filter(this::applies).toList();
        }

        Optional<Start> start() {
            return of(LaunchPart.COMMAND).findFirst().map(this::start);
        }

        private Start start(LaunchStep beginning) {
            List<String> lines = new ArrayList<>();
            of(LaunchPart.NOTE).forEach(each -> lines.add("# " + remark(each)));
            lines.addAll(files());
            of(LaunchPart.BEFORE).forEach(each -> lines.add(ShellWords.join(words(each))));
            List<String> command = new ArrayList<>(words(beginning));
            of(LaunchPart.FLAG).forEach(each -> command.addAll(words(each)));
            lines.add(Stream.concat(
                            of(LaunchPart.ENVIRONMENT)
                                    .flatMap(each -> words(each).stream())
                                    .map(Maker::assignment),
                            Stream.of(ShellWords.join(command)))
                    .collect(Collectors.joining(" ")));
            of(LaunchPart.AFTER).forEach(each -> lines.add(ShellWords.join(words(each))));
            String manifest = of(LaunchPart.MANIFEST)
                    .findFirst()
                    .map(each -> manifest(each, command))
                    .orElse(null);
            return new Start(String.join("\n", lines), manifest, beginning.version(), checked());
        }

        private Stream<LaunchStep> of(LaunchPart part) {
            return applying.stream().filter(each -> each.part() == part);
        }

        /** A row that says nothing of the kind of work is about serving, here or elsewhere. */
        private boolean applies(LaunchStep step) {
            List<Condition> conditions = Condition.parts(step.when()).stream()
                    .flatMap(part -> Condition.read(part).stream())
                    .toList();
            boolean saysWork = conditions.stream().anyMatch(each -> each.name().equals(WORK));
            return (saysWork || !facts.values(WORK).contains("training"))
                    && conditions.stream().allMatch(each -> each.holds(facts.values(each.name())))
                    && new Template(step.template()).isKnown(facts);
        }

        private List<String> words(LaunchStep step) {
            used.add(step);
            return new Template(step.template()).words(facts).orElseThrow();
        }

        private String remark(LaunchStep step) {
            used.add(step);
            return new Template(step.template()).remark(facts).orElseThrow();
        }

        /** Each as a here-document, in which a shell changes nothing. */
        private List<String> files() {
            Map<String, List<String>> byName = new LinkedHashMap<>();
            of(LaunchPart.FILE).forEach(step -> {
                used.add(step);
                List<String> lines = Arrays.asList(new Template(step.template())
                        .filled(facts)
                        .orElseThrow()
                        .split("\n"));
                byName.computeIfAbsent(lines.get(0).strip(), name -> new ArrayList<>())
                        .addAll(lines.subList(1, lines.size()));
            });
            List<String> written = new ArrayList<>();
            byName.forEach((name, lines) -> {
                written.add(TO_FILE + ShellWords.quote(name) + " <<'" + END_OF_FILE + "'");
                written.addAll(lines);
                written.add(END_OF_FILE);
            });
            return written;
        }

        private String manifest(LaunchStep step, List<String> command) {
            used.add(step);
            return new Template(step.template()).manifest(facts, command).orElseThrow();
        }

        /** The shell must see the name and the sign as they are. */
        private static String assignment(String word) {
            int sign = word.indexOf('=') + 1;
            String value = word.substring(sign);
            return word.substring(0, sign) + (value.isEmpty() ? "" : ShellWords.quote(value));
        }

        private String checked() {
            List<LaunchStep> onlyRead =
                    used.stream().filter(each -> !each.triedHere()).toList();
            if (onlyRead.isEmpty()) {
                return "run here";
            }
            String sources =
                    onlyRead.stream().map(LaunchStep::source).distinct().collect(Collectors.joining("; "));
            return "checked against " + sources + ", not run here";
        }
    }
}
