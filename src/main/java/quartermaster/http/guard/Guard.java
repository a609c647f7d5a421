package quartermaster.http.guard;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.security.RouteRole;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quartermaster.access.Key;
import quartermaster.access.Keys;
import quartermaster.access.Role;
import quartermaster.http.visit.Visit;

/** Stands before every route: asks where a request comes from, whose it is, and whether he may. */
public final class Guard {
    private static final String SCHEME = "bearer ";

    private final HostAndOrigin hostAndOrigin;
    private final Keys keys;

    public Guard(Door door) {
        this.hostAndOrigin = new HostAndOrigin(door.names());
        this.keys = door.keys();
    }

    public void register(JavalinConfig config) {
        config.routes.before(ctx -> {
            SafeHeaders.ALL.forEach(ctx::header);
            hostAndOrigin.check(ctx);
        });
        config.routes.beforeMatched(ctx -> {
            Visit.of(ctx)
                    .setRoute(
                            ctx.endpoints().matchedHttpEndpoint() == null
                                    ? ""
                                    : ctx.endpoints().matchedHttpEndpoint().path);
            authorise(ctx);
        });
    }

    /** Who asks, by the name of his key; null where there are no keys. */
    public static @Nullable String actor(Context ctx) {
        return Visit.of(ctx).actor();
    }

    /** Whether whoever asks may do that; everybody may everything where there are no keys. */
    public static boolean may(Context ctx, Role role) {
        Key key = Visit.of(ctx).key();
        return key == null || key.may(role);
    }

    /** @throws Refusal where whoever asks may not */
    public static void require(Context ctx, Role role) {
        Key key = Visit.of(ctx).key();
        if (key != null && !key.may(role)) {
            throw Refusal.notAllowed(key.name(), role);
        }
    }

    /** A route that says nothing of what it needs is open to every owner of a key, and to nobody else. */
    private void authorise(Context ctx) {
        if (keys.isEmpty() || ctx.routeRoles().contains(Needs.NOTHING)) {
            return;
        }
        Key key = key(ctx.header("Authorization"));
        Visit.of(ctx).setKey(key);
        for (RouteRole each : ctx.routeRoles()) {
            if (each instanceof Needs needs && needs.role() != null && !key.may(needs.role())) {
                throw Refusal.notAllowed(key.name(), needs.role());
            }
        }
    }

    private Key key(@Nullable String authorization) {
        if (authorization == null) {
            throw Refusal.noKey();
        }
        if (!authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw Refusal.unknownKey();
        }
        return keys.find(authorization.substring(SCHEME.length()).strip()).orElseThrow(Refusal::unknownKey);
    }
}
