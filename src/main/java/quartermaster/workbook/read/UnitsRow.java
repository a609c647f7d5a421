package quartermaster.workbook.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Columns;
import quartermaster.unit.Numbers;

/** A row of units below headings: {@code pcs}, {@code USD}. It is no row of the table; its units are those of the headings. */
final class UnitsRow {
    private static final Set<String> OTHERS = Set.of(
            "pcs",
            "pcs.",
            "pieces",
            "units",
            "unit",
            "einheit",
            "stk",
            "stk.",
            "stück",
            "users",
            "people",
            "requests",
            "text",
            "name",
            "yes/no",
            "h",
            "hours",
            "usd/h",
            "$/h",
            "usd/month",
            "$/month",
            "#",
            "n",
            "-",
            "–");

    private UnitsRow() {}

    /** The sheet without it. */
    static ReadSheet withoutIt(ReadSheet sheet, ReadRow headings) {
        ReadRow units = below(sheet, headings);
        return units == null
                ? sheet
                : new ReadSheet(
                        sheet.name(),
                        sheet.hidden(),
                        sheet.rows().stream().filter(row -> row != units).toList(),
                        sheet.merged());
    }

    /** The headings, each with the unit below it where it has none of its own. */
    static ReadRow inHeadings(ReadSheet sheet, ReadRow headings) {
        ReadRow units = below(sheet, headings);
        if (units == null) {
            return headings;
        }
        List<ReadCell> cells = new ArrayList<>();
        for (ReadCell heading : headings.cells()) {
            String unit = bare(units.cell(heading.column()));
            boolean isNew = heading.kind() == ReadCell.Kind.TEXT
                    && Numbers.isUnit(unit)
                    && Columns.unit(heading.text()).isEmpty();
            cells.add(isNew ? heading.with(heading.text() + " (" + unit + ")") : heading);
        }
        return new ReadRow(headings.sheet(), headings.number(), headings.hidden(), cells);
    }

    static @Nullable ReadRow below(ReadSheet sheet, ReadRow headings) {
        return sheet.rows().stream()
                .filter(row -> row.number() > headings.number())
                .findFirst()
                .filter(row -> row.cells().stream().anyMatch(cell -> Numbers.isUnit(bare(cell)))
                        || row.cells().stream().filter(cell -> !cell.isEmpty()).count() > 1)
                .filter(row -> row.cells().stream().allMatch(UnitsRow::isUnit)
                        && row.cells().stream().anyMatch(cell -> !cell.isEmpty()))
                .orElse(null);
    }

    private static boolean isUnit(ReadCell cell) {
        return cell.isEmpty()
                || cell.kind() == ReadCell.Kind.TEXT
                        && (Numbers.isUnit(bare(cell))
                                || OTHERS.contains(bare(cell).toLowerCase(Locale.ROOT)))
                        && bare(cell).chars().noneMatch(Character::isDigit);
    }

    /** "[USD]" and "(USD)" are USD. */
    private static String bare(ReadCell cell) {
        return cell.text().strip().replaceAll("^[\\[(]|[])]$", "").strip();
    }
}
