package quartermaster.request;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.request.RequestField.Column;
import quartermaster.request.RequestField.Kind;
import quartermaster.request.RequestField.Lookup;
import quartermaster.request.RequestField.Tried;
import quartermaster.unit.Records;

/** Lets a row of {@link RequestFields} be written word by word; each word gives the row one more thing. */
record RequestFieldRow(RequestField row) {
    static RequestFieldRow text(String path) {
        return of(path, Kind.TEXT);
    }

    static RequestFieldRow model(String path) {
        return of(path, Kind.MODEL);
    }

    static RequestFieldRow models(String path) {
        return of(path, Kind.MODELS);
    }

    static RequestFieldRow yesNo(String path) {
        return of(path, Kind.YES_NO);
    }

    static RequestFieldRow texts(String path) {
        return of(path, Kind.TEXTS);
    }

    static RequestFieldRow machines(String path) {
        return of(path, Kind.MACHINES);
    }

    static RequestFieldRow date(String path) {
        return of(path, Kind.DATE);
    }

    static RequestFieldRow choice(String path, Class<? extends Enum<?>> constants) {
        return of(path, Kind.CHOICE).with("choices", constants);
    }

    static RequestFieldRow choices(String path, Class<? extends Enum<?>> constants) {
        return of(path, Kind.CHOICES).with("choices", constants);
    }

    static RequestFieldRow whole(String path, double least, double most, String counted) {
        return of(path, Kind.WHOLE_NUMBER).within(least, most, counted);
    }

    static RequestFieldRow number(String path, double least, double most, String counted) {
        return of(path, Kind.NUMBER).within(least, most, counted);
    }

    static RequestFieldRow positive(String path, double least, double most, String counted) {
        return of(path, Kind.POSITIVE_NUMBER).within(least, most, counted);
    }

    static RequestFieldRow share(String path, double least, double most, String counted) {
        return of(path, Kind.SHARE).within(least, most, counted);
    }

    private static RequestFieldRow of(String path, Kind kind) {
        return new RequestFieldRow(new RequestField(
                path, kind, null, false, 0, 0, "", null, "", "", "from %s on", "at %s or fewer", null, 0, "", true));
    }

    private RequestFieldRow within(double least, double most, String counted) {
        return with("least", least).with("most", most).with("counted", counted);
    }

    RequestFieldRow required() {
        return with("required", true);
    }

    RequestFieldRow column(String header, int characters, String... synonyms) {
        return with("column", new Column(header, List.of(synonyms), characters, null, false, ""));
    }

    RequestFieldRow listing(Lookup lookup) {
        return with("column.lookup", lookup);
    }

    RequestFieldRow usual() {
        return with("column.usual", true);
    }

    RequestFieldRow help(String help) {
        return with("column.help", help);
    }

    RequestFieldRow example(String example) {
        return with("example", example);
    }

    RequestFieldRow counts(String unit) {
        return with("unit", unit);
    }

    RequestFieldRow says(String whenMore, String whenLess) {
        return with("whenMore", whenMore).with("whenLess", whenLess);
    }

    RequestFieldRow tried(double least, double most, boolean unsaidIsNone) {
        return with("tried", new Tried(least, most, unsaidIsNone));
    }

    RequestFieldRow asks(int askedAs, String question) {
        return with("askedAs", askedAs).with("question", question);
    }

    RequestFieldRow onlyShownIfSaid() {
        return with("shownUnsaid", false);
    }

    private RequestFieldRow with(String component, @Nullable Object value) {
        return new RequestFieldRow(Records.with(row, component, value));
    }
}
