package quartermaster.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static quartermaster.cli.PriceLists.sample;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quartermaster.TestWorkspace;
import quartermaster.catalogue.Offer;

class ImportOffersCommandTest {

    @TempDir
    private Path folder;

    private final Terminal terminal = Terminal.inRepository();

    @Test
    void a_catalog_of_skypilot_is_of_its_folder_and_the_price_of_an_instance_is_parted() throws IOException {
        JsonNode answer = json("v7/lambda/vms.csv", "--as-of", "2026-11-21", "--json");
        JsonNode sxm = row(answer, "nvidia-h100-sxm-80gb", "on-demand");
        assertThat(sxm.get("provider").asText()).isEqualTo("Lambda");
        assertThat(sxm.get("tier").asText()).isEqualTo("neocloud");
        assertThat(sxm.get("pricePerDeviceHour").asDouble()).isEqualTo(4); // 32 / 8, not 40 / 8
        assertThat(sxm.get("pricePerInstanceHour").asDouble()).isEqualTo(32);
        assertThat(sxm.get("devicesPerInstance").asInt()).isEqualTo(8);
        assertThat(sxm.get("marks").toString()).contains("the cheapest of 2 prices of the same, up to 5");
        assertThat(row(answer, "nvidia-h100-sxm-80gb", "spot")
                        .get("pricePerDeviceHour")
                        .asDouble())
                .isEqualTo(1.5);
        assertThat(row(answer, "nvidia-h100-pcie-80gb", "on-demand")
                        .get("pricePerDeviceHour")
                        .asDouble())
                .isEqualTo(3.5);
        assertThat(row(answer, "nvidia-rtx-a6000", "on-demand").get("marks").toString())
                .contains("the file does not say the memory");
        assertThat(answer.get("rows")).hasSize(4);
    }

    @Test
    void a_card_that_may_be_a_weaker_one_is_none() {
        assertThat(terminal.run("import-offers", sample("v7/lambda/vms.csv"), "--as-of", "2026-11-21"))
                .isZero();
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("\"H100\" does not say which card it is: nvidia-h100-pcie-80gb,")
                .contains("\"A100\" does not say which card it is: nvidia-a100-40gb-pcie or nvidia-a100-40gb-sxm.")
                .contains("Found a share of a card (0.5); expected whole cards.")
                .contains(
                        "Not in the catalogue: 2 names. Add a row to Hardware, an alias to one, or say --take NAME=ID.")
                .contains("RTX6000, V99")
                .contains("1 row of machines without a card is left out.");
    }

    @Test
    void an_option_says_which_card_it_is_but_not_one_of_another_memory() throws IOException {
        JsonNode answer = json(
                "v7/lambda/vms.csv",
                "--as-of",
                "2026-11-21",
                "--json",
                "--take",
                "A100=nvidia-a100-80gb-sxm",
                "--take",
                "V99=nvidia-l4");
        assertThat(row(answer, "nvidia-l4", "on-demand").get("gpu").asText()).isEqualTo("V99");
        assertThat(answer.get("refused").toString())
                .contains("nvidia-a100-80gb-sxm has 80 GB, not the 40 that stand beside it.");
    }

    @Test
    void a_catalog_of_gpuhunt_needs_a_provider_and_what_kind_it_is() throws IOException {
        Terminal nobody = Terminal.inRepository();
        assertThat(nobody.run("import-offers", sample("gpuhunt.csv"), "--as-of", "2026-11-21"))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(nobody.err()).contains("Found no provider; expected it in the file, or as --provider NAME.");
        Terminal tierless = Terminal.inRepository();
        assertThat(tierless.run(
                        "import-offers", sample("gpuhunt.csv"), "--as-of", "2026-11-21", "--provider", "Example Cloud"))
                .isEqualTo(ExitCode.NOTHING_SUITABLE);
        assertThat(tierless.err().replaceAll("\\s+", " ")).contains("Found no tier of Example Cloud; expected");
        JsonNode answer = json(
                "gpuhunt.csv", "--as-of", "2026-11-21", "--json", "--provider", "Example Cloud", "--tier", "neocloud");
        assertThat(row(answer, "nvidia-l4", "on-demand")
                        .get("pricePerDeviceHour")
                        .asDouble())
                .isEqualTo(0.8);
        JsonNode spot = row(answer, "nvidia-l40s", "spot");
        assertThat(spot.get("pricePerDeviceHour").asDouble()).isEqualTo(0.9); // 3.6 / 4
        assertThat(spot.get("region").asText()).isEqualTo("eu-1");
        assertThat(answer.get("refused").toString()).contains("nvidia-a100-40gb-pcie or nvidia-a100-40gb-sxm");
    }

