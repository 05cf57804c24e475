package io.flowmaestro.connections.settings;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where every service begins: before anything is read of its configuration, so that everything that is wrong with it is told at
 * once, and by the names that an operator knows.
 */
@QuarkusMain
public final class CheckedStart {

    private static final int REFUSED = 1;

    private CheckedStart() {}

    public static void main(String... arguments) throws IOException {
        List<String> complaints = complaints(GivenSettings.of(System.getenv(), System.getProperties(), Path.of("")));
        if (complaints.isEmpty()) {
            Quarkus.run(arguments);
        } else {
            System.err.println(Refusal.of(complaints));
            System.exit(REFUSED);
        }
    }

    /** Of what was set, and of what was not. */
    private static List<String> complaints(List<Given> settings) throws IOException {
        var known = KnownSettings.bundled();
        var brought = BroughtAlong.on(CheckedStart.class.getClassLoader(), RequiredSettings.profiles(settings));
        return Stream.of(
                        new SettingsCheck(known).complaints(settings),
                        new RequiredSettings(known, brought).complaints(settings))
                .flatMap(List::stream)
                .toList();
    }
}
