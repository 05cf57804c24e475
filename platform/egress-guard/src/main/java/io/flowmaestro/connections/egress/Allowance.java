package io.flowmaestro.connections.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The operator's list of private hosts that may be reached. */
record Allowance(Set<String> names, List<Cidr> networks) {

    Allowance {
        names = Set.copyOf(names);
        networks = List.copyOf(networks);
    }

    /** @throws IllegalArgumentException naming the entry that is wrong, so that the service refuses to start with it */
    static Allowance parse(List<String> entries) {
        var names = new HashSet<String>();
        var networks = new ArrayList<Cidr>();
        for (var entry : entries) {
            switch (EgressHost.parseEntry(entry)) {
                case EgressHost.Name name -> names.add(name.ascii());
                case EgressHost.Literal _ -> networks.add(network(entry));
            }
        }
        return new Allowance(names, networks);
    }

    private static Cidr network(String entry) {
        var network = Cidr.parse(entry);
        if (AddressRules.touchesNeverAllowed(network)) {
            throw new IllegalArgumentException("connections.egress.allow: " + entry
                    + " includes loopback, link-local or multicast addresses, which cannot be opened");
        }
        return network;
    }

    boolean opens(EgressHost host, InetAddress address) {
        if (AddressRules.neverAllowed(address)) {
            return false;
        }
        boolean byName = host instanceof EgressHost.Name name
                && names.contains(name.ascii())
                && AddressRules.privateUse(address);
        return byName || networks.stream().anyMatch(network -> network.contains(address));
    }
}
