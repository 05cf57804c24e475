package io.flowmaestro.connections.local.postgres;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The server's binaries as they lie on the class path: one compressed archive for each kind of machine. */
final class ServerArchive {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private ServerArchive() {}

    /**
     * Unpacks the archive unless that was done before.
     *
     * @return the folder with {@code bin}, named after the archive's checksum, so that a newer archive is unpacked
     *     beside an older one that may still be running
     */
    static Path unpackedIn(Path directory) throws IOException {
        URL archive = archive();
        Path target = directory.resolve("server-" + checksum(archive));
        if (Files.exists(target)) {
            return target;
        }
        // Only a complete folder gets the final name: an interrupted start leaves a draft, and the next one drops it.
        Path draft = directory.resolve("server.draft");
        delete(draft);
        unpack(archive, draft);
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        return target;
    }

    private static URL archive() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT).equals("aarch64") ? "arm_64" : "x86_64";
        String name = "/postgres-" + system + "-" + machine + ".txz";
        URL archive = ServerArchive.class.getResource(name);
        if (archive == null) {
            throw new Refusal("There is no PostgreSQL for this machine (" + name.substring(1)
                    + " is not on the class path). Linux and macOS on x86-64 and arm64 are supported.");
        }
        return archive;
    }

    private static String checksum(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        throw new IOException("not in a jar: " + archive);
    }

    private static void unpack(URL archive, Path target) throws IOException {
        try (InputStream file = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                extract(tar, entry, inside(target, entry.getName()));
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            return;
        }
        try (var out = Files.newOutputStream(path)) {
            tar.transferTo(out);
        }
        if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0 && !path.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + path);
        }
    }

    private static Path inside(Path target, String name) throws IOException {
        Path path = target.resolve(name).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("leaves its folder: " + name);
        }
        return path;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
