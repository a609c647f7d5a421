package quartermaster.http.guard;

import io.javalin.security.RouteRole;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Role;

/** What a route asks of whoever uses it, where there are keys. */
public enum Needs implements RouteRole {
    NOTHING(null),
    /** Any key: what it may do is asked where it is done. */
    KEY(null),
    DECIDE(Role.DECIDE),
    READ(Role.READ),
    EDIT(Role.EDIT),
    OPERATE(Role.OPERATE);

    private final @Nullable Role role;

    Needs(@Nullable Role role) {
        this.role = role;
    }

    @Nullable
    Role role() {
        return role;
    }
}
