package quartermaster.workbook.upload;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import quartermaster.request.Candidate;
import quartermaster.request.RequestFields;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadSheet;
import quartermaster.workbook.read.SheetTable;

/** Prices of whole lines in a column of prices of one device: a total below tells. */
final class LineTotals {
    private static final String PRICE = RequestFields.ofCandidate("priceUsd").header();
    private static final double CENTS = 0.01;

    private LineTotals() {}

    /** A problem where a total is the sum of the prices, though some rows count several devices. */
    static Optional<Problem> in(ReadSheet sheet, SheetTable table, List<CandidateRow> candidates) {
        Optional<Integer> column = table.findColumn(PRICE);
        List<Candidate> priced = candidates.stream()
                .map(CandidateRow::candidate)
                .filter(each -> each.priceUsd() != null)
                .toList();
        boolean isCounted = priced.stream().anyMatch(each -> each.devices() != null && each.devices() > 1);
        if (column.isEmpty() || !isCounted) {
            return Optional.empty();
        }
        double sum = priced.stream()
                .mapToDouble(each -> each.priceUsd() == null ? 0 : each.priceUsd())
                .sum();
        return sheet.rows().stream()
                .filter(row -> row.number() > table.headerRow())
                .filter(row -> row.cells().stream().anyMatch(SheetTable::isTotal))
                .map(row -> row.cell(column.get()))
                .filter(cell -> cell.kind() == ReadCell.Kind.NUMBER && Math.abs(cell.number() - sum) < CENTS)
                .findFirst()
                .map(cell -> new Problem(
                        "prices-of-lines",
                        String.format(
                                Locale.ROOT,
                                "The total in %s, %,.0f, adds up these prices as they stand, so they seem to be of whole"
                                        + " lines. %s is of one device: divide them by their counts.",
                                cell.at(),
                                sum,
                                PRICE),
                        new Place.Cell(sheet.name(), table.headerRow(), column.get())));
    }
}
