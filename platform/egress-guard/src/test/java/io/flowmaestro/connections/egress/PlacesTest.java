package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(2, 2);
    private final List<String> granted = new ArrayList<>();

    private Places.Place at(String host) {
        try {
            return places.at(new VettedTarget(
                    EgressUrl.parse("https://" + host + "/"), InetAddress.getByAddress(new byte[] {8, 8, 8, 8})));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private Places.Entry enter(Places.Place place, String name) {
        return place.enter(() -> granted.add(name));
    }

    @Test
    void areGrantedInTheOrderOfTheWait() {
        var first = at("one.example");
        var second = at("one.example");

        assertThat(enter(first, "first")).isEqualTo(Places.Entry.TAKEN);
        assertThat(enter(second, "second")).isEqualTo(Places.Entry.TAKEN);
        assertThat(enter(at("one.example"), "third")).isEqualTo(Places.Entry.WAITING);
        assertThat(enter(at("one.example"), "fourth")).isEqualTo(Places.Entry.WAITING);
        assertThat(enter(at("one.example"), "fifth")).isEqualTo(Places.Entry.FULL);

        second.leave();
        first.leave();
        assertThat(granted).containsExactly("third", "fourth");
    }

    @Test
    void ofOneHostAreNoneOfAnother() {
        enter(at("one.example"), "a");
        enter(at("one.example"), "b");

        assertThat(enter(at("two.example"), "c")).isEqualTo(Places.Entry.TAKEN);
    }

    @Test
    void areNotGrantedToWhoeverWaitsNoMore() {
        var first = at("one.example");
        var waiting = at("one.example");
        enter(first, "first");
        enter(at("one.example"), "second");
        enter(waiting, "third");
        enter(at("one.example"), "fourth");

        waiting.leave();
        first.leave();

        assertThat(granted).containsExactly("fourth");
    }

    @Test
    void areLeftOnceHoweverOftenItIsSaid() {
        var first = at("one.example");
        enter(first, "first");
        enter(at("one.example"), "second");
        enter(at("one.example"), "third");
        enter(at("one.example"), "fourth");

        first.leave();
        first.leave();

        assertThat(granted).containsExactly("third");
    }

    @Test
    void takeNoMemoryForAHostThatNobodyCallsAnyMore() {
        var first = at("one.example");
        var second = at("two.example");
        enter(first, "first");
        enter(second, "second");

        first.leave();
        second.leave();

        assertThat(places.isEmpty()).isTrue();
    }
}
