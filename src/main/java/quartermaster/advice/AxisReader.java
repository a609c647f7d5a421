package quartermaster.advice;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quartermaster.request.RequestField;
import quartermaster.request.Skill;
import quartermaster.unit.Choice;
import quartermaster.unit.Ids;
import quartermaster.unit.Numbers;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/** Reads the values that a field takes: lists, and ranges of numbers in doublings, ratios or steps. */
final class AxisReader {
    private static final Pattern RANGE = Pattern.compile("(.+?)\\.\\.(.+?)(?:([:/])(.+))?");
    private static final String UNSAID = "-";
    private static final String NO_SKILLS = "none";
    private static final MathContext TEN_DIGITS = new MathContext(10);

    private final RequestField field;
    private final Place at;
    private final int most;
    private final Collection<Problem> problems;
    private final Set<@Nullable Object> values = new LinkedHashSet<>();

    /** @param most values; reading stops a little beyond */
    AxisReader(RequestField field, Place at, int most, Collection<Problem> problems) {
        this.field = field;
        this.at = at;
        this.most = most;
        this.problems = problems;
    }

    Grid.Axis read(@Nullable Object written) {
        if (written instanceof String text) {
            Arrays.stream(text.split(",", -1)).forEach(each -> add(each.strip()));
        } else if (written instanceof List<?> list) {
            list.forEach(this::add);
        } else {
            add(written);
        }
        if (values.isEmpty() && problems.stream().noneMatch(each -> each.at().equals(at))) {
            wrong("missing-value", "Found no values; expected some, e.g. " + example() + ".");
        }
        return new Grid.Axis(field.path(), new ArrayList<>(values));
    }

    private void add(@Nullable Object written) {
        Matcher range = RANGE.matcher(written instanceof String text ? text : "");
        if (field.isNumber() && range.matches()) {
            addRange(range);
        } else if (written == null || written.equals(UNSAID)) {
            addUnsaid();
        } else {
            Object value = value(written);
            if (value != null) {
                keep(value);
            }
        }
    }

    private void addUnsaid() {
        if (field.mayBeUnsaid()) {
            keep(null);
        } else {
            wrong("missing-value", "It cannot be left unsaid; expected values, e.g. " + example() + ".");
        }
    }

    private void keep(@Nullable Object value) {
        if (values.size() <= most) {
            values.add(value);
        }
    }

    private @Nullable Object value(Object written) {
        return switch (field.kind()) {
            case WHOLE_NUMBER, NUMBER, POSITIVE_NUMBER, SHARE -> number(written);
            case YES_NO -> yesNo(written);
            case CHOICES -> skills(written);
            case DATE -> date(written);
            case CHOICE -> choice(field.requireChoices(), text(written));
            case TEXT, MODEL, TEXTS, MODELS, MACHINES ->
                written instanceof List || text(written).isBlank() ? expected(written, "a text") : text(written);
        };
    }

    private static String text(Object written) {
        return written instanceof Number number ? Numbers.plain(number.doubleValue()) : written.toString();
    }

    private @Nullable Object number(Object written) {
        Double number = written instanceof Number given
                ? (Double) given.doubleValue()
                : written instanceof String text ? Numbers.parse(text, null).orElse(null) : null;
        if (number == null) {
            return expected(written, field.isWhole() ? "a whole number" : "a number");
        }
        if (!field.isWhole()) {
            return number;
        }
        return number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE
                ? (Object) number.intValue()
                : expected(written, "a whole number of at most " + Integer.MAX_VALUE);
    }

    private @Nullable Object yesNo(Object written) {
        return switch (written.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            default -> expected(written, "true or false");
        };
    }

    private @Nullable Object date(Object written) {
        try {
            return LocalDate.parse(written.toString());
        } catch (DateTimeParseException e) {
            return expected(written, "a date such as 2026-11-22");
        }
    }

    /** What a team knows, joined by plus signs. */
    private @Nullable Object skills(Object written) {
        Set<Skill> skills = EnumSet.noneOf(Skill.class);
        List<?> names = written instanceof List<?> list
                ? list
                : List.of(written.toString().split("\\+", -1));
        for (Object name : names) {
            if (!written.equals(NO_SKILLS)) {
                Object skill = choice(Skill.class, String.valueOf(name).strip());
                if (skill == null) {
                    return null;
                }
                skills.add((Skill) skill);
            }
        }
        return skills;
    }

