package quartermaster.workbook.upload;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.LooseNames;
import quartermaster.decision.Decision;
import quartermaster.estimate.resolution.Assumption;
import quartermaster.request.Candidate;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.request.RequestField;
import quartermaster.request.RequestFields;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.unit.Records;
import quartermaster.workbook.read.SheetTable;

/**
 * A request out of a workbook, and where each part of it stands.
 *
 * @param at the workload's row, e.g. {@code Workload!A2}
 * @param cells by JSON pointer, e.g. {@code /candidates/3/hardware} is {@code Candidates!A5}
 * @param candidateRows for each candidate its row on the sheet {@code Candidates}; none where they are generated
 * @param readings in a sentence each: names that were taken for others, and rows that are hidden
 * @param assumptions what was made of the candidates: of each written name what it was taken for, or why the catalogue is
 *     ranked instead of candidates of the file
 */
public record SheetRequest(
        DecisionRequest request,
        Place at,
        Map<String, Place> cells,
        List<Integer> candidateRows,
        List<String> readings,
        List<Assumption> assumptions) {
    public SheetRequest {
        assumptions = List.copyOf(assumptions);
        readings = List.copyOf(readings);
        cells = Map.copyOf(cells);
        candidateRows = List.copyOf(candidateRows);
    }

    /**
     * @param places of the candidates; null where there are none
     * @param generated why none are read
     */
    public static SheetRequest of(
            WorkloadRow row,
            List<CandidateRow> candidates,
            @Nullable SheetTable places,
            @Nullable String generated,
            LocalDate asOf,
            Explain explain) {
        Map<String, Place> cells = new HashMap<>(row.cells());
        for (int i = 0; places != null && i < candidates.size(); i++) {
            String path = "/candidates/" + i;
            int number = candidates.get(i).number();
            cells.put(path, places.place(number, RequestColumns.HARDWARE));
            RequestFields.OF_CANDIDATES.forEach(
                    each -> cells.put(path + each.pointer(), places.place(number, each.header())));
        }
        return new SheetRequest(
                row.request(candidates.stream().map(CandidateRow::candidate).toList(), asOf, explain),
                row.at(),
                cells,
                candidates.stream().map(CandidateRow::number).toList(),
                candidates.stream()
                        .filter(CandidateRow::hidden)
                        .map(each ->
                                "Row " + each.number() + " of the candidates is hidden, and is judged like the others.")
                        .toList(),
                candidates.isEmpty() && generated != null
                        ? List.of(new Assumption(Decision.GENERATED, "the catalogue's", generated))
                        : shared(candidates));
    }

    private static List<Assumption> shared(List<CandidateRow> candidates) {
        return IntStream.range(0, candidates.size())
                .filter(i -> candidates.get(i).shared() != null)
                .mapToObj(i -> new Assumption(
                        "candidates[" + i + "].pricePerHourUsd",
                        String.valueOf(Numbers.threeFigures(Objects.requireNonNull(
                                candidates.get(i).candidate().pricePerHourUsd()))),
                        Objects.requireNonNull(candidates.get(i).shared())))
                .toList();
    }

    /** The same that says at which rates money of others was taken. */
    SheetRequest inDollars(Map<Place, String> rates) {
        if (rates.isEmpty()) {
            return this;
        }
        SheetRequest said = this;
        for (RequestField field : RequestFields.ofWorkloads()) {
            said = said.inDollars(field.path(), field.pointer(), field.in(request), rates);
        }
        for (int i = 0; i < request.candidates().size(); i++) {
            Candidate candidate = request.candidates().get(i);
            String at = "candidates[" + i + "].";
            said = said.inDollars(at + "priceUsd", "/candidates/" + i + "/priceUsd", candidate.priceUsd(), rates)
                    .inDollars(
                            at + "pricePerHourUsd",
                            "/candidates/" + i + "/pricePerHourUsd",
                            candidate.pricePerHourUsd(),
                            rates);
        }
        return said;
    }

    private SheetRequest inDollars(String field, String pointer, @Nullable Object value, Map<Place, String> rates) {
        String rate = cells.containsKey(pointer) ? rates.get(cells.get(pointer)) : null;
        return rate == null || value == null ? this : with(new Assumption(field, value, rate));
    }

    /** The same with one more assumption. */
    SheetRequest with(Assumption assumption) {
        return new SheetRequest(
                request,
                at,
                cells,
                candidateRows,
                readings,
                Stream.concat(assumptions.stream(), Stream.of(assumption)).toList());
    }

    /** The same with hardware as the catalogue calls it. */
    public SheetRequest named(LooseNames names) {
        List<String> read = new ArrayList<>(readings);
        Map<String, Assumption> taken = new LinkedHashMap<>(); // by the written name
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate each : request.candidates()) {
            Optional<LooseNames.Match> match = names.hardware(each.hardware());
            match.ifPresent(it -> {
                read.add(it.because());
                taken.putIfAbsent(
                        each.hardware(),
                        new Assumption(
                                "candidates[" + candidates.size() + "].hardware",
                                it.id(),
                                "taken for \"" + each.hardware() + "\""));
            });
            candidates.add(CandidateRow.named(each, names));
        }
        if (taken.isEmpty()) {
            return this;
        }
        List<String> said =
                read.stream().filter(each -> !each.isEmpty()).distinct().toList();
        List<Assumption> all =
                Stream.concat(assumptions.stream(), taken.values().stream()).toList();
        return new SheetRequest(Records.with(request, "candidates", candidates), at, cells, candidateRows, said, all);
    }

    /** The same problem at its cell; at the workload's row where it concerns no cell. */
    public Problem inSheet(Problem problem) {
        Optional<Place> cell = problem.at() instanceof Place.Pointer pointer
                ? pointer.upwards().filter(cells::containsKey).map(cells::get).findFirst()
                : Optional.empty();
        return problem.at(cell.orElse(at));
    }
}
