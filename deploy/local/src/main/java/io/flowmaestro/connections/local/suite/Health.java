package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;

/**
 * An address that answers 200 when a process is able to work.
 *
 * @param address asked by its number: a health check waits for no name
 */
public record Health(URI address) {
    private static final Duration START = Duration.ofMinutes(2);
    private static final int TIMEOUT_MILLIS = 2_000;

    static Health ofService(Ports ports, Service service) {
        return new Health(URI.create("http://127.0.0.1:" + ports.of(service) + "/q/health/ready"));
    }

    static Health ofProvider(int port) {
        return new Health(URI.create("http://127.0.0.1:" + port + "/.well-known/openid-configuration"));
    }

    public boolean good() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            int status = connection.getResponseCode();
            connection.disconnect();
            return status == HttpURLConnection.HTTP_OK;
        } catch (IOException down) {
            return false;
        }
    }

    /** Waits for the first good answer. A process that ends meanwhile, or takes too long, ends the start. */
    void await(ChildProcess child) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!good()) {
            if (!child.alive()) {
                throw child.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal(child.spec().name() + " was not ready within " + START.toSeconds()
                        + " s. The last lines of " + child.spec().log() + ":\n" + child.lastLines());
            }
            Thread.sleep(100);
        }
    }
}
