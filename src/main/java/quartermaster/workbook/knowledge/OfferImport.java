package quartermaster.workbook.knowledge;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Catalogue;
import quartermaster.catalogue.Hardware;
import quartermaster.catalogue.Offer;
import quartermaster.catalogue.RecordCells;
import quartermaster.pricefile.ProviderNames;
import quartermaster.pricefile.RentalPrice;
import quartermaster.pricefile.RentalPriceFile;
import quartermaster.unit.Dates;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Problem;
import quartermaster.workbook.knowledge.PricedRow.Change;

/**
 * Prices by the hour become rows of kind {@code offer}: the cheapest instance of each provider, tier, region, card, number
 * of cards and provisioning.
 */
public final class OfferImport extends PriceImport<RentalPriceFile> {
    private static final String PER_DEVICE = "Price per device hour (USD)";
    private static final String PER_INSTANCE = "Price per instance hour (USD)";
    private static final List<String> COLUMNS = List.of(PER_DEVICE, PER_INSTANCE, "Instance", "Confidence");
    private static final List<String> TIERS = List.of("hyperscaler", "neocloud", "marketplace");
    private static final List<String> PROVISIONINGS = List.of("on-demand", "spot", "reserved");
    private static final double MICRODOLLARS = 1e6;

    private final CardNames cards;
    private final List<String> providers;
    private final Map<Integer, String> regions; // of the sheet, by row
    private final Map<String, List<Rented>> found = new LinkedHashMap<>();
    private int without;

    /** @param regions of the sheet's rows, by their number: {@link OfferWriter#regions} */
    public OfferImport(Catalogue catalogue, Map<Integer, String> regions, Said said, Setting setting) {
        super(catalogue, said, setting);
        this.cards = new CardNames(catalogue);
        this.regions = Map.copyOf(regions);
        this.providers =
                catalogue.offers().stream().map(Offer::provider).distinct().toList();
    }

    /** A price of a card that the catalogue knows. */
    private record Rented(
            RentalPrice price,
            String provider,
            String tier,
            Hardware card,
            double usdPerDeviceHour,
            String day,
            String source) {
        String key() {
            return String.join(
                    "@",
                    Ids.normalise(provider),
                    tier,
                    region(price.region()),
                    card.id(),
                    Numbers.plain(price.devices()),
                    price.provisioning());
        }
    }

    private static String region(@Nullable String region) {
        return region == null ? "" : Ids.normalise(region);
    }

    /** Rows of machines without a card, which are left out. */
    public int without() {
        return without;
    }

    /** Takes what a file has; rows are there after {@link #finish}. */
    @Override
    public void add(RentalPriceFile file) {
        without += file.without();
        file.problems().forEach(each -> refuse(each.code(), each.message(), each.at()));
        file.prices().forEach(price -> match(price, file.title()));
    }

    private void match(RentalPrice price, String title) {
        String wanted = asWritten(ProviderNames.of(said().provider()), providers);
        String provider = asWritten(price.provider() == null ? wanted : price.provider(), providers);
        if (!isWanted(wanted, provider) || !isWanted(said().region(), price.region())) {
            return;
        }
        CardNames.Found found = card(price);
        Hardware card = found.card();
        if (said().model() != null && !isWanted(said().model(), card == null ? price.gpu() : card.id())) {
            return;
        }
        Problem problem = card == null
                ? new Problem(found.code(), String.valueOf(found.whyNot()), price.at())
                : problem(price, provider);
        String tier = tier(price, provider);
        String day = day(price.asOf());
        Double perHour = price.perDeviceHour();
        if (problem != null || card == null || provider == null || tier == null || day == null || perHour == null) {
            refuse(
                    problem == null ? "no-tier" : problem.code(),
                    problem != null ? problem.message() : noTier(provider),
                    price.at());
            return;
        }
        if (price.hardware() == null || taken(price.gpu()).isPresent()) {
            take(price.gpu(), card.id());
        }
        String source = price.source() != null ? price.source() : said().source() != null ? said().source() : title;
        Rented rented =
                new Rented(price, provider, tier, card, Math.round(perHour * MICRODOLLARS) / MICRODOLLARS, day, source);
        this.found.computeIfAbsent(rented.key(), any -> new ArrayList<>()).add(rented);
    }

    private CardNames.Found card(RentalPrice price) {
        Optional<String> taken = taken(price.gpu());
        String id = taken.orElse(price.hardware());
        if (id != null) {
            return cards.exactly(id, price.memoryGb());
        }
        return cards.find(Objects.requireNonNullElse(price.gpu(), ""), price.boards(), price.memoryGb());
    }

    private @Nullable Problem problem(RentalPrice price, @Nullable String provider) {
        if (price.index()) {
            return new Problem(
                    "market-figure", "Found a market figure; expected an offer, which somebody can rent.", price.at());
        }
        if (provider == null) {
            return new Problem(
                    "no-provider", "Found no provider; expected it in the file, or as --provider NAME.", price.at());
        }
        String wrongDay = wrongDay(day(price.asOf()));
        if (wrongDay != null) {
            return new Problem("no-date", wrongDay, price.at());
        }
        if (price.devices() != Math.rint(price.devices()) || price.devices() < 1) {
            return new Problem(
                    "share-of-a-card",
                    "Found a share of a card (" + Numbers.plain(price.devices()) + "); expected whole cards.",
                    price.at());
        }
        Double perHour = price.perDeviceHour();
        if (perHour == null || !(perHour > 0)) {
            return new Problem("no-price", "Found no price; expected US dollars above zero for an hour.", price.at());
        }
        if (!PROVISIONINGS.contains(price.provisioning())) {
            return new Problem(
                    "other-provisioning",
                    "Found \"" + price.provisioning()
                            + "\", which is not paid by the hour of a card alone; expected one of "
                            + String.join(", ", PROVISIONINGS) + ".",
                    price.at());
        }
        return null;
    }

