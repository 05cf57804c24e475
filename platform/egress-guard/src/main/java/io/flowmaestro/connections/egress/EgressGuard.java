package io.flowmaestro.connections.egress;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a URL may be called and at which address. The name is resolved once; whoever connects uses the
 * vetted address, so a name that answers differently a moment later gains nothing.
 */
@Singleton
public class EgressGuard {

    private static final long MOST_PARSED = 1_000;
    private static final Duration PARSED_KEPT = Duration.ofSeconds(30);

    private final Set<Integer> ports;
    private final Allowance allowance;
    private final boolean loopbackAllowed;
    private final NameResolver resolver;
    private final Optional<HostPolicy> policy;
    /** Those that were let through: the same few are called again and again. No longer than plaintext is kept anywhere. */
    private final Cache<String, Known> parsed = Caffeine.newBuilder()
            .maximumSize(MOST_PARSED)
            .expireAfterWrite(PARSED_KEPT)
            .scheduler(Scheduler.systemScheduler())
            .executor(Runnable::run)
            .build();

    @Inject
    EgressGuard(EgressSettings settings, NameResolver resolver, Instance<HostPolicy> policy) {
        this(settings, resolver, localProfile(), policy.stream().findFirst());
    }

    EgressGuard(EgressSettings settings, NameResolver resolver, boolean loopbackAllowed) {
        this(settings, resolver, loopbackAllowed, Optional.empty());
    }

    EgressGuard(EgressSettings settings, NameResolver resolver, boolean loopbackAllowed, Optional<HostPolicy> policy) {
        this.policy = policy;
        this.ports = Set.copyOf(settings.ports());
        this.allowance = Allowance.parse(settings.allow().orElse(List.of()));
        this.loopbackAllowed = loopbackAllowed;
        this.resolver = resolver;
    }

    /** No setting of its own, on purpose: what opens loopback is the profile that production refuses to run with. */
    private static boolean localProfile() {
        return !ConfigUtils.isProfileActive("prod")
                && (ConfigUtils.isProfileActive("local") || LaunchMode.current() == LaunchMode.TEST);
    }

    /** A URL that may be called, where its host has an address that may. */
    private static final class Known {
        private final EgressUrl url;
        /** At the address that was picked last, which most often is the next one too. */
        private volatile @Nullable VettedTarget last;

        Known(EgressUrl url) {
            this.url = url;
        }

        /** @param address that was picked just now */
        VettedTarget at(InetAddress address) {
            var known = last;
            if (known != null && known.address().equals(address)) {
                return known;
            }
            var target = new VettedTarget(url, address);
            last = target;
            return target;
        }
    }

    /** Fails with {@link EgressRefused}, or with {@link EgressFailure} when the name does not resolve. */
    public Uni<VettedTarget> vet(URI url) {
        return vet(url.toString());
    }

    /** Fails with {@link EgressRefused}, or with {@link EgressFailure} when the name does not resolve. */
    public Uni<VettedTarget> vet(String text) {
        return Uni.createFrom().deferred(() -> resolve(parsed.get(text, this::parse)));
    }

    /** What can be told without a look-up, so that a name is not even resolved when the URL is refused anyway. */
    private Known parse(String text) {
        var url = EgressUrl.parse(text);
        policy.ifPresent(held -> held.require(url));
        boolean local = loopbackAllowed && local(url.host());
        if (!url.tls() && !local) {
            throw new EgressRefused(new Refusal.SchemeNotAllowed());
        }
        if (!local && !ports.contains(url.port())) {
            throw new EgressRefused(new Refusal.PortNotAllowed(url.port()));
        }
        return new Known(url);
    }

    private Uni<VettedTarget> resolve(Known known) {
        return switch (known.url.host()) {
            case EgressHost.Literal literal ->
                Uni.createFrom().item(known.at(pick(known.url, List.of(literal.address()))));
            case EgressHost.Name name ->
                resolver.resolve(name.ascii()).map(addresses -> known.at(pick(known.url, addresses)));
        };
    }

    private InetAddress pick(EgressUrl url, List<InetAddress> addresses) {
        if (addresses.isEmpty()) {
            throw new EgressRefused(new Refusal.NotPublic(url.host().authority()));
        }
        InetAddress first = addresses.getFirst();
        // A loop, as every request comes through here.
        for (var address : addresses) {
            if (!reachable(url, address)) {
                throw new EgressRefused(new Refusal.NotPublic(url.host().authority()));
            }
            if (address instanceof Inet4Address && !(first instanceof Inet4Address)) {
                first = address;
            }
        }
        return first;
    }

    private boolean reachable(EgressUrl url, InetAddress address) {
        if (loopbackAllowed && local(url.host())) {
            return address.isLoopbackAddress();
        }
        return AddressRules.globallyRoutable(address) || allowance.opens(url.host(), address);
    }

    /** A name that merely resolves to loopback is not local: a stranger's DNS must not reach this machine. */
    private static boolean local(EgressHost host) {
        return switch (host) {
            case EgressHost.Name name -> name.localhost();
            case EgressHost.Literal literal -> literal.address().isLoopbackAddress();
        };
    }
}
