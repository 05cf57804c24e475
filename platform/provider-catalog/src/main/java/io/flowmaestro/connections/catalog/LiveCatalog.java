package io.flowmaestro.connections.catalog;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of a running service: the bundled files, overridden file by file by the directory's. Reading is a
 * field access; {@link #refresh} does the file work and belongs on a timer, off the request path.
 */
public final class LiveCatalog {

    private final List<Provider> bundled;
    private final @Nullable ProviderDirectory directory;
    private final Function<String, @Nullable String> environment;

    private ProviderDirectory.@Nullable Stamp seen;
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
        this.current = merge(new ProviderDirectory.Content(Map.of(), List.of()));
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
        current = merge(directory.read());
        seen = now;
        return true;
    }

    private ProviderCatalog merge(ProviderDirectory.Content extra) {
        Map<String, Provider> merged = new LinkedHashMap<>();
        bundled.forEach(provider -> merged.put(provider.key(), provider.from(Source.BUNDLED)));
        extra.providers().forEach((key, provider) -> merged.put(key, provider.from(Source.FILE)));
        return ProviderCatalog.of(merged.values().stream().map(this::resolved).toList(), extra.problems());
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
