package quartermaster.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * One JSON value as maps, lists, texts, {@code Long}s, {@code Double}s, truth values and nulls. Keys that stand twice,
 * texts and depths beyond reason become problems and are left out.
 */
public final class JsonTree {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private static final JsonFactory PYTHON =
            JSON.rebuild().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();
    private static final int DEEPEST = 16;
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_TEXT = 2_000;

    private final JsonParser parser;
    private final ProblemList problems;

    private JsonTree(JsonParser parser, ProblemList problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The one value of a document.
     *
     * @param expected what it should be, e.g. "a config"
     * @throws BadJsonException when it is not JSON at all, or not one value
     */
    public static @Nullable Object read(byte[] json, String expected, ProblemList problems) throws BadJsonException {
        return read(JSON, json, expected, problems);
    }

    /**
     * The same of what Python writes, which knows {@code NaN} and {@code Infinity}.
     *
     * @throws BadJsonException when it is not JSON at all, or not one value
     */
    public static @Nullable Object readOfPython(byte[] json, String expected, ProblemList problems)
            throws BadJsonException {
        return read(PYTHON, json, expected, problems);
    }

    private static @Nullable Object read(JsonFactory factory, byte[] json, String expected, ProblemList problems)
            throws BadJsonException {
        try (JsonParser parser = factory.createParser(json)) {
            if (parser.nextToken() == null) {
                throw new BadJsonException("Found nothing; expected " + expected + ".", 1, 1, "");
            }
            Object tree = read(parser, problems);
            if (parser.nextToken() != null) {
                int line = parser.currentTokenLocation().getLineNr();
                int column = parser.currentTokenLocation().getColumnNr();
                throw new BadJsonException("Found more after the end; expected one object.", line, column, "");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw BadJsonException.of(e);
        } catch (IOException e) {
            throw new BadJsonException("The bytes are no text in UTF-8.", 1, 1, "");
        }
    }

    /** The value at whose first token the parser stands. */
    static @Nullable Object read(JsonParser parser, ProblemList problems) throws IOException {
        return new JsonTree(parser, problems).value("", 0);
    }

    static String child(String at, String key) {
        return new Place.Pointer(at).child(key).path();
    }

    private @Nullable Object value(String at, int depth) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() && depth == DEEPEST) {
            problems.add("too-deep", "Found more than " + DEEPEST + " values inside each other.", at);
            parser.skipChildren();
            return null;
        }
        return switch (token) {
            case START_OBJECT -> object(at, depth);
            case START_ARRAY -> array(at, depth);
            case VALUE_STRING -> text(at);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(at);
            default -> null;
        };
    }

    private Map<String, @Nullable Object> object(String at, int depth) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            if (key.length() > LONGEST_KEY) {
                problems.add("too-long", "A field's name has " + key.length() + " characters.", at);
                parser.skipChildren();
            } else if (object.containsKey(key)) {
                problems.add("duplicate-key", "Field " + key + " stands here more than once.", child(at, key));
                parser.skipChildren();
            } else {
                object.put(key, value(child(at, key), depth + 1));
            }
        }
        return object;
    }

    private List<@Nullable Object> array(String at, int depth) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(at + "/" + array.size(), depth + 1));
        }
        return array;
    }

    private @Nullable String text(String at) throws IOException {
        String text = parser.getText();
        if (text.length() > LONGEST_TEXT) {
            String message = "Found a text of " + text.length() + " characters; expected " + LONGEST_TEXT + " at most.";
            problems.add("too-long", message, at);
            return null;
        }
        return text;
    }

    /** Whole numbers that fit are {@code Long}, also when they are written 2e3 or 2000.0. */
    private @Nullable Object number(String at) throws IOException {
        JsonParser.NumberType type = parser.getNumberType();
        if (type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG) {
            return parser.getLongValue();
        }
        double number = parser.getDoubleValue();
        if (!Double.isFinite(number)) {
            problems.add("out-of-range", "Found a number that is too large to count with.", at);
            return null;
        }
        return number == Math.rint(number) && Math.abs(number) < 1L << 53 ? (Object) (long) number : (Object) number;
    }
}
