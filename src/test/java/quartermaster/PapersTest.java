package quartermaster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import quartermaster.cli.Terminal;

/**
 * What the papers say is so: links lead somewhere, and what is shown as printed is what the program prints.
 *
 * <p>Above a block that a command prints stands {@code <!-- prints: decide - --json -->}. The block before it is what the
 * command reads, and {@code …} stands for what is left out. Blocks that leave nothing out are written anew by
 * {@code mvn -q test -Dtest=PapersTest -Dpapers.update=true}.
 */
class PapersTest {
    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("src/docs");
    private static final int MOST_WORDS = 1_800; // of the README
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)(?:^<!-- prints: ([^\n]+) -->\n)?^```(\\w*)\n(.*?)^```$");
    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^…\n");
    private static final Pattern LEFT_OUT_OF_JSON = Pattern.compile("…\\s*,|,\\s*…|…");
    private static final Pattern COMMAND = Pattern.compile("(?m)^ {2}([a-z-]+) {2,}[A-Z]");
    private static final Pattern ROUTE = Pattern.compile("routes\\.(get|put|post|delete)\\(\"([^\"]+)\"");
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A block of a page, and the command that prints it.
     *
     * @param input what the command reads
     * @param kind what stands behind the first three ticks, e.g. {@code json}
     */
    private record Example(Path page, String command, String input, String kind, String shown) {
        @Override
        public String toString() {
            return page + ": " + command;
        }
    }

    @Test
    void the_readme_is_short() throws IOException {
        assertThat(Files.readString(README).split("\\s+"))
                .as("Words of the README. Reference belongs on a page of src/docs")
                .hasSizeLessThan(MOST_WORDS);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void every_link_leads_somewhere(Path page) throws IOException {
        for (MatchResult link : links(page)) {
            Path to = target(page, link);
            assertThat(to).as("%s links to %s", page, link.group(1)).exists();
            if (link.group(2) != null) {
                assertThat(anchors(to))
                        .as("Headings of %s, to one of which %s links", to, page)
                        .contains(link.group(2));
            }
        }
    }

    @Test
    void every_page_can_be_reached_from_the_readme() throws IOException {
        Set<Path> reached = new TreeSet<>(Set.of(README));
        Deque<Path> open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            Path page = open.remove();
            for (MatchResult link : links(page)) {
                Path to = target(page, link);
                if (to.toString().endsWith(".md") && reached.add(to)) {
                    open.add(to);
                }
            }
        }
        assertThat(reached)
                .as("Pages that links lead to. Link the others from the README, or from a page that it leads to")
                .containsAll(pages());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void what_a_page_shows_is_what_the_program_prints(Example example) throws IOException {
        Terminal terminal = Terminal.inRepository().withInput(example.input());
        terminal.run(example.command().split(" "));
        String printed = terminal.out();

        if (example.kind().equals("json")) {
            JsonNode shown = json(LEFT_OUT_OF_JSON.matcher(example.shown()).replaceAll(""));
            assertThat(asShown(json(printed), shown)).isEqualTo(shown);
        } else if (LEFT_OUT.matcher(example.shown()).find()) {
            assertThat(printed).containsSubsequence(LEFT_OUT.split(example.shown()));
        } else if (Boolean.getBoolean("papers.update")) {
            String page = Files.readString(example.page());
            Files.writeString(example.page(), page.replace(example.shown(), printed));
        } else {
            assertThat(printed).isEqualTo(example.shown());
        }
    }

    @Test
    void the_result_on_the_first_page_is_one_that_the_program_prints() throws IOException {
        assertThat(examples()).extracting(Example::page).contains(README, DOCS.resolve("json.md"));
    }

    @Test
    void the_page_of_commands_has_every_command() throws IOException {
        Terminal terminal = Terminal.inRepository();
        terminal.run("--help");
        List<String> commands = COMMAND.matcher(terminal.out())
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(commands).hasSizeGreaterThan(10);
        assertThat(commands)
                .allSatisfy(each -> assertThat(Files.readString(DOCS.resolve("commands.md")))
                        .containsPattern("\n\\| `" + each + "[` ]"));
    }

    @Test
    void the_page_of_http_has_every_address() throws IOException {
        List<String> addresses = new ArrayList<>();
        for (Path file : files(Path.of("src/main/java/quartermaster/http"), ".java")) {
            ROUTE.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1).toUpperCase(Locale.ROOT) + " " + found.group(2))
                    .forEach(addresses::add);
        }

        assertThat(addresses).hasSizeGreaterThan(15);
        assertThat(addresses)
                .allSatisfy(each ->
                        assertThat(Files.readString(DOCS.resolve("http.md"))).contains("`" + each + "`"));
    }

    static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(README, Path.of("rules/words.md")));
        pages.addAll(files(DOCS, ".md"));
        pages.addAll(files(Path.of(".github"), ".md"));
        return pages;
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            String before = "";
            while (block.find()) {
                if (block.group(1) != null) {
                    examples.add(new Example(page, block.group(1), before, block.group(2), block.group(3)));
                }
                before = block.group(3);
            }
        }
        return examples;
    }

    /** What is printed, without the members and elements that are not shown. */
    private static JsonNode asShown(JsonNode printed, JsonNode shown) {
        if (printed.isObject() && shown.isObject()) {
            ObjectNode members = JSON.createObjectNode();
            shown.fieldNames().forEachRemaining(name -> {
                if (printed.has(name)) {
                    members.set(name, asShown(printed.get(name), shown.get(name)));
                }
            });
            return members;
        }
        if (printed.isArray() && shown.isArray()) {
            ArrayNode elements = JSON.createArrayNode();
            for (JsonNode each : printed) {
                JsonNode wanted = shown.path(elements.size());
                if (asShown(each, wanted).equals(wanted)) {
                    elements.add(wanted);
                }
            }
            return elements;
        }
        return printed;
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }

    private static List<MatchResult> links(Path page) throws IOException {
        return LINK.matcher(Files.readString(page)).results().toList();
    }

    private static Path target(Path page, MatchResult link) {
        return link.group(1).isEmpty()
                ? page
                : page.resolveSibling(link.group(1)).normalize();
    }

    /** As they are made of headings where pages are shown: {@code ## Over HTTP} is {@code #over-http}. */
    private static List<String> anchors(Path page) throws IOException {
        return HEADING.matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(each -> each.toString().endsWith(end)).sorted().toList();
        }
    }
}
