package io.flowmaestro.connections.identity;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import java.util.UUID;
import java.util.regex.Pattern;

/** Maps an identity provider's user claim to the UUID under which the user's rows are stored. */
final class UserId {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private UserId() {}

    /** A UUID stays as it is; anything else becomes the UUIDv5 of issuer and claim (RFC 9562), URL namespace. */
    static UUID of(String issuer, String claim) {
        if (CANONICAL.matcher(claim).matches()) {
            return UUID.fromString(claim);
        }
        return Generators.nameBasedGenerator(NameBasedGenerator.NAMESPACE_URL).generate(issuer + "\n" + claim);
    }

    /** The UUID in an X-On-Behalf-Of header, canonical form only. */
    static boolean isCanonical(String value) {
        return CANONICAL.matcher(value).matches();
    }
}
