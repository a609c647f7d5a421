package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.json.Values;
import quartermaster.pricefile.SeparatedValues.Line;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Prices by the hour, known by the columns of their file.
 *
 * @param title whose list it is
 * @param without a card: rows that are left out
 */
public record RentalPriceFile(String title, List<RentalPrice> prices, List<Problem> problems, int without) {
    /** What is read, in words. */
    public static final String EXPECTED =
            "a catalog of SkyPilot (InstanceType, AcceleratorName, AcceleratorCount, Price,"
                    + " SpotPrice), of gpuhunt (instance_name, gpu_name, gpu_count, price, spot), of gpurentalprices (JSON or columns:"
                    + " provider, gpu, usd_hr), or columns as gpu, gpus_per_instance and usd_per_gpu_hour or"
                    + " usd_per_instance_hour";

    private static final String SPOT = "spot";
    private static final String ON_DEMAND = "on-demand";
    private static final double CENT_OF_A_DOLLAR = 0.01; // two figures for one price may differ by as much, relatively

    private static final String[] GPU = {"gpu", "gpuname", "gpumodel", "gputype", "acceleratorname", "accelerator"};
    private static final String[] PROVIDER = {"provider", "providername", "cloud", "cloudprovider"};
    private static final String[] DEVICES = {
        "gpusperinstance", "gpucount", "acceleratorcount", "devicesperinstance", "numgpus", "gpus", "count", "mingpus"
    };
    private static final String[] OF_INSTANCE = {
        "usdperinstancehour", "priceperinstancehour", "priceperinstancehourusd", "instancepriceperhour", "instanceprice"
    };
    private static final String[] OF_DEVICE = {
        "usdpergpuhour",
        "pricepergpuhour",
        "pricepergpuhourusd",
        "pricepergpuperhour",
        "usdperdevicehour",
        "priceperdevicehour",
        "priceperdevicehourusd",
        "usdpergpuhr",
        "usdhr"
    };

    /** Of one card or of all of an instance: the same only where it has one. */
    private static final String[] OF_EITHER = {
        "priceperhour",
        "priceperhourusd",
        "usdperhour",
        "hourlyprice",
        "hourlypriceusd",
        "hourlyusd",
        "pricehour",
        "pricehr"
    };

    private static final Pattern SKYPILOT = Pattern.compile("(?:.*/)?v\\d+/([^/]+)/vms[.]csv");
    private static final Pattern MEBIBYTES = Pattern.compile("'SizeInMiB':\\s*(\\d+)");
    private static final Pattern NAME = Pattern.compile("'Name':\\s*'([^']*)'");
    private static final double MEBIBYTES_OF_A_GIBIBYTE = 1024;

    public RentalPriceFile {
        prices = List.copyOf(prices);
        problems = List.copyOf(problems);
    }

    /** @param path of the file, whose folders may say whose prices they are */
    public static Optional<RentalPriceFile> of(byte[] bytes, String path) {
        String text = PriceText.of(bytes);
        String name = path.replaceFirst(".*[/\\\\]", "");
        if (PriceText.isJson(text)) {
            Values root = PriceText.json(text);
            return root.list("offers").isEmpty() ? Optional.empty() : Optional.of(ofGpuRentalPrices(root, name));
        }
        SeparatedValues table = SeparatedValues.of(text, name);
        boolean skyPilot = table.has("acceleratorname") && table.has("instancetype");
        boolean gpuHunt = table.has("gpuname") && table.has("instancename");
        boolean priced = table.has(OF_INSTANCE)
                || table.has(OF_DEVICE)
                || table.has(OF_EITHER)
                || (skyPilot || gpuHunt) && table.has("price");
        if (!priced || !table.has(GPU) && !table.has("hardware")) {
            return Optional.empty();
        }
        Matcher folder = SKYPILOT.matcher(path.replace('\\', '/'));
        String provider = skyPilot && folder.matches() ? ProviderNames.of(folder.group(1)) : null;
        Reader reader = new Reader(provider, skyPilot || gpuHunt);
        table.lines().forEach(reader::add);
        return Optional.of(new RentalPriceFile(
                skyPilot ? "SkyPilot" : gpuHunt ? "gpuhunt" : name, reader.prices, reader.problems, reader.without));
    }

    private static RentalPriceFile ofGpuRentalPrices(Values root, String name) {
        List<RentalPrice> prices = new ArrayList<>();
        List<?> offers = root.list("offers");
        for (int i = 0; i < offers.size(); i++) {
            Values offer = Values.of(offers.get(i));
            String kind = offer.text("kind");
            String day = PriceText.day(offer.text("fetched_at"));
            Integer devices = offer.integer("min_gpus");
            prices.add(new RentalPrice(
                    ProviderNames.of(offer.text("provider")),
                    null,
                    offer.text("gpu"),
                    "",
                    offer.number("vram_gb"),
                    devices == null ? 1 : devices,
                    null,
                    offer.text("region"),
                    tier(kind),
                    provisioning(kind),
                    false,
                    offer.number("usd_hr"),
                    null,
                    day == null ? PriceText.day(root.text("date")) : day,
                    offer.text("source_url"),
                    null,
                    null,
                    new Place.Pointer(name + "#/offers/" + i)));
        }
        return new RentalPriceFile("gpurentalprices", prices, List.of(), 0);
    }

