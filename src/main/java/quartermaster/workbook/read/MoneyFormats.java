package quartermaster.workbook.read;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import quartermaster.unit.Numbers;
import quartermaster.workbook.read.ReadCell.Format;

/** Which money a number's format shows: {@code [$€-407]}, {@code "CHF"}, {@code $}. */
final class MoneyFormats {
    private static final Pattern BRACKETS = Pattern.compile("\\[\\$([^-\\]]*)(?:-([0-9A-Fa-f]+))?]");
    private static final Pattern OTHER = Pattern.compile(
            "[€£¥₹₩₽₺₪฿₫₴]|(?<![A-Za-z])(?:EUR|GBP|CHF|JPY|CNY|RMB|INR|KRW|CAD|AUD|NZD|SGD"
                    + "|HKD|TWD|SEK|NOK|DKK|PLN|CZK|HUF|RON|TRY|ILS|ZAR|BRL|MXN|AED|SAR|THB|IDR|MYR|PHP|VND|UAH|RUB|kr|zł|Kč|Ft|Fr\\.?"
                    + "|SFr\\.?|Euros?|Franken|Pfund|Yen|Yuan|[Pp]ounds?)(?![A-Za-z])|(?<![A-Za-z])(?:CA|A|C|R|HK|S|NZ|NT|MX)\\$");
    private static final Pattern DOLLAR = Pattern.compile("\\$|(?<![A-Za-z])USD(?![A-Za-z])");
    private static final String AMERICAN = "409"; // the locale of which the dollar is

    private MoneyFormats() {}

    /** @param code of the format, e.g. {@code #,##0.00 [$€-407]} */
    static Format of(String code) {
        StringBuilder plain = new StringBuilder();
        Matcher brackets = BRACKETS.matcher(code);
        while (brackets.find()) {
            String symbol = brackets.group(1);
            String locale = brackets.group(2);
            if (symbol.equals("$")
                    && locale != null
                    && !locale.replaceFirst("^0+", "").equals(AMERICAN)) {
                return Format.OTHER_CURRENCY; // of another country
            }
            brackets.appendReplacement(plain, Matcher.quoteReplacement(symbol));
        }
        return shown(brackets.appendTail(plain).toString().replaceAll("[\"\\\\]", ""));
    }

    /** The same by what people see: {@code 1.899,00 €}. */
    static Format shown(String shown) {
        if (OTHER.matcher(shown).find()) {
            String currency = Numbers.currency(shown).orElse("");
            return switch (currency) {
                case "EUR" -> Format.EUR;
                case "GBP" -> Format.GBP;
                case "CHF" -> Format.CHF;
                default -> Format.OTHER_CURRENCY;
            };
        }
        return DOLLAR.matcher(shown).find() ? Format.CURRENCY : Format.PLAIN;
    }
}
