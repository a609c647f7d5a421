package quartermaster.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IssuerTest {
    private static final String ISSUER = "https://login.example/realms/staff";
    private static final ECKey KEY = key("one");
    private static final String PUBLISHED = new JWKSet(KEY.toPublicJWK()).toString();

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Issuer.Settings settings(String keys, String roles) {
        return new Issuer.Settings(ISSUER, "quartermaster", keys, roles, "sub");
    }

    private static Keys keys() {
        return Keys.NONE.and(
                Issuer.local(settings("keys.json", "roles"), PUBLISHED).value());
    }

    private static JWTClaimsSet.Builder good() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("quartermaster")
                .subject("ann")
                .claim("roles", List.of("decide", "somebody-else's", "quartermaster:read"))
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
    }

    private static String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(claims, JWSAlgorithm.ES256, new ECDSASigner(KEY), "one");
    }

    private static String signed(JWTClaimsSet claims, JWSAlgorithm algorithm, JWSSigner signer, String key)
            throws JOSEException {
        SignedJWT token =
                new SignedJWT(new JWSHeader.Builder(algorithm).keyID(key).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    @Test
    void a_token_serves_as_a_key_with_the_roles_that_it_says() throws Exception {
        Optional<Key> found = keys().find(signed(good().build()));
        assertThat(found).hasValueSatisfying(key -> {
            assertThat(key.name()).isEqualTo("login.example/ann");
            assertThat(key.roles()).containsExactlyInAnyOrder(Role.DECIDE, Role.READ);
        });
        assertThat(keys().isEmpty()).isFalse();
    }

    @Test
    void roles_may_stand_deeper_and_in_one_text() throws Exception {
        Keys deeper = Keys.NONE.and(
                Issuer.local(settings("keys.json", "access.roles"), PUBLISHED).value());
        String token =
                signed(good().claim("access", Map.of("roles", "edit operate")).build());
        assertThat(deeper.find(token).orElseThrow().roles()).isEqualTo(Set.of(Role.EDIT, Role.OPERATE));
    }

    @Test
    void one_without_roles_opens_nothing() throws Exception {
        Key key = keys().find(signed(good().claim("roles", null).build())).orElseThrow();
        assertThat(Role.values()).noneMatch(key::may);
    }

    @Test
    void what_is_not_for_us_not_of_the_issuer_or_not_valid_now_is_no_key() throws Exception {
        Date past = Date.from(Instant.now().minusSeconds(300));
        Date later = Date.from(Instant.now().plusSeconds(300));
        assertThat(keys().find(signed(good().expirationTime(past).build()))).isEmpty();
        assertThat(keys().find(signed(good().expirationTime(null).build()))).isEmpty();
        assertThat(keys().find(signed(good().notBeforeTime(later).build()))).isEmpty();
        assertThat(keys().find(signed(good().audience("another service").build())))
                .isEmpty();
        assertThat(keys().find(signed(good().audience((String) null).build()))).isEmpty();
        assertThat(keys().find(signed(good().issuer("https://evil.example").build())))
                .isEmpty();
        assertThat(keys().find(signed(good().subject(null).build()))).isEmpty();
    }

    @Test
    void what_the_issuer_did_not_sign_is_no_key() throws Exception {
        ECKey other = key("one");
        String foreign = signed(good().build(), JWSAlgorithm.ES256, new ECDSASigner(other), "one");
        assertThat(keys().find(foreign)).isEmpty();
        String good = signed(good().build());
        assertThat(keys().find(good.substring(0, good.lastIndexOf('.')) + ".AAAA"))
                .isEmpty();
        assertThat(keys().find(new PlainJWT(good().build()).serialize())).isEmpty();
        MACSigner withPublicKey = new MACSigner(PUBLISHED.getBytes(StandardCharsets.UTF_8));
        assertThat(keys().find(signed(good().build(), JWSAlgorithm.HS256, withPublicKey, "one")))
                .isEmpty();
    }

    @Test
    void keys_at_an_address_are_asked_for_when_they_are_needed_and_then_kept() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer published = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        published.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] body = PUBLISHED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        published.start();
        try {
            String address = "http://localhost:" + published.getAddress().getPort() + "/";
            Keys keys = Keys.NONE.and(Issuer.remote(settings(address, "roles")).value());
            assertThat(asked).hasValue(0);
            assertThat(keys.find(signed(good().build()))).isPresent();
            assertThat(keys.find(signed(good().build()))).isPresent();
            assertThat(asked).hasValue(1);
        } finally {
            published.stop(0);
        }
    }

    @Test
    void keys_that_cannot_be_used_are_told() {
        assertThat(Issuer.local(settings("keys.json", "roles"), "hello").problems())
                .singleElement()
                .asString()
                .contains("keys.json: ", "JWKS");
        assertThat(Issuer.local(settings("keys.json", "roles"), "{\"keys\": []}")
                        .problems())
                .isNotEmpty();
        assertThat(Issuer.remote(settings("http://login.example/keys", "roles")).problems())
                .singleElement()
                .asString()
                .contains("expected https");
    }
}
