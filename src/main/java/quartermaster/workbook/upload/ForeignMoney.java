package quartermaster.workbook.upload;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.Default;
import quartermaster.unit.Columns;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.workbook.read.Heading;
import quartermaster.workbook.read.ReadCell;
import quartermaster.workbook.read.ReadCell.Format;
import quartermaster.workbook.read.ReadCell.Kind;
import quartermaster.workbook.read.ReadRow;
import quartermaster.workbook.read.ReadSheet;

/**
 * Money that is no US dollars, made dollars by the rates that an architect has entered: rows {@code usdPer.EUR} of
 * {@code Defaults}. Without its rate it stays as it is, and is a problem of its cell.
 */
final class ForeignMoney {
    private static final int HEADING_WITHIN_ROWS = 20;
    private static final List<Heading> HEADINGS = Stream.concat(
                    RequestColumns.ofWorkloads().stream(), RequestColumns.ofCandidates().stream())
            .filter(each -> Columns.unit(each.header()).filter("USD"::equals).isPresent())
            .toList();

    private final Function<String, Optional<Default>> rates;
    private final Map<Place, String> made = new HashMap<>();

    /** @param rates by currency, e.g. {@code EUR} */
    ForeignMoney(Function<String, Optional<Default>> rates) {
        this.rates = rates;
    }

    /** Of each cell that was changed, what stands there and at which rate it is taken. */
    Map<Place, String> made() {
        return Map.copyOf(made);
    }

    ReadSheet inDollars(ReadSheet sheet) {
        Map<Integer, ReadCell> columns = new HashMap<>(); // the heading above each that is not in dollars
        List<ReadRow> rows = new ArrayList<>();
        boolean changed = false;
        int first = sheet.rows().isEmpty() ? 1 : sheet.rows().get(0).number();
        for (ReadRow row : sheet.rows()) {
            List<ReadCell> cells = new ArrayList<>();
            Set<Integer> beside = new HashSet<>();
            for (ReadCell cell : row.cells()) {
                ReadCell read = cell;
                if (row.number() < first + HEADING_WITHIN_ROWS && isHeading(cell)) {
                    columns.put(cell.column(), cell);
                    beside.add(cell.column() + 1);
                    read = cell.with(Columns.name(cell.text()) + " (USD)");
                } else {
                    ReadCell heading = columns.get(beside.contains(cell.column()) ? cell.column() - 1 : cell.column());
                    read = inDollars(
                            cell, heading == null ? null : unit(heading).orElse(null));
                }
                changed = changed || read != cell;
                cells.add(read);
            }
            rows.add(new ReadRow(row.sheet(), row.number(), row.hidden(), cells));
        }
        return changed ? new ReadSheet(sheet.name(), sheet.hidden(), rows, sheet.merged()) : sheet;
    }

    private boolean isHeading(ReadCell cell) {
        return cell.kind() == Kind.TEXT
                && HEADINGS.stream().anyMatch(each -> each.matches(cell.text()))
                && unit(cell).flatMap(rates).isPresent();
    }

    private static Optional<String> unit(ReadCell heading) {
        return Columns.unit(heading.text()).flatMap(Numbers::currency);
    }

    private ReadCell inDollars(ReadCell cell, @Nullable String ofColumn) {
        Optional<String> currency = currency(cell).or(() -> Optional.ofNullable(ofColumn));
        Optional<Default> rate = currency.flatMap(rates);
        Optional<Double> amount = rate.isEmpty() ? Optional.empty() : amount(cell);
        if (amount.isEmpty()) {
            return cell;
        }
        double each = rate.get().number() == null ? 0 : rate.get().number();
        made.put(
                cell.at(),
                String.format(
                        Locale.ROOT,
                        "%s %s at %s dollars each (%s of Defaults, as of %s)",
                        Numbers.plain(amount.get()),
                        currency.get(),
                        Numbers.plain(each),
                        rate.get().name(),
                        rate.get().asOf()));
        double dollars = BigDecimal.valueOf(amount.get())
                .multiply(BigDecimal.valueOf(each))
                .doubleValue();
        return cell.with(dollars);
    }

    private static Optional<String> currency(ReadCell cell) {
        return switch (cell.kind()) {
            case NUMBER ->
                cell.format().isForeign() && cell.format() != Format.OTHER_CURRENCY
                        ? Optional.of(cell.format().name())
                        : Optional.empty();
            case TEXT -> Numbers.currency(cell.text());
            default -> Optional.empty();
        };
    }

    private static Optional<Double> amount(ReadCell cell) {
        return switch (cell.kind()) {
            case NUMBER -> cell.format() == Format.CURRENCY ? Optional.empty() : Optional.of(cell.number());
            case TEXT -> Numbers.amount(cell.text());
            default -> Optional.empty();
        };
    }
}
