package quartermaster.workbook.knowledge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.HostedApi;
import quartermaster.catalogue.LooseNames;
import quartermaster.catalogue.Model;
import quartermaster.catalogue.RecordCells;
import quartermaster.pricefile.ApiPrice;
import quartermaster.pricefile.ApiPriceFile;
import quartermaster.pricefile.ProviderNames;
import quartermaster.unit.Dates;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.workbook.knowledge.PricedRow.Change;

/** Prices by the token become rows of kind {@code api}: of each provider and model one. */
public final class ApiPriceImport extends PriceImport<ApiPriceFile> {
    private static final String INPUT = "Input (USD per million tokens)";
    private static final String CACHED = "Cached input (USD per million tokens)";
    private static final String OUTPUT = "Output (USD per million tokens)";
    private static final String CONTEXT = "Context (tokens)";
    private static final List<String> COLUMNS = List.of(INPUT, CACHED, OUTPUT, CONTEXT, "Confidence");

    /** What notes of price lists say of the row that they stand beside. */
    private static final Pattern OTHER_TIER =
            Pattern.compile("\"?(fast|turbo|highspeed|lightning|throughput|priority|batch)\"? (?:tier|offer)");

    private static final Pattern RETIRED =
            Pattern.compile("marked deprecated|deprecat\\w+ date[^:;]*: ?(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern OTHER_CHECKPOINT = Pattern.compile(
            "checkpoint \"[^\"]+\"[^;]*|thinking variant|\\d{4} refresh|preview name|may be retired|gone from the [^;]*|confidential enclave");

    private final ServedNames names;
    private final List<String> providers;
    private final Map<String, List<Priced>> found = new LinkedHashMap<>(); // by provider and model

    public ApiPriceImport(Catalogue catalogue, Said said, Setting setting) {
        super(catalogue, said, setting);
        this.names = new ServedNames(catalogue, new LooseNames(catalogue));
        this.providers = catalogue.hostedApis().stream()
                .map(HostedApi::provider)
                .distinct()
                .toList();
    }

    /**
     * A price of a model that the catalogue knows.
     *
     * @param inputUsd for a million tokens
     * @param outputUsd for a million tokens
     * @param doubts what its file says against it
     */
    private record Priced(
            ApiPrice price,
            String provider,
            Model model,
            double inputUsd,
            double outputUsd,
            String day,
            List<String> doubts,
            String source) {}

    /** Takes what a file has; rows are there after {@link #finish}. */
    @Override
    public void add(ApiPriceFile file) {
        file.prices().forEach(price -> match(price, file.title()));
    }

    private void match(ApiPrice price, String title) {
        String provider =
                asWritten(price.provider() == null ? ProviderNames.of(said().provider()) : price.provider(), providers);
        if (!isWanted(ProviderNames.of(said().provider()), provider)) {
            return;
        }
        ServedNames.Found served = served(price.model());
        Model model = served.model();
        if (said().model() != null && (model == null || !isWanted(said().model(), model.id()))) {
            return;
        }
        if (model == null) {
            refuse(served.code(), String.valueOf(served.whyNot()), price.at());
            return;
        }
        take(price.model(), model.id());
        Double input = price.inputUsd();
        Double output = price.outputUsd();
        String day = day(price.asOf());
        String why = provider == null
                ? "Found no provider; expected it in the file, or as --provider NAME."
                : wrongDay(day) != null
                        ? wrongDay(day)
                        : input == null || output == null || input <= 0 || output <= 0
                                ? "Found a price of " + (input == null ? "nothing" : Numbers.plain(input)) + " in and "
                                        + (output == null ? "nothing" : Numbers.plain(output))
                                        + " out; expected both above zero."
                                : null;
        if (why != null || provider == null || day == null || input == null || output == null) {
            refuse("no-price", String.valueOf(why), price.at());
            return;
        }
        String against = against(price, provider, model, day);
        if (against != null) {
            refuse("not-offered", against, price.at());
            return;
        }
        String source = price.source() != null ? price.source() : said().source() != null ? said().source() : title;
        Priced priced = new Priced(
                price, provider, model, input, output, day, doubts(price, provider, served.precision()), source);
        found.computeIfAbsent(Ids.normalise(provider) + "@" + model.id(), any -> new ArrayList<>())
                .add(priced);
    }

    private ServedNames.Found served(String written) {
        Optional<String> taken = taken(written);
        if (taken.isEmpty()) {
            return names.find(written);
        }
        Model model = catalogue().findModel(taken.get()).orElse(null);
        return new ServedNames.Found(
                model, null, "unknown-model", "--take says \"" + taken.get() + "\", which the catalogue has not.");
    }

    /** Why nobody should plan with it. */
    private @Nullable String against(ApiPrice price, String provider, Model model, String day) {
        String note = price.note() == null ? "" : price.note();
        Matcher tier = OTHER_TIER.matcher(note);
        if (tier.find()) {
            return "The \"" + tier.group(1) + "\" offer of " + model.id() + ", not its normal price.";
        }
        Matcher retired = RETIRED.matcher(note);
        boolean noted = retired.find();
        String retires = price.retires() != null
                ? price.retires()
                : !noted ? null : retired.group(1) == null ? "deprecated" : retired.group(1);
        if (retires == null) {
            return null;
        }
        LocalDate last = Dates.latest(retires).orElse(null);
        return last == null
                ? "The provider calls it " + retires + "."
                : last.isBefore(setting().today()) ? "The provider has retired it on " + retires + "." : null;
    }

