package quartermaster.http.guard;

import io.javalin.http.Context;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of others from using the browser of somebody who can reach the service.
 *
 * <p>A page may have its own name point to this machine ("DNS rebinding"): then {@code Host} names the page. Or it sends
 * a request here by our name: then {@code Origin} names the page. Programs send no {@code Origin}, and nothing but an old
 * program leaves out {@code Host}; both may pass.
 */
final class HostAndOrigin {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> CHANGE_NOTHING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OF_OTHER_PAGES = Set.of("cross-site", "same-site");
    private static final Pattern AUTHORITY =
            Pattern.compile("(?<name>\\[[^\\[\\]]+]|[^:\\[\\]]+)(?::(?<port>\\d{1,5}))?");
    private static final Pattern ORIGIN = Pattern.compile("(?<scheme>https?)://" + AUTHORITY.pattern());

    private final Set<String> names;

    /** @param others names by which the service is reached, besides those of the loopback address */
    HostAndOrigin(Collection<String> others) {
        Set<String> all = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        all.addAll(LOOPBACK);
        for (String each : others) {
            all.add(each.contains(":") && !each.startsWith("[") ? "[" + each + "]" : each);
        }
        this.names = all;
    }

    /** @throws Refusal of a request that another page may have sent */
    void check(Context ctx) {
        String host = ctx.header("Host");
        if (host != null && !isOurs(host, ctx.req().getLocalAddr())) {
            throw Refusal.foreignHost(host);
        }
        if (CHANGE_NOTHING.contains(ctx.req().getMethod())) {
            return;
        }
        String origin = ctx.header("Origin");
        if (origin != null && !isOurs(origin, host, ctx)) {
            throw Refusal.foreignOrigin("Origin " + origin);
        }
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && OF_OTHER_PAGES.contains(site.toLowerCase(Locale.ROOT))) {
            throw Refusal.foreignOrigin("Sec-Fetch-Site " + site);
        }
    }

    /** The address itself cannot be made to point elsewhere, so whoever names the one that he has reached may pass. */
    private boolean isOurs(String host, String reached) {
        Matcher matcher = AUTHORITY.matcher(host);
        return matcher.matches() && isOurName(matcher.group("name"), reached);
    }

    private boolean isOurName(String name, String reached) {
        return names.contains(name) || name.equals(reached) || name.equals("[" + reached + "]");
    }

    /**
     * Our page has one of our names and the port that this request was sent to, which a tunnel or a proxy may have
     * changed on the way. Only before other names than those of the loopback address may a proxy speak TLS.
     */
    private boolean isOurs(String origin, @Nullable String host, Context ctx) {
        Matcher page = ORIGIN.matcher(origin);
        if (!page.matches() || !isOurName(page.group("name"), ctx.req().getLocalAddr())) {
            return false;
        }
        boolean secure = page.group("scheme").equals("https");
        int port = port(page, secure);
        return (port == ctx.req().getLocalPort() || port == portSentTo(host, secure))
                && !(secure && LOOPBACK.contains(page.group("name")));
    }

    private static int portSentTo(@Nullable String host, boolean secure) {
        Matcher matcher = AUTHORITY.matcher(host == null ? "" : host);
        return matcher.matches() ? port(matcher, secure) : -1;
    }

    private static int port(Matcher authority, boolean secure) {
        String port = authority.group("port");
        return port == null ? secure ? 443 : 80 : Integer.parseInt(port);
    }
}
