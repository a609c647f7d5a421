package quartermaster.unit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Enum constants as people write them: {@code FINE_TUNING} is "fine-tuning". */
public final class Choice {
    private static final Map<String, String> IDS = new ConcurrentHashMap<>(); // by name; as many as there are constants

    private Choice() {}

    public static String id(Enum<?> constant) {
        return IDS.computeIfAbsent(
                constant.name(), name -> name.toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    public static <E extends Enum<?>> Optional<E> find(Class<E> type, String text) {
        String wanted = Ids.normalise(text);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> Ids.normalise(constant.name()).equals(wanted))
                .findFirst();
    }

    public static <E extends Enum<?>> List<String> ids(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Choice::id).toList();
    }
}
