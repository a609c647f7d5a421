package quartermaster.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import quartermaster.catalogue.Catalogue;
import quartermaster.cli.report.TextTable;
import quartermaster.cli.report.TextTable.Column;
import quartermaster.cli.report.Words;
import quartermaster.pricefile.ApiPriceFile;
import quartermaster.pricefile.RentalPriceFile;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.workbook.knowledge.OfferImport;
import quartermaster.workbook.knowledge.OfferWriter;
import quartermaster.workbook.knowledge.PriceImport;
import quartermaster.workbook.knowledge.PricedRow;

@Command(
        name = "import-offers",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Makes rows of the sheet Offers from price lists of rented cards: catalogs of SkyPilot and gpuhunt,"
                        + " gpurentalprices, or comma-separated values.",
        footer = {
            "",
            "Files are known by their columns; nothing is downloaded. Without --write and -o nothing is written.",
            "",
            "Examples:",
            "  quartermaster import-offers gpu_rental_2026.csv",
            "  quartermaster import-offers catalogs/v7/lambda/vms.csv --as-of 2026-11-30 --region us-east-1",
            "  quartermaster import-offers aws.csv --as-of 2026-11-30 --take H100=h100-sxm --write"
        })
final class ImportOffersCommand extends ImportPricesCommand<RentalPriceFile> {
    private static final List<String> TIERS = List.of("hyperscaler", "neocloud", "marketplace");
    private static final int WIDEST_PROVIDER = 16;
    private static final int WIDEST_REGION = 12;

    @Option(names = "--hardware", paramLabel = "ID", description = "Only prices of this hardware of the catalogue.")
    private @Nullable String hardware;

    @Option(names = "--region", paramLabel = "NAME", description = "Only prices of this region.")
    private @Nullable String region;

    @Option(
            names = "--tier",
            paramLabel = "TIER",
            description = "hyperscaler, neocloud or marketplace, where neither the file nor the catalogue says what a"
                    + " provider is.")
    private @Nullable String tier;

    ImportOffersCommand() {
        super(new Kind<>(
                RentalPriceFile::of,
                RentalPriceFile.EXPECTED,
                file -> file.prices().stream().anyMatch(each -> each.asOf() == null),
                ApiPriceFile::of,
                " has prices by the token; \"import-api-prices\" takes it"));
    }

    @Override
    PriceImport<RentalPriceFile> matching(Catalogue catalogue, byte[] workbook, Setting setting) throws CommandFailure {
        if (tier != null && !TIERS.contains(tier)) {
            throw CommandFailure.usage("--tier says \"" + tier + "\"." + Ids.hint(tier, TIERS));
        }
        String wanted = idOf("--hardware", hardware, catalogue::findHardware, catalogue.hardware());
        return new OfferImport(
                catalogue, OfferWriter.regions(workbook), setting.said(wanted, region, tier), setting.ofPolicy());
    }

    @Override
    List<String> remarks(PriceImport<RentalPriceFile> rows) {
        int without = rows instanceof OfferImport offers ? offers.without() : 0;
        return without == 0
                ? List.of()
                : List.of(Words.count(without, "row", "rows") + " of machines without a card "
                        + (without == 1 ? "is" : "are") + " left out.");
    }

    @Override
    String howToAdd() {
        return "Add a row to Hardware, an alias to one, or say --take NAME=ID.";
    }

    @Override
    TextTable table(List<PricedRow> rows) {
        TextTable table = new TextTable(
                0,
                Column.left("Row"),
                Column.left("Provider"),
                Column.left("Tier"),
                Column.left("Region"),
                Column.yielding("Hardware"),
                Column.left("How"),
                Column.right("$/device hour"),
                Column.left("As of"));
        for (PricedRow row : rows) {
            table.add(
                    style(row),
                    note(row),
                    Choice.id(row.status()),
                    Words.cut(text(row, "Provider"), WIDEST_PROVIDER),
                    text(row, "Tier"),
                    Words.cut(text(row, "Region"), WIDEST_REGION),
                    text(row, "Devices per instance") + "× " + text(row, "Hardware"),
                    text(row, "Provisioning"),
                    text(row, "Price per device hour (USD)"),
                    day(row));
        }
        return table;
    }
}
