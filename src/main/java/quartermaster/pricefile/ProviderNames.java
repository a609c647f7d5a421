package quartermaster.pricefile;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Ids;

/** Tags of providers in price lists, as people call them: {@code fireworks_ai} is Fireworks AI. Others stay as they are. */
public final class ProviderNames {
    private static final Map<String, String> CALLED = new TreeMap<>();

    /** Who sells other people's machines under one account; what is behind it changes from request to request. */
    private static final Set<String> RESELLERS = Set.of(
            "openrouter",
            "vercelaigateway",
            "huggingfaceinferenceproviders",
            "requesty",
            "helicone",
            "poe",
            "llmgateway",
            "zenmux",
            "aihubmix",
            "nanogpt",
            "kilogateway",
            "githubmodels");

    static {
        called("AWS", "amazon");
        called("GCP", "googlecloud");
        called("Azure", "microsoft", "microsoftazure");
        called("Oracle", "oraclecloud");
        called("Lambda", "lambdalabs", "lambdacloud");
        called("Vast.ai", "vast");
        called("Verda", "datacrunch", "verda(datacrunch)");
        called("DigitalOcean", "do", "gradientai", "digitalocean");
        called("Massed Compute", "massedcompute");
        called("AWS Bedrock", "bedrock", "bedrockconverse", "amazonbedrock", "awsbedrock");
        called("Azure AI Foundry", "azureai", "azurefoundry", "azureaifoundry");
        called("Google Vertex AI", "googlevertex", "vertex", "vertexai", "googlevertexai");
        called("Oracle OCI", "ocigenai");
        called("DeepInfra", "deepinfra");
        called("Fireworks AI", "fireworks", "fireworksai");
        called("Together AI", "together", "togetherai");
        called("Groq", "groq");
        called("Cerebras", "cerebras");
        called("SambaNova", "sambanova");
        called("Nebius", "nebius", "nebiustokenfactory", "nebiusaistudio");
        called("Novita AI", "novita", "novitaai");
        called("OpenRouter", "openrouter");
        called("Vercel AI Gateway", "vercel", "vercelaigateway");
        called("Hugging Face Inference Providers", "huggingface", "huggingfacerouter");
        called("Cloudflare Workers AI", "cloudflare", "cloudflareworkersai");
        called("Alibaba Cloud", "dashscope", "alibaba");
        called("Moonshot AI", "moonshot", "moonshotai");
        called("Z.ai", "zai", "zhipuai");
        called("MiniMax", "minimax");
        called("Mistral AI", "mistral", "mistralai");
        called("DeepSeek", "deepseek");
        called("SiliconFlow", "siliconflow");
        called("Lambda", "lambdaai");
        called("IBM watsonx", "watsonx");
        called("W&B Inference (CoreWeave)", "wandb", "wandbinference");
        called("FriendliAI", "friendli", "friendliai");
        called("GMI Cloud", "gmi", "gmicloud");
        called("OVHcloud", "ovh", "ovhcloud");
        called("Hyperbolic", "hyperbolic");
        called("io.net", "ionet");
    }

    private ProviderNames() {}

    private static void called(String name, String... tags) {
        for (String tag : tags) {
            CALLED.put(tag, name);
        }
    }

    /** @param tag e.g. {@code vertex_ai-llama_models}, whose end says which models they are */
    public static @Nullable String of(@Nullable String tag) {
        if (tag == null || tag.isBlank()) {
            return null;
        }
        String plain = tag.strip();
        String known = CALLED.get(Ids.normalise(plain));
        if (known == null && plain.toLowerCase(Locale.ROOT).matches("vertex_ai-.*")) {
            return CALLED.get("vertexai");
        }
        return known == null ? plain : known;
    }

    public static boolean isReseller(String provider) {
        return RESELLERS.contains(Ids.normalise(provider));
    }
}
