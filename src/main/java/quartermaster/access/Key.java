package quartermaster.access;

import java.util.Set;

/**
 * Somebody who may use the service. The key itself is not known here, only what it is recognised by.
 *
 * @param name of its owner, which stands in all that is kept
 * @param sha256 of the key, in hexadecimal digits; empty where an issuer vouches for its owner
 */
public record Key(String name, String sha256, Set<Role> roles) {
    public Key {
        roles = Set.copyOf(roles);
    }

    public boolean may(Role role) {
        return roles.contains(role);
    }

    /** Without the digest, so that no log has it. */
    @Override
    public String toString() {
        return name + " " + roles;
    }
}
