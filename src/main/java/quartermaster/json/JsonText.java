package quartermaster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Choice;
import quartermaster.unit.Place;
import quartermaster.unit.Records;

/**
 * Maps, records, lists, choices, texts, numbers, truth values and nulls as JSON text; what is no finite number becomes
 * null. Anything else, such as a date or a place, is written as it prints. A stream is written like a list, one element
 * after the other, so that a long one need not be held.
 */
public final class JsonText {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonText() {}

    public static String of(@Nullable Object value) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            write(value, generator);
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory can always be written.", e);
        }
        return text.toString();
    }

    private static void write(@Nullable Object value, JsonGenerator to) throws IOException {
        if (value instanceof Map<?, ?> object) {
            to.writeStartObject();
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                to.writeFieldName(String.valueOf(entry.getKey()));
                write(entry.getValue(), to);
            }
            to.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            to.writeStartArray();
            for (Object each : list) {
                write(each, to);
            }
            to.writeEndArray();
        } else if (value instanceof Stream<?> stream) {
            to.writeStartArray();
            for (Iterator<?> each = stream.iterator(); each.hasNext(); ) {
                write(each.next(), to);
            }
            to.writeEndArray();
        } else if (value instanceof Number number) {
            writeNumber(number, to);
        } else if (value instanceof Boolean answer) {
            to.writeBoolean(answer);
        } else if (value == null) {
            to.writeNull();
        } else if (value instanceof Record record && !(value instanceof Place)) {
            write(Records.values(record), to);
        } else if (value instanceof Enum<?> constant) {
            to.writeString(Choice.id(constant));
        } else {
            to.writeString(value.toString());
        }
    }

    private static void writeNumber(Number number, JsonGenerator to) throws IOException {
        if (number instanceof Integer || number instanceof Long) {
            to.writeNumber(number.longValue());
        } else if (number instanceof BigDecimal decimal) {
            to.writeNumber(plain(decimal));
        } else if (Double.isFinite(number.doubleValue())) {
            to.writeNumber(plain(BigDecimal.valueOf(number.doubleValue())));
        } else {
            to.writeNull();
        }
    }

    /** 23.75 and 70, not 23.7500 and 7E+1. */
    private static String plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0).toPlainString() : stripped.toPlainString();
    }
}
