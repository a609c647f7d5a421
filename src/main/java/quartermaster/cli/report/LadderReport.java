package quartermaster.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.advice.ModelLadder;
import quartermaster.advice.ModelLadder.Misfit;
import quartermaster.advice.ModelLadder.Rung;
import quartermaster.advice.ModelLadder.Standing;
import quartermaster.catalogue.CommercialUse;
import quartermaster.cli.report.Console.Style;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.decision.Assessment;
import quartermaster.decision.DeploymentWords;
import quartermaster.quality.Level;
import quartermaster.unit.Choice;
import quartermaster.unit.Range;

/** Which models a machine runs, for people. */
public record LadderReport(Console console) {
    private static final int INDENT = 2;
    private static final int THOUSAND = 1024;

    public List<String> of(ModelLadder ladder) {
        ModelLadder.Asked asked = ladder.asked();
        List<String> lines = new ArrayList<>();
        lines.add(console.styled(Style.BOLD, "Models for " + Choice.id(asked.use()) + " on " + machine(ladder)));
        for (Standing standing : Standing.values()) {
            List<Rung> rungs = ladder.rungs().stream()
                    .filter(each -> each.standing() == standing)
                    .toList();
            if (!rungs.isEmpty()) {
                lines.add("");
                lines.add(console.styled(Style.BOLD, title(standing, ladder.fastEnough())));
                lines.addAll(table(rungs));
            }
        }
        lines.addAll(misfits(ladder.misfits()));
        lines.add("");
        lines.addAll(Words.wrap(
                "Level: 0 to 100 on the scale of the tests for this use, at full precision, with the range in which it lies in"
                        + " eight of ten cases; ≈: the tests do not tell it from the first. Tests: how many stand behind"
                        + " it; v: only vendors say so; t: some tell only how it does when it thinks aloud. Context: the"
                        + " longest that fits. *: experts lie in the host's memory. !: the licence sets conditions.",
                console.width()));
        return lines;
    }

    /** Models down and machines across: where each fits, how fast it is there, and how good it is. */
    public List<String> of(List<ModelLadder> ladders) {
        ModelLadder first = ladders.get(0);
        List<String> lines = new ArrayList<>();
        lines.add(console.styled(
                Style.BOLD,
                "Models for " + Choice.id(first.asked().use()) + " on "
                        + ladders.stream().map(LadderReport::machine).collect(Collectors.joining(", "))));
        lines.add("");
        List<Column> columns = new ArrayList<>(List.of(Column.left("Model"), Column.left("Level")));
        ladders.forEach(each -> columns.add(Column.left(machine(each))));
        TextTable table = new TextTable(INDENT, columns.toArray(Column[]::new));
        List<Rung> known = bestFirst(ladders);
        for (Rung each : known) {
            List<String> cells = new ArrayList<>(List.of(
                    each.model().name(),
                    each.level() == null
                            ? "not known"
                            : level(each.level(), known.get(0).level())));
            ladders.forEach(ladder -> cells.add(on(ladder, each)));
            table.add(Style.PLAIN, "", cells.toArray(String[]::new));
        }
        lines.addAll(table.lines(console, INDENT));
        lines.add("");
        lines.addAll(Words.wrap(
                "Each cell: typical tokens a second and the precision. Slow: fewer than "
                        + Words.whole(first.fastEnough())
                        + "; low: only at a precision where losses show; host: experts lie in the host's memory; –: does"
                        + " not fit, by how much. Models stand by what can be counted on of their level; ≈: the tests do"
                        + " not tell it from the first. What fits nowhere is left out.",
                console.width()));
        return lines;
    }

    /** Of each model that fits somewhere one rung, by its level; those that nobody tested last. */
    private static List<Rung> bestFirst(List<ModelLadder> ladders) {
        Map<String, Rung> byModel = new LinkedHashMap<>();
        ladders.forEach(ladder ->
                ladder.rungs().forEach(each -> byModel.putIfAbsent(each.model().id(), each)));
        return byModel.values().stream()
                .sorted(Comparator.comparing(Rung::toCountOn, Comparator.nullsLast(Comparator.<Double>reverseOrder())))
                .toList();
    }

    private static String on(ModelLadder ladder, Rung model) {
        return ladder.rungs().stream()
                .filter(each -> each.model().equals(model.model()))
                .findFirst()
                .map(LadderReport::fitting)
                .orElseGet(() -> ladder.misfits().stream()
                        .filter(each -> each.model().equals(model.model()))
                        .findFirst()
                        .map(each -> each.missingGiB() == null
                                ? "– " + each.code()
                                : "– " + Words.whole(Math.ceil(each.missingGiB())) + " GiB")
                        .orElse("–"));
    }

