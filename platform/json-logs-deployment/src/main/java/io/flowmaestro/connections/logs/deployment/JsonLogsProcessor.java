package io.flowmaestro.connections.logs.deployment;

import io.flowmaestro.connections.logs.JsonLogsRecorder;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.LogConsoleFormatBuildItem;

/** Gives the set-up of logging our form of the console's lines. */
class JsonLogsProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    LogConsoleFormatBuildItem format(JsonLogsRecorder recorder) {
        return new LogConsoleFormatBuildItem(recorder.formatter());
    }
}
