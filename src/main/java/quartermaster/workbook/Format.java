package quartermaster.workbook;

/** How a value of ours is shown. Units stand in the headers. */
enum Format {
    TEXT("General"),
    NUMBER("General"),
    WHOLE("#,##0"),
    ONE_DECIMAL("#,##0.0"),
    TWO_DECIMALS("#,##0.00"),
    PERCENT("0%"),
    DOLLARS("\"$\"#,##0"),
    CENTS("\"$\"#,##0.00"),
    DATE("yyyy-mm-dd"),
    MOMENT("yyyy-mm-dd hh:mm"),
    GOOD("General;General;General;\"✔  \"@"),
    CAREFUL("General;General;General;\"▲  \"@"),
    BAD("General;General;General;\"✖  \"@"),
    UNJUDGED("General;General;General;\"?  \"@");

    private final String pattern;

    Format(String pattern) {
        this.pattern = pattern;
    }

    String pattern() {
        return pattern;
    }

    boolean isNumber() {
        return ordinal() >= NUMBER.ordinal() && ordinal() <= CENTS.ordinal();
    }
}
