package io.flowmaestro.connections.catalog;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of a running service: the bundled files, overridden file by file by the directory's, and both by what
 * administrators defined. Reading is a field access; {@link #refresh} does the file work and belongs on a timer, off the request path.
 */
public final class LiveCatalog {

    private static final ProviderDirectory.Content NOTHING = new ProviderDirectory.Content(Map.of(), List.of());

    private final List<Provider> bundled;
    private final @Nullable ProviderDirectory directory;
    private final Function<String, @Nullable String> environment;

    private final Object merging = new Object();
    private ProviderDirectory.@Nullable Stamp seen;
    private ProviderDirectory.Content files = NOTHING;
    private ProviderDirectory.Content defined = NOTHING;
    private volatile ProviderCatalog current;

    /**
     * Loads everything once, so that the catalogue is there from the start.
     *
     * @param directory of the operator's files; it need not exist yet
     * @param environment looks up the variables that replace MCP server addresses
     */
    public LiveCatalog(Optional<Path> directory, Function<String, @Nullable String> environment) {
        this.directory = directory.map(ProviderDirectory::new).orElse(null);
        this.environment = environment;
        this.bundled = BundledProviders.load();
        this.current = merged();
        refresh();
    }

    public ProviderCatalog current() {
        return current;
    }

    /** Reads the directory again if it changed since the last look. Returns whether it had. Blocks on files. */
    public synchronized boolean refresh() {
        if (directory == null) {
            return false;
        }
        // Stamped before reading: a file written in between shows as a change at the next look.
        ProviderDirectory.Stamp now = directory.stamp();
        if (now.equals(seen)) {
            return false;
        }
        ProviderDirectory.Content read = directory.read();
        synchronized (merging) {
            files = read;
            current = merged();
        }
        seen = now;
        return true;
    }

    /**
     * Puts the administrators' entries before bundled ones and files, in place of those that were put there before. Waits
     * for no file.
     *
     * @param problems one message per entry that could not be used
     */
    public void define(Map<String, Provider> entries, List<String> problems) {
        synchronized (merging) {
            defined = new ProviderDirectory.Content(Map.copyOf(entries), List.copyOf(problems));
            current = merged();
        }
    }

    /** The bundled entry of a key, or the file's that hides it, whatever administrators put before either. */
    public Optional<Provider> shipped(String key) {
        synchronized (merging) {
            return Optional.ofNullable(files.providers().get(key))
                    .or(() -> bundled.stream()
                            .filter(provider -> provider.key().equals(key))
                            .findFirst());
        }
    }

    private ProviderCatalog merged() {
        Map<String, Provider> merged = new LinkedHashMap<>();
        bundled.forEach(provider -> merged.put(provider.key(), provider.from(Source.BUNDLED)));
        files.providers().forEach((key, provider) -> merged.put(key, provider.from(Source.FILE)));
        defined.providers().forEach((key, provider) -> merged.put(key, provider.from(Source.ADMIN)));
        List<String> problems = Stream.concat(files.problems().stream(), defined.problems().stream())
                .toList();
        return ProviderCatalog.of(merged.values().stream().map(this::resolved).toList(), problems);
    }

    private Provider resolved(Provider provider) {
        McpMethod mcp = provider.methods().mcp();
        if (mcp == null || mcp.serverUrlEnv() == null) {
            return provider;
        }
        @Nullable String url = environment.apply(mcp.serverUrlEnv());
        return url == null || !Urls.isServerUrl(url) ? provider : provider.withMcp(mcp.at(url));
    }
}
