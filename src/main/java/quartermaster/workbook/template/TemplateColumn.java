package quartermaster.workbook.template;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import quartermaster.request.RequestField;
import quartermaster.request.RequestField.Kind;
import quartermaster.workbook.pen.ValueFormat;

/**
 * A column to fill in.
 *
 * @param list name of the range that its drop-down shows; null where there is none
 * @param least the smallest number that makes sense; null for text
 * @param several whether more than one entry may stand in a cell
 * @param usual whether most people fill it in
 */
record TemplateColumn(
        String header,
        int characters,
        ValueFormat format,
        TemplateLists.@Nullable Name list,
        @Nullable Double least,
        boolean several,
        boolean usual,
        String note) {

    private static final Set<Kind> SEVERAL = Set.of(Kind.CHOICES, Kind.TEXTS, Kind.MODELS, Kind.MACHINES);

    static final TemplateColumn NOTES =
            new TemplateColumn("Notes", 64, ValueFormat.TEXT, null, null, true, false, "For you. It is not read.");

    static TemplateColumn of(RequestField field) {
        RequestField.Column column = field.requireColumn();
        TemplateLists.Name list = TemplateLists.Name.of(field).orElse(null);
        return new TemplateColumn(
                column.header(),
                column.characters(),
                format(field),
                list,
                field.isWhole() ? (Double) field.least() : field.isNumber() ? (Double) 0.0 : null,
                SEVERAL.contains(field.kind()) || !field.isNumber() && list == null,
                column.usual(),
                column.help());
    }

    private static ValueFormat format(RequestField field) {
        if (field.isMoney()) {
            return ValueFormat.DOLLARS;
        }
        return switch (field.kind()) {
            case WHOLE_NUMBER -> ValueFormat.WHOLE;
            case NUMBER -> ValueFormat.TWO_DECIMALS;
            case POSITIVE_NUMBER -> ValueFormat.NUMBER;
            case SHARE -> ValueFormat.PERCENT;
            case TEXT, MODEL, YES_NO, CHOICE, CHOICES, TEXTS, MODELS, MACHINES, DATE -> ValueFormat.TEXT;
        };
    }
}