    /** What the file says, else that of the provider's rows where they have one, else what an option says. */
    private @Nullable String tier(RentalPrice price, @Nullable String provider) {
        Set<String> known = catalogue().offers().stream()
                .filter(each -> !each.index() && each.provider().equals(provider))
                .map(Offer::tier)
                .collect(Collectors.toSet());
        String tier = price.tier() != null
                ? price.tier()
                : known.size() == 1 ? known.iterator().next() : said().tier();
        return tier != null && TIERS.contains(tier) ? tier : null;
    }

    private static String noTier(@Nullable String provider) {
        return "Found no tier of " + provider
                + "; expected hyperscaler, neocloud or marketplace in the file, or as --tier TIER.";
    }

    /** Of every kind of instance the cheapest becomes a row. */
    @Override
    public void finish() {
        found.values().forEach(each -> {
            String newest = each.stream()
                    .map(Rented::day)
                    .max(Comparator.comparing(day -> Dates.latest(day).orElse(LocalDate.MIN)))
                    .orElseThrow();
            List<Rented> latest =
                    each.stream().filter(one -> one.day().equals(newest)).toList();
            each.stream()
                    .filter(one -> !one.day().equals(newest))
                    .forEach(one -> refuse(
                            "another-row-counts",
                            "Another row of the same instance is later: as of " + newest + ".",
                            one.price().at()));
            Rented cheapest = latest.stream()
                    .min(Comparator.comparingDouble(Rented::usdPerDeviceHour))
                    .orElseThrow();
            double dearest =
                    latest.stream().mapToDouble(Rented::usdPerDeviceHour).max().orElseThrow();
            row(
                    cheapest,
                    isSame(cheapest.usdPerDeviceHour(), dearest)
                            ? null
                            : "the cheapest of " + latest.size() + " prices of the same, up to "
                                    + Numbers.plain(dearest));
        });
        found.clear();
    }

    private void row(Rented rented, @Nullable String cheapest) {
        RentalPrice price = rented.price();
        List<String> marks = new ArrayList<>();
        if (cheapest != null) {
            marks.add(cheapest);
        }
        if (price.hardware() == null
                && price.memoryGb() == null
                && !String.valueOf(price.gpu()).matches("(?i).*\\d\\s*GB.*")) {
            marks.add("the file does not say the memory");
        }
        Offer before = before(rented);
        if (before != null && isOlder(rented.day(), before.asOf())) {
            refuse(
                    "older-than-sheet",
                    "The sheet has " + before.id() + " as of " + before.asOf() + ", which is later than " + rented.day()
                            + ".",
                    price.at());
            return;
        }
        int devices = (int) price.devices();
        String id = before == null
                ? ids().of(rented.provider(), rented.card().id(), price.provisioning(), rented.tier())
                : before.id();
        Offer row = new Offer(
                id,
                false,
                rented.card().id(),
                rented.provider(),
                rented.tier(),
                price.region(),
                price.instance(),
                devices,
                price.provisioning(),
                rented.usdPerDeviceHour(),
                rented.source(),
                rented.day(),
                0);
        Map<String, @Nullable Object> cells = new LinkedHashMap<>(RecordCells.of(row));
        cells.put("Kind", "offer");
        cells.put("GPU", price.gpu());
        cells.put("Region", price.region() == null && before != null ? regions.get(before.row()) : price.region());
        cells.put(PER_INSTANCE, Math.round(rented.usdPerDeviceHour() * devices * MICRODOLLARS) / MICRODOLLARS);
        cells.put("Confidence", price.confidence() == null ? "secondary source" : price.confidence());
        cells.put("Note", note(price.note(), marks));
        if (before == null) {
            add(cells, marks, price.at());
        } else {
            compare(
                    cells,
                    before.row(),
                    before.asOf(),
                    List.of(new Change(PER_DEVICE, before.usdPerDeviceHour(), rented.usdPerDeviceHour())),
                    COLUMNS,
                    marks,
                    price.at());
        }
    }

    /** The newest row of the same; of a price that names no region the only one that there is. */
    private @Nullable Offer before(Rented rented) {
        RentalPrice price = rented.price();
        List<Offer> same = catalogue().offers().stream()
                .filter(each -> !each.index()
                        && each.hardware().equals(rented.card().id())
                        && Ids.normalise(String.valueOf(ProviderNames.of(each.provider())))
                                .equals(Ids.normalise(rented.provider()))
                        && each.tier().equals(rented.tier())
                        && each.devicesPerInstance() == price.devices()
                        && each.provisioning().equals(price.provisioning()))
                .toList();
        boolean oneRegion = same.stream()
                        .map(each -> region(regions.get(each.row())))
                        .distinct()
                        .count()
                == 1;
        return same.stream()
                .filter(each -> price.region() == null && oneRegion
                        || region(regions.get(each.row())).equals(region(price.region())))
                .max(Comparator.comparing(each -> Dates.latest(each.asOf()).orElse(LocalDate.MIN)))
                .orElse(null);
    }
}