    private static String fitting(Rung rung) {
        Assessment it = rung.found().assessment();
        String mark = switch (rung.standing()) {
            case GOOD -> "";
            case EXPERTS_ON_HOST -> ", host";
            case SLOW -> ", slow";
            case LOW_PRECISION -> ", low";
        };
        return Words.whole(it.decodeSpeed()) + " at " + it.quantization().name() + mark;
    }

    private static String machine(ModelLadder ladder) {
        int devices = ladder.asked().devices();
        String name = ladder.rungs().isEmpty()
                ? ladder.asked().hardware()
                : ladder.rungs().get(0).found().assessment().hardware().name();
        return DeploymentWords.machines(name, 1, devices);
    }

    private static String title(Standing standing, double fastEnough) {
        return switch (standing) {
            case GOOD -> "Fit and are fast enough";
            case EXPERTS_ON_HOST -> "Fit where the host has memory enough for their experts";
            case SLOW -> "Fit, but write fewer than " + Words.whole(fastEnough) + " tokens a second";
            case LOW_PRECISION -> "Fit only at a precision where losses show";
        };
    }

    private List<String> table(List<Rung> rungs) {
        TextTable table = new TextTable(
                INDENT,
                Column.right("#"),
                Column.left("Model"),
                Column.left("Level"),
                Column.left("Tests"),
                Column.left("Precision"),
                Column.left("Engine"),
                Column.right("Context"),
                Column.left("Tokens/s"),
                Column.right("TTFT"),
                Column.yielding("Licence"));
        rungs.forEach(each -> row(table, each, rungs.get(0)));
        return table.lines(console, INDENT);
    }

    private static void row(TextTable table, Rung rung, Rung first) {
        Assessment it = rung.found().assessment();
        Level level = rung.level();
        table.add(
                Style.PLAIN,
                "",
                String.valueOf(rung.rank()),
                rung.model().name(),
                level == null ? "not known" : level(level, first.level()),
                level == null ? "" : tests(level),
                it.quantization().name(),
                engine(it),
                thousands(rung.longestContext()),
                brief(it.estimate().decodeSpeed()),
                Words.seconds(it.timeToFirstToken()),
                licence(rung));
    }

    private static String level(Level level, @Nullable Level best) {
        return brief(level.points()) + (best != null && best != level && level.isAboutEqualTo(best) ? " ≈" : "");
    }

    private static String brief(Range range) {
        return Words.whole(range.typical()) + " (" + Words.whole(range.low()) + "–" + Words.whole(range.high()) + ")";
    }

    /** What runs it; with a star where experts lie in the memory of the host. */
    private static String engine(Assessment it) {
        String name = it.engine().name();
        return it.expertsOnHostGiB() == 0 ? name : name.replaceFirst(", .*", "") + "*";
    }

    private static String tests(Level level) {
        return level.tests() + (level.independent() ? "" : "v") + (level.thinking() ? "t" : "");
    }

    private static String licence(Rung rung) {
        String licence = rung.model().licence();
        return rung.model().commercialUse() == CommercialUse.YES ? licence : "! " + licence;
    }

    /** 131,072 tokens are 128k. */
    private static String thousands(int tokens) {
        return tokens < THOUSAND ? String.valueOf(tokens) : tokens / THOUSAND + "k";
    }

    private List<String> misfits(List<Misfit> misfits) {
        if (misfits.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(console.styled(Style.BOLD, "Do not fit"));
        String tooLarge = misfits.stream()
                .filter(each -> each.missingGiB() != null)
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s (%s GiB more)",
                        each.model().name(),
                        Words.whole(Math.ceil(each.missingGiB()))))
                .collect(Collectors.joining(", "));
        Words.wrap(tooLarge, console.width() - INDENT).forEach(part -> lines.add(" ".repeat(INDENT) + part));
        Map<String, List<Misfit>> others = misfits.stream()
                .filter(each -> each.missingGiB() == null)
                .collect(Collectors.groupingBy(Misfit::code, TreeMap::new, Collectors.toList()));
        others.forEach((code, models) -> Words.wrap(
                        models.size() == 1
                                ? models.get(0).because()
                                : code + ": "
                                        + models.stream()
                                                .map(each -> each.model().name())
                                                .collect(Collectors.joining(", ")),
                        console.width() - INDENT)
                .forEach(part -> lines.add(" ".repeat(INDENT) + part)));
        return lines;
    }
}
