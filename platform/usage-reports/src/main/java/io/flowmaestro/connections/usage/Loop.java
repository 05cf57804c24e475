package io.flowmaestro.connections.usage;

import java.time.Duration;

/** Where deliveries are arranged: what runs here runs one after the other, and never blocks. */
interface Loop {

    void run(Runnable work);

    void runIn(Duration delay, Runnable work);
}
