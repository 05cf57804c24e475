package io.flowmaestro.connections.logs;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import java.util.Optional;
import java.util.logging.Formatter;
import org.eclipse.microprofile.config.ConfigProvider;

/** Chooses the form of the console's lines when logging is set up, before anything else of the service is. */
@Recorder
public class JsonLogsRecorder {

    /** Empty for plain text, in the format that is configured. */
    public RuntimeValue<Optional<Formatter>> formatter() {
        var config = ConfigProvider.getConfig();
        boolean json =
                config.getOptionalValue("connections.logs.json", Boolean.class).orElse(false);
        return new RuntimeValue<>(
                json
                        ? Optional.of(new JsonLine(config.getValue("quarkus.application.name", String.class)))
                        : Optional.empty());
    }
}
