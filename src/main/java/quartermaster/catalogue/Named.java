package quartermaster.catalogue;

import java.util.List;

/** A row that people name by its id, its name or an alias. */
public interface Named {
    String id();

    String name();

    List<String> aliases();
}
