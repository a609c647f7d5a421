package quartermaster.http.guard;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Keys;

/**
 * By which ways the service is reached, and by whom.
 *
 * @param names besides those of the loopback address
 * @param keys that it takes; where there are none, whoever reaches it may do everything
 * @param twoPersons whether what others win by than cases want needs a second key
 * @param healthPort on which it says how it is, besides its own; null for none, 0 for any that is free
 * @param accessLog file for a line about each request; - for standard error, null for none
 */
public record Door(
        Collection<String> names,
        Keys keys,
        boolean twoPersons,
        @Nullable Integer healthPort,
        @Nullable String accessLog) {
    public Door {
        names = List.copyOf(names);
    }

    /** Where one person is enough. */
    public Door(Collection<String> names, Keys keys, @Nullable Integer healthPort, @Nullable String accessLog) {
        this(names, keys, false, healthPort, accessLog);
    }

    /** Without keys. */
    public static Door open(Collection<String> names) {
        return new Door(names, Keys.NONE, null, null);
    }
}
