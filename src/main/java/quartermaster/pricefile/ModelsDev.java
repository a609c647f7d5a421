package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.json.Values;
import quartermaster.unit.Place;

/**
 * models.dev: {@code api.json}, an object of providers and their models, or the file of one model,
 * {@code providers/PROVIDER/models/MODEL.toml}. Prices are for a million tokens.
 *
 * @see <a href="https://github.com/anomalyco/models.dev">models.dev</a>
 */
final class ModelsDev {
    static final String TITLE = "models.dev";
    private static final Pattern PATH = Pattern.compile("(?:.*/)?providers/([^/]+)/models/(.+)[.]toml");
    private static final Pattern IN_TABLE = Pattern.compile("(?m)^\\[cost]|^\\[limit]");

    private ModelsDev() {}

    static boolean is(Values root) {
        return root.named().values().stream()
                .anyMatch(each -> Values.of(each).named().get("models") instanceof java.util.Map);
    }

    static boolean isToml(String text) {
        return IN_TABLE.matcher(text).find();
    }

    static List<ApiPrice> prices(Values root, String name) {
        List<ApiPrice> prices = new ArrayList<>();
        root.named().forEach((id, value) -> {
            Values provider = Values.of(value);
            String called = provider.text("name");
            String own = ProviderNames.of(id.toString());
            boolean known = own != null && !own.equals(id.toString());
            Place.Pointer at =
                    new Place.Pointer(name + "#").child(id.toString()).child("models");
            provider.object("models")
                    .named()
                    .forEach((key, model) -> price(
                                    known || called == null ? own : called,
                                    key.toString(),
                                    Values.of(model),
                                    at.child(key.toString()))
                            .ifPresent(prices::add));
        });
        return prices;
    }

    /** @param path of the file, which says whose model it is; without it the provider is not known */
    static List<ApiPrice> ofToml(String text, String path) {
        Matcher named = PATH.matcher(path.replace('\\', '/'));
        String file = path.replaceFirst(".*[/\\\\]", "");
        boolean says = named.matches();
        String model = says ? named.group(2) : file.replaceFirst("[.]toml$", "");
        return price(
                        says ? ProviderNames.of(named.group(1)) : null,
                        model,
                        Values.of(Toml.tables(text)),
                        new Place.File(file))
                .map(List::of)
                .orElse(List.of());
    }

    /** Nothing for what has no price by the token, such as images. */
    private static Optional<ApiPrice> price(@Nullable String provider, String id, Values model, Place at) {
        Values cost = model.object("cost");
        if (!cost.has("input") && !cost.has("output")) {
            return Optional.empty();
        }
        String status = model.text("status");
        return Optional.of(new ApiPrice(
                provider,
                id,
                cost.number("input"),
                cost.number("output"),
                cost.number("cache_read"),
                model.object("limit").integer("context"),
                null,
                null,
                "deprecated".equals(status) ? status : null,
                null,
                status == null || status.equals("deprecated") ? null : status,
                at));
    }
}