    @Test
    void gpurentalprices_says_its_day_and_prices_of_single_cards() throws IOException {
        JsonNode answer = json("gpurentalprices.json", "--json");
        assertThat(answer.get("rows")).hasSize(3);
        assertThat(answer.at("/rows/0/tier").asText()).isEqualTo("neocloud");
        assertThat(answer.at("/rows/0/asOf").asText()).isEqualTo("2026-11-20");
        assertThat(answer.at("/rows/1/tier").asText()).isEqualTo("marketplace");
        assertThat(answer.at("/rows/1/pricePerInstanceHour").asDouble()).isEqualTo(36); // 4.5 × 8
        assertThat(answer.at("/rows/2/hardware").asText()).isEqualTo("nvidia-a100-80gb-pcie");
        assertThat(answer.get("refused").toString()).contains("serverless").contains("h100");
    }

    @Test
    void a_table_is_read_by_its_headers_and_must_agree_with_itself() {
        assertThat(terminal.run("import-offers", sample("rental.csv"))).isZero();
        assertThat(terminal.out())
                .containsPattern(
                        "new +Example Cloud +neocloud +EU +8× nvidia-h100-sxm-80gb +on-demand +2.5 +2026-11-20")
                .containsPattern("1× nvidia-l4 +on-demand +0.5 +2026-02-01 \\(stale\\)");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains("nvidia-h100-nvl-94gb has 94 GB, not the 80 that stand beside it.")
                .contains("Found 1.5 USD for one card and 7 for all 4; expected that they agree.")
                .contains("Found a market figure; expected an offer, which somebody can rent.")
                .contains("2 new, 0 changed, 0 unchanged, 3 refused.");
    }

    @Test
    void a_price_of_several_cards_says_of_how_many_it_is() throws IOException {
        Path file = folder.resolve("own.csv");
        Files.writeString(file, """
                provider,gpu,gpus,price per hour,date
                Example Cloud,L40S,1,$1.20,2026-11-20
                Example Cloud,L40S,4,$4.80,2026-11-20
                Example Cloud,L4,1,$0.60,2026-02-30
                Example Cloud,L4,1,$0.70,2027-01-01
                """);
        assertThat(terminal.run("import-offers", file.toString(), "--tier", "neocloud"))
                .isZero();
        assertThat(terminal.out()).containsPattern("1× nvidia-l40s +on-demand +1.2 +2026-11-20");
        assertThat(terminal.err().replaceAll("\\s+", " "))
                .contains(
                        "own.csv:3: Found a price per hour of 4 cards; expected a column that says whether it is of one");
    }

    @Test
    void written_rows_are_compared_the_next_time_and_keep_their_place() throws Exception {
        Path workspace = TestWorkspace.copy();
        int before = offers(workspace).size();
        Terminal writing = new Terminal(workspace, folder);
        assertThat(writing.run("import-offers", sample("rental.csv"), "--write"))
                .as(writing.err())
                .isZero();
        assertThat(offers(workspace)).hasSize(before + 2);
        Path later = folder.resolve("later.csv");
        Files.writeString(
                later,
                Files.readString(Path.of(sample("rental.csv")))
                        .replace("on-demand;2.5;20;2026-11-20", "on-demand;3;24;2026-11-21"));
        Terminal again = new Terminal(workspace, folder);
        assertThat(again.run("import-offers", later.toString(), "--write")).isZero();
        assertThat(again.out()).contains("Price per device hour 2.5 → 3 (+20 %)");
        List<Offer> after = offers(workspace);
        assertThat(after).hasSize(before + 2);
        assertThat(after.stream().filter(each -> each.provider().equals("Example Cloud")))
                .extracting(Offer::usdPerDeviceHour)
                .containsExactly(3.0, 0.5);
    }

    @Test
    void prices_by_the_token_are_for_another_command() {
        assertThat(terminal.run("import-offers", sample("api-prices.csv"))).isEqualTo(ExitCode.UNREADABLE);
        assertThat(terminal.err()).contains("\"import-api-prices\" takes it");
        Terminal wrong = Terminal.inRepository();
        assertThat(wrong.run("import-offers", sample("rental.csv"), "--tier", "neoclod"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(wrong.err()).contains("Did you mean neocloud?");
    }

    private static List<Offer> offers(Path workspace) throws Exception {
        return new ArrayList<>(TestWorkspace.catalogue(workspace).value().offers());
    }

    private static JsonNode json(String sample, String... options) throws IOException {
        return PriceLists.json("import-offers", sample, options);
    }

    private static JsonNode row(JsonNode answer, String hardware, String provisioning) {
        return PriceLists.row(answer, "hardware", hardware, "provisioning", provisioning);
    }
}
