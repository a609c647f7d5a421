package quartermaster.workspace;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.LooseNames;
import quartermaster.json.BadJsonException;
import quartermaster.json.RequestReader;
import quartermaster.request.DecisionRequest;
import quartermaster.request.Explain;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.UnreadableWorkbookException;
import quartermaster.workbook.read.WorkbookFile;
import quartermaster.workbook.upload.CandidatesReader;
import quartermaster.workbook.upload.SheetRequest;

/** The requests of a file, JSON or a workbook, by what they are called. */
public final class GivenRequests {
    private GivenRequests() {}

    /**
     * Those that are understood, and what is wrong with the others.
     *
     * @param name of the file
     * @param catalogue whose names the file uses
     * @throws BadJsonException where it begins like JSON and is none
     * @throws UnreadableWorkbookException where it does not and is no workbook either
     */
    public static Imported<Map<String, DecisionRequest>> read(
            byte[] bytes, String name, Catalogue catalogue, LocalDate today)
            throws BadJsonException, UnreadableWorkbookException {
        return isJson(bytes) ? ofJson(bytes, name, today) : ofWorkbook(bytes, name, catalogue, today);
    }

    private static boolean isJson(byte[] bytes) {
        for (byte each : bytes) {
            if (!Character.isWhitespace(each)) {
                return each == '{' || each == '[';
            }
        }
        return false;
    }

    private static Imported<Map<String, DecisionRequest>> ofJson(byte[] bytes, String name, LocalDate today)
            throws BadJsonException {
        Map<String, DecisionRequest> requests = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        RequestReader.Sent sent = RequestReader.read(bytes, today);
        int number = 0;
        for (Imported<@Nullable DecisionRequest> each : sent.requests()) {
            String at = sent.isBatch() ? "/" + number : "";
            number++;
            each.problems()
                    .forEach(problem ->
                            problems.add(in(name, problem.at(problem.at().in(at)))));
            DecisionRequest request = each.value();
            if (request != null && each.isClean()) {
                requests.put(name + at + inShort(request), request);
            }
        }
        return new Imported<>(requests, problems);
    }

    private static Imported<Map<String, DecisionRequest>> ofWorkbook(
            byte[] bytes, String name, Catalogue catalogue, LocalDate today) throws UnreadableWorkbookException {
        Map<String, DecisionRequest> requests = new LinkedHashMap<>();
        LooseNames names = new LooseNames(catalogue);
        Imported<List<SheetRequest>> read =
                CandidatesReader.read(WorkbookFile.open(bytes, name), names, today, Explain.SUMMARY);
        for (SheetRequest each : read.value()) {
            DecisionRequest request = each.named(names).request();
            requests.put(each.at().in(name) + inShort(request), request);
        }
        return new Imported<>(
                requests,
                read.problems().stream().map(problem -> in(name, problem)).toList());
    }

    private static Problem in(String name, Problem problem) {
        return problem.at() instanceof Place.Pointer
                ? problem
                : problem.at(problem.at().in(name));
    }

    private static String inShort(DecisionRequest request) {
        String model = request.workload().model();
        return " (" + Choice.id(request.workload().type()) + (model == null ? "" : ", " + model) + ")";
    }
}