    private @Nullable Object choice(Class<? extends Enum<?>> type, String text) {
        Optional<? extends Enum<?>> found = Choice.find(type, text);
        if (found.isEmpty()) {
            wrong("unknown-choice", "\"" + text + "\" is not known." + Ids.hint(text, Choice.ids(type)));
        }
        return found.orElse(null);
    }

    private void addRange(Matcher range) {
        int known = problems.size();
        Object from = number(range.group(1).strip());
        Object to = number(range.group(2).strip());
        Double by = range.group(4) == null
                ? null
                : Numbers.parse(range.group(4).strip(), null).orElse(null);
        if (range.group(4) != null && by == null) {
            expected(range.group(4), "a number after the " + range.group(3));
        }
        if (problems.size() > known || from == null || to == null) {
            return;
        }
        double low = ((Number) from).doubleValue();
        double high = ((Number) to).doubleValue();
        String written = range.group();
        if (low >= high) {
            wrong("out-of-range", "Found " + written + "; expected the smaller number first.");
        } else if (by == null) {
            doublings(written, low, high);
        } else if (":".equals(range.group(3))) {
            ratios(written, low, high, by);
        } else {
            steps(written, low, high, by);
        }
    }

    /** Both ends, and the powers of two between them. */
    private void doublings(String written, double low, double high) {
        if (low < 0 || low == 0 && !field.isWhole()) {
            wrong(
                    "out-of-range",
                    "Found " + written + ", which cannot be doubled; expected steps, e.g. " + written + "/"
                            + Numbers.plain(high / 4) + ".");
            return;
        }
        keepNumber(low);
        double least = field.isWhole() ? Math.max(1, low) : low;
        int exponent = (int) Math.floor(Math.log(least) / Math.log(2)) - 1;
        for (double power = Math.pow(2, exponent); power < high; power *= 2) {
            if (power > low && (power >= 1 || !field.isWhole())) {
                keepNumber(power);
            }
        }
        keepNumber(high);
    }

    private void ratios(String written, double low, double high, double count) {
        if (low <= 0 || count < 2 || count != Math.rint(count)) {
            wrong("out-of-range", "Found " + written + "; expected two or more values between numbers above zero.");
            return;
        }
        int last = (int) Math.min(count - 1, most);
        for (int i = 0; i <= last; i++) {
            double value = low * Math.pow(high / low, i / (count - 1));
            keepNumber(i == last && last == count - 1 ? high : value);
        }
    }

    private void steps(String written, double low, double high, double step) {
        if (step <= 0 || field.isWhole() && step != Math.rint(step)) {
            String kind = field.isWhole() ? "a whole step" : "a step";
            wrong("out-of-range", "Found " + written + "; expected " + kind + " above zero.");
            return;
        }
        BigDecimal value = BigDecimal.valueOf(low);
        for (int i = 0; i <= most && value.doubleValue() <= high; i++) {
            keepNumber(value.doubleValue());
            value = value.add(BigDecimal.valueOf(step));
        }
    }

    private void keepNumber(double value) {
        keep(
                field.isWhole()
                        ? (Object) (int) Math.round(value)
                        : (Object) new BigDecimal(value).round(TEN_DIGITS).doubleValue());
    }

    private @Nullable Object expected(Object written, String expected) {
        String shown = written instanceof Number number ? Numbers.plain(number.doubleValue()) : written.toString();
        String found = written instanceof String ? "\"" + shown + "\"" : shown;
        wrong("wrong-type", "Found " + found + "; expected " + expected + ".");
        return null;
    }

    private void wrong(String code, String message) {
        problems.add(new Problem(code, message, at));
    }

    private String example() {
        return switch (field.kind()) {
            case WHOLE_NUMBER, NUMBER, POSITIVE_NUMBER, SHARE -> "1..512 or 1,2,4";
            case YES_NO -> "true,false";
            case CHOICES -> "linux+cuda,macos";
            case CHOICE -> String.join(",", Choice.ids(field.requireChoices()));
            case DATE -> field.example();
            case TEXT, MODEL, TEXTS, MODELS, MACHINES -> "fp8,int4";
        };
    }
}
