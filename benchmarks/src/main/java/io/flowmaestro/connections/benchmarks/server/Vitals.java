package io.flowmaestro.connections.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.PlatformManagedObject;
import java.util.Properties;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a virtual machine says of itself over JMX, and the system of it. The agent starts on demand, on loopback only. */
public final class Vitals implements Consumption, AutoCloseable {

    private final long pid;
    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final OperatingSystemMXBean system;
    private final MemoryMXBean memory;

    private Vitals(long pid, JMXConnector connector) throws IOException {
        this.pid = pid;
        this.connector = connector;
        var server = connector.getMBeanServerConnection();
        threads = bean(server, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        system = bean(server, ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME, OperatingSystemMXBean.class);
        memory = bean(server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    }

    @SuppressWarnings("BanJNDI") // what answers is a process that was started here, on loopback
    static Vitals of(long pid, int port) throws IOException {
        var agent = new Properties();
        agent.setProperty("com.sun.management.jmxremote.host", "127.0.0.1");
        agent.setProperty("com.sun.management.jmxremote.port", Integer.toString(port));
        agent.setProperty("com.sun.management.jmxremote.rmi.port", Integer.toString(port));
        agent.setProperty("com.sun.management.jmxremote.authenticate", "false");
        agent.setProperty("com.sun.management.jmxremote.ssl", "false");
        try {
            var machine = VirtualMachine.attach(Long.toString(pid));
            machine.startManagementAgent(agent);
            machine.detach();
        } catch (AttachNotSupportedException failure) {
            throw new IOException("The virtual machine " + pid + " cannot be asked for its figures", failure);
        }
        var address = "service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi";
        return new Vitals(pid, JMXConnectorFactory.connect(new JMXServiceURL(address)));
    }

    private static <T extends PlatformManagedObject> T bean(MBeanServerConnection server, String name, Class<T> type)
            throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(server, name, type);
    }

    @Override
    public Counters counters() {
        return new Counters(threads.getTotalThreadAllocatedBytes(), system.getProcessCpuTime());
    }

    /** What is left on the heap after a full collection, in bytes. */
    public long reachableBytes() {
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** Resident memory in bytes, as {@code ps} says. */
    public long residentBytes() throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        try (var output = ps.inputReader()) {
            return 1024 * Long.parseLong(output.readLine().strip());
        }
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}
