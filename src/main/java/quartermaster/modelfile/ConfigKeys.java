package quartermaster.modelfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quartermaster.catalogue.model.Derivation;
import quartermaster.json.JsonFields;

/** The keys of a model's config, read by type, with what had to be derived or assumed on the way. */
final class ConfigKeys {
    private static final int LARGEST = 1_000_000_000;
    private static final int MOST_ENTRIES = 10_000;

    private final JsonFields fields;
    private final Map<String, Integer> defaults;
    private final List<Derivation> derivations = new ArrayList<>();

    ConfigKeys(JsonFields fields, Map<String, Integer> defaults) {
        this.fields = fields;
        this.defaults = Map.copyOf(defaults);
    }

    List<Derivation> derivations() {
        return List.copyOf(derivations);
    }

    void derived(String column, String because) {
        derivations.add(new Derivation(column, false, because));
    }

    void assumed(String column, String because) {
        derivations.add(new Derivation(column, true, because));
    }

    void report(String code, String key, String message) {
        fields.report(code, key, message);
    }

    boolean has(String key) {
        return fields.value(key) != null;
    }

    /** Whether published configs leave the key out where it has its usual value. */
    boolean hasDefault(String key) {
        return defaults.containsKey(key);
    }

    /** The first of these keys that is there; that none is is a problem, which names the first. */
    int need(String column, String... keys) {
        Integer said = find(keys);
        if (said != null) {
            if (said == 0) {
                report("out-of-range", keys[0], "Key " + keys[0] + " is 0; expected 1 at least.");
            }
            return Math.max(1, said);
        }
        Integer usual = defaults.get(keys[0]);
        if (usual != null) {
            assumed(column, "The config has no " + keys[0] + "; " + usual + " is the default of its model_type.");
            return usual;
        }
        missing(keys);
        return 1;
    }

    private void missing(String... keys) {
        for (String key : keys) {
            if (has(key)) {
                return; // of a wrong type, which has been reported
            }
        }
        report("missing-key", keys[0], "Key " + keys[0] + " is missing.");
    }

    /** Null where none of the keys is there. */
    @Nullable
    Integer find(String... keys) {
        for (String key : keys) {
            Object value = fields.value(key);
            if (value instanceof List<?> each && isOneForAll(each) && each.get(0) instanceof Long same) {
                return within(key, (int) Math.min(Integer.MAX_VALUE, same));
            }
            if (value != null) {
                Integer number = fields.integer(key);
                return number == null ? null : within(key, number);
            }
        }
        return null;
    }

    /** Whether a list says the same of every layer. */
    private static boolean isOneForAll(List<?> each) {
        return !each.isEmpty() && each.stream().distinct().count() == 1;
    }

    double real(double otherwise, String key) {
        return fields.value(key) instanceof Number number ? number.doubleValue() : otherwise;
    }

    /** Zero where none of the keys is there. */
    int orZero(String... keys) {
        Integer said = find(keys);
        return said == null ? 0 : said;
    }

    int or(int otherwise, String... keys) {
        Integer said = find(keys);
        return said == null ? otherwise : said;
    }

    @Nullable
    Boolean yesNo(String key) {
        return fields.value(key) == null ? null : (Boolean) fields.yesNo(key);
    }

    boolean isYes(String key) {
        return Boolean.TRUE.equals(yesNo(key));
    }

    Map<?, ?> object(String key) {
        return fields.value(key) instanceof Map<?, ?> object ? object : Map.of();
    }

    /** The keys of an object inside; none where there is none. */
    ConfigKeys inside(String key) {
        return new ConfigKeys(fields.object(key), Map.of());
    }

    /** Null where there is none. */
    @Nullable
    String text(String key) {
        return fields.value(key) instanceof String text ? text : null;
    }

    /** The objects of a list; that there is none is a problem. */
    List<Map<?, ?>> objects(String key) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (!(fields.value(key) instanceof List<?>)) {
            missing(key);
            return objects;
        }
        for (Object entry : fields.list(key, MOST_ENTRIES)) {
            if (!(entry instanceof Map<?, ?> object)) {
                wrongEntry(key, entry, "objects");
                return List.of();
            }
            objects.add(object);
        }
        return objects;
    }

    /** Whole numbers, truth values being 1 and 0; null where the key is not a list. */
    @Nullable
    List<Integer> numbers(String key) {
        if (!(fields.value(key) instanceof List<?>)) {
            return null;
        }
        List<Integer> numbers = new ArrayList<>();
        for (Object entry : fields.list(key, MOST_ENTRIES)) {
            if (entry instanceof Long number && number >= 0 && number <= LARGEST) {
                numbers.add(number.intValue());
            } else if (entry instanceof Boolean yes) {
                numbers.add(yes ? 1 : 0);
            } else {
                wrongEntry(key, entry, "whole numbers");
                return null;
            }
        }
        return numbers;
    }

    @Nullable
    List<String> texts(String key) {
        if (!(fields.value(key) instanceof List<?>)) {
            return null;
        }
        List<String> texts = new ArrayList<>();
        for (Object entry : fields.list(key, MOST_ENTRIES)) {
            if (!(entry instanceof String text)) {
                wrongEntry(key, entry, "texts");
                return null;
            }
            texts.add(text);
        }
        return texts;
    }

    private void wrongEntry(String key, @Nullable Object entry, String expected) {
        report("wrong-type", key, "Found " + JsonFields.described(entry) + " in a list of " + expected + ".");
    }

    private @Nullable Integer within(String key, int number) {
        if (number >= 0 && number <= LARGEST) {
            return number;
        }
        report("out-of-range", key, "Found " + number + "; expected a whole number from 0 to " + LARGEST + ".");
        return null;
    }
}