    /** Of "secure" and "community" clouds: the provider's own data centres, and other people's machines. */
    private static @Nullable String tier(@Nullable String kind) {
        return "community".equals(kind) ? "marketplace" : "secure".equals(kind) ? "neocloud" : null;
    }

    private static String provisioning(@Nullable String kind) {
        return kind == null || tier(kind) != null
                ? ON_DEMAND
                : kind.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** Lines of a table as prices. */
    private static final class Reader {
        private final @Nullable String provider;
        private final boolean priceIsOfInstance;
        private final List<RentalPrice> prices = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();
        private int without;

        Reader(@Nullable String provider, boolean priceIsOfInstance) {
            this.provider = provider;
            this.priceIsOfInstance = priceIsOfInstance;
        }

        void add(Line line) {
            Double devices = line.number(DEVICES);
            if (line.text(GPU) == null && line.text("hardware") == null || devices != null && devices == 0) {
                without++;
                return;
            }
            Double either = line.number(OF_EITHER);
            Double ofInstance = line.number(OF_INSTANCE);
            if (ofInstance == null && priceIsOfInstance) {
                ofInstance = line.number("price");
            }
            Double ofDevice = line.number(OF_DEVICE);
            Double spot = line.number("spotprice", "spotpriceusd");
            if (ofDevice == null && ofInstance == null && either != null && devices != null && devices != 1) {
                refuse(
                        line,
                        "Found a price per hour of " + Numbers.plain(devices)
                                + " cards; expected a column that says whether it is of one (usd_per_gpu_hour) or of all"
                                + " (usd_per_instance_hour).");
                return;
            }
            if (ofDevice != null
                    && ofInstance != null
                    && devices != null
                    && Math.abs(ofDevice * devices - ofInstance) > CENT_OF_A_DOLLAR * ofInstance) {
                refuse(
                        line,
                        "Found " + Numbers.plain(ofDevice) + " USD for one card and " + Numbers.plain(ofInstance)
                                + " for all " + Numbers.plain(devices) + "; expected that they agree.");
                return;
            }
            Double ofOne = ofDevice == null && ofInstance == null ? either : ofDevice;
            if (ofOne != null || ofInstance != null) {
                prices.add(price(line, devices, ofOne, ofInstance, isSpot(line) ? SPOT : said(line)));
            } else if (spot == null) {
                refuse(line, "Found no price; expected US dollars for an hour.");
            }
            if (spot != null) {
                prices.add(
                        price(line, devices, priceIsOfInstance ? null : spot, priceIsOfInstance ? spot : null, SPOT));
            }
        }

        private void refuse(Line line, String why) {
            problems.add(new Problem("no-price", why, line.at()));
        }

        private static boolean isSpot(Line line) {
            String spot = line.text("spot", "isspot", "preemptible");
            return spot != null && List.of("true", "yes", "1").contains(spot.toLowerCase(Locale.ROOT));
        }

        private static String said(Line line) {
            String said = line.text("provisioning", "pricingtype", "billing", "purchaseoption");
            String kind = line.text("kind");
            return provisioning(said != null ? said : isIndexOrOffer(kind) ? null : kind);
        }

        private static boolean isIndexOrOffer(@Nullable String kind) {
            return "offer".equals(kind) || "index".equals(kind);
        }

        private RentalPrice price(
                Line line,
                @Nullable Double devices,
                @Nullable Double ofDevice,
                @Nullable Double ofInstance,
                String provisioning) {
            String kind = line.text("kind");
            String tier = line.text("tier");
            String info = line.text("gpuinfo");
            Matcher named = NAME.matcher(info == null ? "" : info);
            String instance = line.text("instance", "instancetype", "instancename");
            String said = ProviderNames.of(line.text(PROVIDER));
            return new RentalPrice(
                    said == null ? provider : said,
                    line.text("hardware"),
                    line.text(GPU),
                    (instance == null ? "" : instance) + (named.find() ? " " + named.group(1) : ""),
                    memory(line, info),
                    devices == null ? 1 : devices,
                    instance,
                    line.text("region", "location"),
                    tier == null ? tier(kind) : tier,
                    provisioning,
                    "index".equals(kind),
                    ofDevice,
                    ofInstance,
                    PriceText.day(line.text("asof", "date", "fetchedat", "snapshotdate", "updated", "lastupdated")),
                    line.text("source", "sourceurl", "sourcepage", "url"),
                    line.text("confidence"),
                    line.text("note", "notes"),
                    line.at());
        }

        private static @Nullable Double memory(Line line, @Nullable String info) {
            String said = line.text("gpumemorygb", "gpumemory", "gpumemorygib", "vramgb", "vram");
            Matcher mebibytes = MEBIBYTES.matcher(info == null ? "" : info);
            if (said != null) {
                return Numbers.parse(said, "GiB").orElse(null);
            }
            return mebibytes.find()
                    ? (Double) (Double.parseDouble(mebibytes.group(1)) / MEBIBYTES_OF_A_GIBIBYTE)
                    : null;
        }
    }
}