    private List<String> doubts(ApiPrice price, String provider, @Nullable String precision) {
        List<String> doubts = new ArrayList<>();
        String note = price.note() == null ? "" : price.note();
        OTHER_CHECKPOINT
                .matcher(note)
                .results()
                .map(each -> each.group().strip())
                .forEach(doubts::add);
        if (ProviderNames.isReseller(provider)) {
            doubts.add("resold: requests go to whom " + provider + " chooses");
        }
        if (price.retires() != null) {
            doubts.add("to be retired on " + price.retires());
        }
        String served = price.precision() == null ? precision : price.precision();
        if (served != null) {
            doubts.add("served in " + served);
        }
        return doubts;
    }

    /** Of every provider and model the price that counts becomes a row. */
    @Override
    public void finish() {
        found.values().forEach(each -> {
            Priced best = each.stream()
                    .min(Comparator.comparingInt((Priced one) -> one.doubts().size())
                            .thenComparing(Comparator.comparing((Priced one) -> latest(one.day()))
                                    .reversed())
                            .thenComparingDouble(one -> one.inputUsd() + one.outputUsd()))
                    .orElseThrow();
            each.stream()
                    .filter(other -> other != best)
                    .forEach(other -> refuse(
                            "another-row-counts",
                            counts(best, other),
                            other.price().at()));
            row(best);
        });
        found.clear();
    }

    private static String counts(Priced best, Priced other) {
        boolean same = isSame(best.inputUsd(), other.inputUsd()) && isSame(best.outputUsd(), other.outputUsd());
        return same
                ? "Another row of the same provider and model counts, at the same price."
                : "Another row of " + best.provider() + " and " + best.model().id() + " counts: "
                        + best.price().at() + ", at " + Numbers.plain(best.inputUsd()) + " in and "
                        + Numbers.plain(best.outputUsd()) + " out.";
    }

    private static LocalDate latest(String day) {
        return Dates.latest(day).orElse(LocalDate.MIN);
    }

    private void row(Priced priced) {
        ApiPrice price = priced.price();
        List<String> marks = new ArrayList<>(priced.doubts());
        Double cached = price.cachedInputUsd();
        if (cached != null && (cached <= 0 || cached > priced.inputUsd())) {
            marks.add(
                    "a cached price of " + Numbers.plain(cached) + " is left out: it is not below the price of input");
            cached = null;
        }
        HostedApi before = catalogue().apisFor(priced.model()).stream()
                .filter(each -> Ids.normalise(each.provider()).equals(Ids.normalise(priced.provider())))
                .findFirst()
                .orElse(null);
        if (before != null && isOlder(priced.day(), before.asOf())) {
            refuse(
                    "older-than-sheet",
                    "The sheet has " + before.id() + " as of " + before.asOf() + ", which is later than " + priced.day()
                            + ".",
                    price.at());
            return;
        }
        boolean samePrices = before != null
                && isSame(before.inputUsd(), priced.inputUsd())
                && isSame(before.outputUsd(), priced.outputUsd());
        if (before != null && cached == null && before.cachedInputUsd() != null) {
            if (samePrices) {
                cached = before.cachedInputUsd();
            } else {
                marks.add("the cached price of before is taken out: the file has none");
            }
        }
        Integer context =
                price.contextTokens() == null && before != null ? before.contextTokens() : price.contextTokens();
        HostedApi row = new HostedApi(
                before == null ? ids().of(priced.provider(), priced.model().id(), "api") : before.id(),
                priced.model().id(),
                priced.provider(),
                priced.inputUsd(),
                cached,
                priced.outputUsd(),
                context,
                before == null ? null : before.decodeSpeed(),
                before == null ? null : before.timeToFirstTokenSeconds(),
                priced.source(),
                priced.day(),
                List.of(),
                0);
        Map<String, @Nullable Object> cells = new LinkedHashMap<>(RecordCells.of(row));
        cells.put("Kind", "api");
        cells.put("Confidence", "secondary source");
        cells.put(
                "Note",
                note(
                        price.note(),
                        marks.stream()
                                .filter(mark ->
                                        price.note() == null || !price.note().contains(mark))
                                .toList()));
        if (before == null) {
            add(cells, marks, price.at());
        } else {
            List<Change> changes = List.of(
                    new Change(INPUT, before.inputUsd(), priced.inputUsd()),
                    new Change(CACHED, before.cachedInputUsd(), cached),
                    new Change(OUTPUT, before.outputUsd(), priced.outputUsd()),
                    new Change(CONTEXT, asDouble(before.contextTokens()), asDouble(context)));
            compare(cells, before.row(), before.asOf(), changes, COLUMNS, marks, price.at());
        }
    }

    private static @Nullable Double asDouble(@Nullable Integer whole) {
        return whole == null ? null : (Double) whole.doubleValue();
    }
}
