package quartermaster.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quartermaster.unit.Choice;
import quartermaster.unit.Imported;
import quartermaster.unit.Place;
import quartermaster.unit.Problem;

/**
 * Somebody else who knows people and programs, and gives them signed tokens (JWT) that serve as keys. Asymmetric signatures
 * only: whoever can check one of these cannot make one.
 */
public final class Issuer {
    private static final Logger LOG = LoggerFactory.getLogger(Issuer.class);
    private static final Pattern TOKEN = Pattern.compile("[\\w-]{2,}\\.[\\w-]{2,}\\.[\\w-]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[,\\s]+");
    private static final Set<JWSAlgorithm> ALGORITHMS = Stream.of(
                    JWSAlgorithm.Family.RSA.stream(), JWSAlgorithm.Family.EC.stream())
            .flatMap(each -> each)
            .filter(each -> !each.equals(JWSAlgorithm.ES256K))
            .collect(Collectors.toUnmodifiableSet());
    private static final int MOST_SECONDS_OF_SKEW = 60;
    private static final int LONGEST_NAME = 100;
    private static final int MOST_BYTES = 200_000; // of a key set
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(30);

    private final Settings settings;
    private final DefaultJWTProcessor<SecurityContext> processor;

    /**
     * What is expected of a token.
     *
     * @param issuer its {@code iss}, to the letter
     * @param audience one of its {@code aud}
     * @param keys the issuer's public keys: a file, or an address that is asked when they are needed
     * @param rolesClaim where the roles stand, with dots between names: {@code realm_access.roles}
     * @param nameClaim what the owner is called by in all that is kept, e.g. {@code sub}
     */
    public record Settings(String issuer, String audience, String keys, String rolesClaim, String nameClaim) {}

    private Issuer(Settings settings, JWKSource<SecurityContext> keys) {
        this.settings = settings;
        DefaultJWTProcessor<SecurityContext> made = new DefaultJWTProcessor<>();
        made.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
        made.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), (JOSEObjectType) null));
        DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
                settings.audience(),
                new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                Set.of("exp", "iss", "aud"));
        claims.setMaxClockSkew(MOST_SECONDS_OF_SKEW);
        made.setJWTClaimsSetVerifier(claims);
        this.processor = made;
    }

    /** Whether keys of these settings stand at an address, not in a file. */
    public static boolean isRemote(String keys) {
        return keys.startsWith("https://") || keys.startsWith("http://");
    }

    /** With keys that are asked for at their address when they are needed. */
    public static Imported<@Nullable Issuer> remote(Settings settings) {
        Place at = new Place.Named("--issuer-keys");
        try {
            URL url = URI.create(settings.keys()).toURL();
            boolean loopback = Set.of("localhost", "127.0.0.1", "[::1]").contains(url.getHost());
            if (!url.getProtocol().equals("https") && !loopback) {
                return Imported.nothing(List.of(new Problem(
                        "not-secure",
                        "Found " + settings.keys()
                                + "; expected https: whoever changes the keys on their way is everybody.",
                        at)));
            }
            JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                            url,
                            new DefaultResourceRetriever(
                                    (int) PATIENCE.toMillis(), (int) PATIENCE.toMillis(), MOST_BYTES))
                    .cache(KEPT.toMillis(), PATIENCE.toMillis() * 2)
                    .rateLimited(ASKED_AGAIN_AFTER.toMillis())
                    .outageTolerant(Duration.ofHours(4).toMillis())
                    .build();
            return new Imported<>(new Issuer(settings, keys), List.of());
        } catch (MalformedURLException | IllegalArgumentException e) {
            return Imported.nothing(
                    List.of(new Problem("bad-address", "Found " + settings.keys() + "; expected an address.", at)));
        }
    }

    /** With keys that are read once. */
    public static Imported<@Nullable Issuer> local(Settings settings, String keys) {
        Place at = new Place.File(settings.keys());
        try {
            JWKSet set = JWKSet.parse(keys);
            if (set.getKeys().stream()
                    .noneMatch(each -> ALGORITHMS.stream()
                            .anyMatch(algorithm -> each.getKeyType().equals(KeyType.forAlgorithm(algorithm))))) {
                return Imported.nothing(List.of(
                        new Problem("no-keys", "Found no RSA or EC key; expected the issuer's public keys.", at)));
            }
            return new Imported<>(new Issuer(settings, new ImmutableJWKSet<>(set.toPublicJWKSet())), List.of());
        } catch (ParseException e) {
            return Imported.nothing(List.of(new Problem(
                    "bad-keys",
                    "Found no key set; expected {\"keys\": [ … ]}, as the issuer publishes it (JWKS).",
                    at)));
        }
    }

    /** Whether it has the form of one; keys have not. */
    static boolean isToken(String secret) {
        return TOKEN.matcher(secret).matches();
    }

    /** Whose token it is; nothing where it is not signed by the issuer, for us, and valid now. */
    Optional<Key> find(String token) {
        try {
            JWTClaimsSet claims = processor.process(SignedJWT.parse(token), null);
            Object name = claim(claims.getClaims(), settings.nameClaim());
            if (!(name instanceof String owner) || owner.isBlank()) {
                LOG.info("A token was refused: it has no claim {}.", settings.nameClaim());
                return Optional.empty();
            }
            return Optional.of(new Key(named(owner), "", roles(claims)));
        } catch (ParseException | BadJOSEException e) {
            LOG.info("A token was refused: {}", e.getMessage());
            return Optional.empty();
        } catch (JOSEException e) {
            LOG.warn("A token cannot be checked: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** With the issuer before it: a key's owner may have the same name. */
    private String named(String owner) {
        String host = settings.issuer().replaceFirst("^\\w+://", "").replaceFirst("/.*", "");
        String clean = owner.strip().replaceAll("\\p{Cntrl}", " ");
        return host + "/" + (clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME));
    }

    /** A list, or words with blanks between; those that are no role of ours are of somebody else. */
    private Set<Role> roles(JWTClaimsSet claims) {
        Object said = claim(claims.getClaims(), settings.rolesClaim());
        List<?> words = said instanceof List<?> list
                ? list
                : List.of(BETWEEN_WORDS.split(said == null ? "" : String.valueOf(said)));
        Set<Role> roles = EnumSet.noneOf(Role.class);
        words.stream()
                .flatMap(each -> Stream.of(Role.values())
                        .filter(role ->
                                Choice.id(role).equals(each) || ("quartermaster:" + Choice.id(role)).equals(each)))
                .forEach(roles::add);
        return roles;
    }

    private static @Nullable Object claim(Map<String, Object> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        Object at = claims;
        for (String each : path.split("\\.", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(each) : null;
        }
        return at;
    }
}
