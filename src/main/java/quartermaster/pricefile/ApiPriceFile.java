package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.json.Values;
import quartermaster.pricefile.SeparatedValues.Line;

/**
 * Prices by the token, known by the content of their file.
 *
 * @param title whose list it is
 */
public record ApiPriceFile(String title, List<ApiPrice> prices) {
    /** What is read, in words. */
    public static final String EXPECTED =
            "LiteLLM's model_prices_and_context_window.json, models.dev's api.json or a .toml of"
                    + " its providers, or comma-separated values with the columns model, input_usd_per_mtok and"
                    + " output_usd_per_mtok (or input_cost_per_token and output_cost_per_token)";

    private static final String[] MODEL = {"model", "modelid", "modelname"};
    private static final String[] PROVIDER = {"provider", "providername", "litellmprovider"};
    private static final String[] INPUT = millions("input", "prompt");
    private static final String[] OUTPUT = millions("output", "completion");
    private static final String[] CACHED =
            millions("cachedinput", "cachedprompt", "cacheread", "cached", "inputcacheread");
    private static final String[] INPUT_OF_ONE = {"inputcostpertoken"};
    private static final String[] OUTPUT_OF_ONE = {"outputcostpertoken"};
    private static final String[] CACHED_OF_ONE = {"cachereadinputtokencost"};

    public ApiPriceFile {
        prices = List.copyOf(prices);
    }

    /** @param path of the file, whose folders may say whose prices they are */
    public static Optional<ApiPriceFile> of(byte[] bytes, String path) {
        String text = PriceText.of(bytes);
        String name = path.replaceFirst(".*[/\\\\]", "");
        if (PriceText.isJson(text)) {
            Values root = PriceText.json(text);
            return LiteLlm.is(root)
                    ? Optional.of(new ApiPriceFile(LiteLlm.TITLE, LiteLlm.prices(root, name)))
                    : ModelsDev.is(root)
                            ? Optional.of(new ApiPriceFile(ModelsDev.TITLE, ModelsDev.prices(root, name)))
                            : Optional.empty();
        }
        if (ModelsDev.isToml(text)) {
            return Optional.of(new ApiPriceFile(ModelsDev.TITLE, ModelsDev.ofToml(text, path)));
        }
        SeparatedValues table = SeparatedValues.of(text, name);
        boolean isOne = table.has(MODEL)
                && (table.has(INPUT) || table.has(INPUT_OF_ONE))
                && (table.has(OUTPUT) || table.has(OUTPUT_OF_ONE));
        return isOne
                ? Optional.of(new ApiPriceFile(
                        name, table.lines().stream().map(ApiPriceFile::price).toList()))
                : Optional.empty();
    }

    private static ApiPrice price(Line line) {
        Double context = line.number("contexttokens", "context", "contextwindow", "contextlength", "maxinputtokens");
        String model = line.text(MODEL);
        return new ApiPrice(
                ProviderNames.of(line.text(PROVIDER)),
                model == null ? "" : model,
                price(line, INPUT, INPUT_OF_ONE),
                price(line, OUTPUT, OUTPUT_OF_ONE),
                price(line, CACHED, CACHED_OF_ONE),
                context == null ? null : (Integer) (int) Math.round(context),
                line.text("quantization", "precision"),
                PriceText.day(line.text("asof", "date", "fetchedat", "updated")),
                line.text("deprecationdate", "retires", "deprecated"),
                line.text("source", "sourceurl", "url"),
                line.text("note", "notes"),
                line.at());
    }

    private static @Nullable Double price(Line line, String[] forMillion, String[] forOne) {
        Double million = line.number(forMillion);
        return million == null ? ApiPrice.perMillion(line.number(forOne)) : million;
    }

    /** Headers that say "for a million tokens"; one that only says "input" may be for anything. */
    private static String[] millions(String... what) {
        List<String> headers = new ArrayList<>();
        for (String each : what) {
            for (String price : List.of("", "price", "cost", "usd", "priceusd", "costusd")) {
                Stream.of("permtok", "permillion", "permilliontokens", "per1m", "per1mtokens", "1m", "mtok")
                        .forEach(unit -> headers.add(each + price + unit));
            }
        }
        return headers.toArray(String[]::new);
    }
}
