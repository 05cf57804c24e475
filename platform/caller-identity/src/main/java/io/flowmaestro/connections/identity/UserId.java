package io.flowmaestro.connections.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Maps an identity provider's user claim to the UUID under which the user's rows are stored. Both kinds of values share one
 * space: a claim whose value its user can choose would let them be anybody, so none may be configured.
 */
final class UserId {

    private static final int LENGTH = 36;

    private UserId() {}

    /** A UUID stays as it is; anything else becomes the UUIDv5 of issuer and claim (RFC 9562), URL namespace. */
    static UUID of(String issuer, String claim) {
        if (isCanonical(claim)) {
            return UUID.fromString(claim);
        }
        return Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_URL).generate(issuer + "\n" + claim);
    }

    /** The UUID in an X-On-Behalf-Of header, canonical form only. */
    static boolean isCanonical(String value) {
        if (value.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            char character = value.charAt(i);
            if (isDash(i) ? character != '-' : !HexFormat.isHexDigit(character)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDash(int place) {
        return switch (place) {
            case 8, 13, 18, 23 -> true;
            default -> false;
        };
    }
}
