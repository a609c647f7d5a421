package quartermaster.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.pricefile.ApiPriceFile;
import quartermaster.pricefile.RentalPriceFile;
import quartermaster.unit.Choice;
import quartermaster.workbook.knowledge.ApiPriceImport;
import quartermaster.workbook.knowledge.PriceImport;
import quartermaster.workbook.knowledge.PricedRow;

@Command(
        name = "import-api-prices",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes rows of the sheet Offers from price lists of hosted APIs: LiteLLM's"
                        + " model_prices_and_context_window.json, models.dev's api.json or .toml files, or comma-separated values.",
        footer = {
            "",
            "Files are known by their content; nothing is downloaded. Without --write and -o nothing is written.",
            "",
            "Examples:",
            "  quartermaster import-api-prices model_prices_and_context_window.json --as-of 2026-11-30",
            "  quartermaster import-api-prices api_prices.csv --provider DeepInfra --model qwen3-32b",
            "  quartermaster import-api-prices models.dev/providers/groq --as-of 2026-11-30 --write",
            "  quartermaster import-api-prices prices.csv --take \"qwen3-32b-0915=qwen3-32b\" -o draft.xlsx"
        })
final class ImportApiPricesCommand extends ImportPricesCommand<ApiPriceFile> {
    @Option(names = "--model", paramLabel = "ID", description = "Only prices of this model of the catalogue.")
    private @Nullable String model;

    ImportApiPricesCommand() {
        super(new Kind<>(
                ApiPriceFile::of,
                ApiPriceFile.EXPECTED,
                file -> file.prices().stream().anyMatch(each -> each.asOf() == null),
                RentalPriceFile::of,
                " has prices by the hour; \"import-offers\" takes it"));
    }

    @Override
    PriceImport<ApiPriceFile> matching(Catalogue catalogue, byte[] workbook, Setting setting) throws CommandFailure {
        String wanted = idOf("--model", model, catalogue::findModel, catalogue.models());
        return new ApiPriceImport(catalogue, setting.said(wanted, null, null), setting.ofPolicy());
    }

    @Override
    String howToAdd() {
        return "Add a row to Models (\"import-model\" makes it), an alias to one, or say --take NAME=ID.";
    }

    @Override
    TextTable table(List<PricedRow> rows) {
        TextTable table = new TextTable(
                0,
                Column.left("Row"),
                Column.yielding("Provider"),
                Column.left("Model"),
                Column.right("Input $/M"),
                Column.right("Cached"),
                Column.right("Output $/M"),
                Column.right("Context"),
                Column.left("As of"));
        for (PricedRow row : rows) {
            table.add(
                    style(row),
                    note(row),
                    Choice.id(row.status()),
                    text(row, "Provider"),
                    text(row, "Model"),
                    text(row, "Input (USD per million tokens)"),
                    text(row, "Cached input (USD per million tokens)"),
                    text(row, "Output (USD per million tokens)"),
                    text(row, "Context (tokens)"),
                    day(row));
        }
        return table;
    }
}
