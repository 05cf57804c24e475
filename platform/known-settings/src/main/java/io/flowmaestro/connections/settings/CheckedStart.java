package io.flowmaestro.connections.settings;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where every service begins: before anything is read of its configuration, so that a name that is spelt wrongly is reported
 * as such, and not as the absence of the right one.
 */
@QuarkusMain
public final class CheckedStart {

    private static final int REFUSED = 1;

    private CheckedStart() {}

    public static void main(String... arguments) throws IOException {
        List<String> complaints = new SettingsCheck(KnownSettings.bundled())
                .complaints(GivenSettings.of(System.getenv(), System.getProperties(), Path.of("")));
        if (complaints.isEmpty()) {
            Quarkus.run(arguments);
        } else {
            System.err.println(refusal(complaints));
            System.exit(REFUSED);
        }
    }

    static String refusal(List<String> complaints) {
        return "This service does not start, because of its configuration:\n  - "
                + String.join("\n  - ", complaints)
                + "\ndocs/configuration.md lists every setting.";
    }
}
