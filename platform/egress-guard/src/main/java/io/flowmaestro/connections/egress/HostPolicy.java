package io.flowmaestro.connections.egress;

/**
 * Which hosts a service may call at all, as its operator has decided; a service that has no bean of this type may call any.
 * Comes before every other rule and before the look-up of the name, and opens nothing that those rules close.
 *
 * @param allow when it is not empty, hosts that are not on it are refused
 * @param deny wins over the other
 */
public record HostPolicy(HostList allow, HostList deny) {

    /**
     * For whoever looks at one address among others.
     *
     * @throws EgressRefused when its host is not permitted, or when it is no http or https URL
     */
    public void require(String url) {
        require(EgressUrl.parse(url));
    }

    void require(EgressUrl url) {
        if (!permits(url.host(), url.port())) {
            throw new EgressRefused(new Refusal.NotPermitted(url.host().authority(), url.port()));
        }
    }

    private boolean permits(EgressHost host, int port) {
        return !deny.covers(host, port) && (allow.isEmpty() || allow.covers(host, port));
    }
}
