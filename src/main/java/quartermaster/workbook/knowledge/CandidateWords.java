package quartermaster.workbook.knowledge;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Engine;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.Quantization;
import quartermaster.decision.cases.CandidatePattern;
import quartermaster.request.Acquisition;
import quartermaster.request.Candidate;
import quartermaster.unit.Choice;
import quartermaster.unit.Fields;

/**
 * A candidate in one line: {@code nvidia-h100-sxm-80gb x 2 replicas 3 rent vllm fp8}. Hardware comes first, the rest in
 * any order; what is left out is left open.
 */
final class CandidateWords {
    private final String text;
    private final String hardware;
    private @Nullable Integer devices;
    private @Nullable Integer replicas;
    private @Nullable Acquisition acquisition;
    private @Nullable String offer;
    private @Nullable String engine;
    private @Nullable String quantization;

    private CandidateWords(String text, String hardware) {
        this.text = text;
        this.hardware = hardware;
    }

    /**
     * Reads a line; words that nobody knows become problems of the column's cell.
     *
     * @param training whether something is trained: what a tool and an engine are both called is the tool then
     */
    static CandidateWords read(String line, boolean training, Fields fields, String column, Catalogue catalogue) {
        String[] words = line.strip()
                .replaceAll("(?i)\\s+x\\s*(?=\\d+(\\s|$))", " x")
                .replaceAll("(?i)\\s+replicas\\s*(?=\\d)", " replicas=")
                .split("\\s+");
        CandidateWords read = new CandidateWords(line, words[0]);
        for (String word : List.of(words).subList(1, words.length)) {
            if (!read.take(word, training, catalogue)) {
                fields.reportWrong(
                        "unknown-word",
                        column,
                        line,
                        "has the word \"" + word
                                + "\"; expected x 2, replicas 2, buy, rent, owned, an engine, a training tool, a precision or an offer.");
            }
        }
        return read;
    }

    /** The line that reads as the candidate; a price of its own has no word. */
    static String write(Candidate candidate) {
        StringBuilder line = new StringBuilder(candidate.hardware());
        if (candidate.devices() != null) {
            line.append(" x ").append(candidate.devices());
        }
        if (candidate.replicas() != null) {
            line.append(" replicas ").append(candidate.replicas());
        }
        if (candidate.acquisition() != null) {
            line.append(' ').append(Choice.id(candidate.acquisition()));
        }
        Stream.of(candidate.engine(), candidate.quantization(), candidate.offer())
                .filter(Objects::nonNull)
                .forEach(word -> line.append(' ').append(word));
        return line.toString();
    }

    Candidate candidate() {
        return new Candidate(hardware, devices, replicas, acquisition, offer, engine, quantization, null, null);
    }

    CandidatePattern pattern() {
        return new CandidatePattern(text, hardware, devices, replicas, acquisition, offer, engine, quantization);
    }

    private boolean take(String word, boolean training, Catalogue catalogue) {
        if (word.matches("[xX]\\d{1,6}")) {
            devices = Integer.valueOf(word.substring(1));
            return true;
        }
        if (word.matches("replicas=\\d{1,6}")) {
            replicas = Integer.valueOf(word.substring("replicas=".length()));
            return true;
        }
        Optional<Acquisition> way = Choice.find(Acquisition.class, word);
        Optional<Engine> server = catalogue.findEngine(word);
        Optional<Engine> tool = catalogue.training().findEngine(word);
        Optional<Engine> run = training ? tool.or(() -> server) : server.or(() -> tool);
        Optional<Quantization> precision = catalogue.findQuantization(word).filter(Quantization::forWeights);
        Optional<Offer> rental = catalogue.findOffer(word);
        way.ifPresent(found -> acquisition = found);
        run.ifPresent(found -> engine = found.id());
        precision.ifPresent(found -> quantization = found.id());
        rental.ifPresent(found -> offer = found.id());
        return way.isPresent() || run.isPresent() || precision.isPresent() || rental.isPresent();
    }
}
