package quartermaster.workbook.pen;

/** How a value of ours is shown. Units stand in the headers. */
public enum ValueFormat {
    TEXT("General"),
    ON_THE_RIGHT("General"),
    COUNT_OR_WORD("#,##0"),
    DECIMAL_OR_WORD("#,##0.0"),
    NUMBER("General"),
    WHOLE("#,##0"),
    ONE_DECIMAL("#,##0.0"),
    TWO_DECIMALS("#,##0.00"),
    PERCENT("0%"),
    TENTHS_OF_PERCENT("0.0%"),
    DOLLARS("\"$\"#,##0"),
    PRICE("\"$\"#,##0.00##"),
    CENTS("\"$\"#,##0.00"),
    DATE("yyyy-mm-dd"),
    MOMENT("yyyy-mm-dd hh:mm"),
    GOOD("General;General;General;\"✓  \"@"),
    CAREFUL("General;General;General;\"▲  \"@"),
    BAD("General;General;General;\"✗  \"@"),
    UNJUDGED("General;General;General;\"?  \"@");

    private final String pattern;

    ValueFormat(String pattern) {
        this.pattern = pattern;
    }

    String pattern() {
        return pattern;
    }

    public boolean isNumber() {
        return ordinal() >= NUMBER.ordinal() && ordinal() <= CENTS.ordinal();
    }
}
