package quartermaster.pricefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import quartermaster.json.Values;
import quartermaster.unit.Place;

/**
 * {@code model_prices_and_context_window.json} of LiteLLM: an object by {@code provider/model}, with prices for one token.
 *
 * @see <a href="https://docs.litellm.ai/docs/provider_registration/add_model_pricing">LiteLLM: model pricing</a>
 */
final class LiteLlm {
    static final String TITLE = "LiteLLM";
    private static final String INPUT = "input_cost_per_token";
    private static final Set<String> MODES = Set.of("", "chat", "completion", "responses");

    private LiteLlm() {}

    static boolean is(Values root) {
        return root.named().values().stream().anyMatch(each -> Values.of(each).has("litellm_provider"));
    }

    static List<ApiPrice> prices(Values root, String name) {
        List<ApiPrice> prices = new ArrayList<>();
        root.named().forEach((key, value) -> {
            Values model = Values.of(value);
            String mode = model.text("mode");
            if (!key.equals("sample_spec") && model.has(INPUT) && MODES.contains(mode == null ? "" : mode)) {
                prices.add(price(key.toString(), model, new Place.Pointer(name + "#").child(key.toString())));
            }
        });
        return prices;
    }

    private static ApiPrice price(String key, Values model, Place at) {
        String provider = model.text("litellm_provider");
        int slash = key.indexOf('/');
        boolean prefixed = provider != null
                && slash > 0
                && provider.startsWith(key.substring(0, slash).replaceFirst("_ai$", ""));
        return new ApiPrice(
                ProviderNames.of(provider),
                prefixed ? key.substring(slash + 1) : key,
                ApiPrice.perMillion(model.number(INPUT)),
                ApiPrice.perMillion(model.number("output_cost_per_token")),
                ApiPrice.perMillion(model.number("cache_read_input_token_cost")),
                model.integer("max_input_tokens", "max_tokens"),
                null,
                null,
                PriceText.day(model.text("deprecation_date")),
                model.text("source"),
                null,
                at);
    }
}
