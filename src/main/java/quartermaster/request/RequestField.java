package quartermaster.request;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Records;

/**
 * A field of a request, with everything that a door has to know of it. The rows stand in {@link RequestFields}; reading
 * and writing JSON, workbook columns, the template, checks, sweeps, flips and questions are made from them.
 *
 * @param path its place in JSON, e.g. {@code workload.inputTokens}; of a candidate's field the name alone
 * @param choices of a {@link Kind#CHOICE} or {@link Kind#CHOICES}: the constants that may stand there
 * @param required whether a request without it is none
 * @param least smallest number that makes sense
 * @param most largest number that makes sense
 * @param counted what the number counts, for messages, e.g. "tokens"
 * @param column in workbooks; null for what is said anew each time a workbook is scored
 * @param example as one writes it into a cell
 * @param unit words behind the number in a sentence, e.g. "requests at the same time"
 * @param whenMore says that the value is larger, or true, or another one: "with prompts of %s or more"
 * @param whenLess says that the value is smaller, or false
 * @param tried numbers among which a smallest change is looked for; null where none is
 * @param askedAs the smaller comes first, as experts ask: the model, hosted or not, what repeats, people or requests, by
 *     when, the precision, and then what it may cost and must do
 * @param question to ask where it was not said and the answer hangs on it; empty where none is asked
 * @param shownUnsaid whether answers show it as null where nothing was said
 */
public record RequestField(
        String path,
        Kind kind,
        @Nullable Class<? extends Enum<?>> choices,
        boolean required,
        double least,
        double most,
        String counted,
        @Nullable Column column,
        String example,
        String unit,
        String whenMore,
        String whenLess,
        @Nullable Tried tried,
        int askedAs,
        String question,
        boolean shownUnsaid) {

    /** What stands in a field. */
    public enum Kind {
        TEXT,
        /** An id, or in JSON a model's fields. */
        MODEL,
        /** Ids of several models, or {@code any} alone, which JSON may have without brackets. */
        MODELS,
        WHOLE_NUMBER,
        /** Zero or more. */
        NUMBER,
        /** More than zero. */
        POSITIVE_NUMBER,
        /** 0 to 1, in workbooks also as a percentage. */
        SHARE,
        YES_NO,
        CHOICE,
        /** Several of a few constants; none is not the same as unsaid. */
        CHOICES,
        /** The requester's own words. */
        TEXTS,
        /** Hardware with how many of it. */
        MACHINES,
        DATE
    }

    /** Rows of the catalogue, or of the workbook itself, that a cell names. */
    public enum Lookup {
        MODELS,
        QUANTIZATIONS,
        KV_CACHE_TYPES,
        HARDWARE,
        OFFERS,
        ENGINES,
        WORKLOADS
    }

    /**
     * A column of a workbook.
     *
     * @param header as the template writes it, with its unit
     * @param synonyms other words that people use for it
     * @param characters how wide it is
     * @param lookup what its drop-down lists; null where that follows from the kind, or there is none
     * @param usual whether most people fill it in
     * @param help what it means, in a sentence or two
     */
    public record Column(
            String header,
            List<String> synonyms,
            int characters,
            @Nullable Lookup lookup,
            boolean usual,
            String help) {
        public Column {
            synonyms = List.copyOf(synonyms);
        }
    }

    /** From the smallest to the largest number worth trying; to begin with where nothing was said: none, or all. */
    public record Tried(double least, double most, boolean unsaidIsNone) {}

    /** The last part of the path: the key in JSON. */
    public String name() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** As a JSON pointer, e.g. {@code /workload/inputTokens}. */
    public String pointer() {
        return "/" + path.replace('.', '/');
    }

    /** @throws IllegalStateException where there is no column */
    public Column requireColumn() {
        if (column == null) {
            throw new IllegalStateException(path + " has no column.");
        }
        return column;
    }

    public String header() {
        return requireColumn().header();
    }

    /** @throws IllegalStateException where the field has no constants */
    public Class<? extends Enum<?>> requireChoices() {
        if (choices == null) {
            throw new IllegalStateException(path + " is no choice.");
        }
        return choices;
    }

    public boolean isWhole() {
        return kind == Kind.WHOLE_NUMBER;
    }

    public boolean isNumber() {
        return isWhole() || kind == Kind.NUMBER || kind == Kind.POSITIVE_NUMBER || kind == Kind.SHARE;
    }

    public boolean isMoney() {
        return path.endsWith("Usd");
    }

    private boolean isOfTraining() {
        return path.startsWith(RequestFields.TRAINING + ".");
    }

    /** Whether a request may leave it unsaid. */
    public boolean mayBeUnsaid() {
        return isNumber()
                || kind == Kind.TEXT
                || kind == Kind.MODEL
                || kind == Kind.CHOICES
                || kind == Kind.TEXTS
                || kind == Kind.MODELS
                || isOfTraining();
    }

    /** What a request says; null, false or nothing where it says nothing. */
    public @Nullable Object in(DecisionRequest request) {
        return kind == Kind.MODEL && request.workload().inlineModel() != null
                ? request.workload().inlineModel()
                : Records.get(request, component());
    }

    /** The same request with another value; null leaves it unsaid. */
    public DecisionRequest set(DecisionRequest request, @Nullable Object value) {
        DecisionRequest prepared = request;
        if (kind == Kind.MODEL) {
            prepared = Records.with(request, "workload.inlineModel", null);
        } else if (isOfTraining() && request.workload().fineTuning() == null) {
            prepared = Records.with(request, RequestFields.TRAINING, FineTuning.UNSAID);
        }
        return Records.with(prepared, component(), value);
    }

    /** The skills are the team's in JSON, and the request's own here. */
    private String component() {
        return path.startsWith("team.") ? name() : path;
    }

    /** The values of a set in their order, so that the same request is always written the same. */
    @SuppressWarnings("unchecked") // of a field of that kind
    public static List<Enum<?>> sorted(Set<?> constants) {
        return ((Set<Enum<?>>) constants)
                .stream()
                        .sorted((one, other) -> Integer.compare(one.ordinal(), other.ordinal()))
                        .toList();
    }
}
