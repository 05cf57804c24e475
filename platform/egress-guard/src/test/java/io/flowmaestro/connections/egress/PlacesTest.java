package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private final Places places = new Places(2, 2);
    private final List<String> granted = new ArrayList<>();

    private Places.Place at(String host) {
        return places.at(target(host), null);
    }

    private static VettedTarget target(String host) {
        try {
            return new VettedTarget(
                    EgressUrl.parse("https://" + host + "/"), InetAddress.getByAddress(new byte[] {8, 8, 8, 8}));
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

    @Nested
    class OfAnOwner {

        private final Places four = new Places(4, 4);

        private Places.Place of(String owner) {
            return four.at(target("one.example"), owner);
        }

        @Test
        void areHalfAtMost() {
            var first = of("alice");
            enter(first, "first");
            enter(of("alice"), "second");

            assertThat(enter(of("alice"), "third")).isEqualTo(Places.Entry.WAITING);
            assertThat(enter(of("alice"), "fourth")).isEqualTo(Places.Entry.WAITING);
            assertThat(enter(of("alice"), "fifth")).isEqualTo(Places.Entry.OWNER_FULL);
            assertThat(enter(of("bob"), "bob's")).isEqualTo(Places.Entry.TAKEN);

            first.leave();
            assertThat(granted).containsExactly("third");
        }

        @Test
        void areTheOthersTurnBeforeMoreOfTheSameOwner() {
            var held = List.of(of("alice"), of("alice"));
            held.forEach(place -> enter(place, "held"));
            enter(of("alice"), "more of alice");
            enter(of("bob"), "bob");
            enter(of("bob"), "bob");
            assertThat(enter(of("carol"), "carol")).isEqualTo(Places.Entry.WAITING);

            held.forEach(Places.Place::leave);

            assertThat(granted).containsExactly("carol", "more of alice");
        }

        /** Two whose calls take all places and all that may wait beyond are in no third one's way. */
        @Test
        void leaveTheLineToOthers() {
            var held = of("alice");
            enter(held, "held");
            for (int call = 0; call < 4; call++) {
                enter(of("alice"), "alice");
                enter(of("bob"), "bob");
            }

            assertThat(enter(of("carol"), "carol")).isEqualTo(Places.Entry.WAITING);
            held.leave();
            assertThat(granted).containsExactly("carol");
        }

        @Test
        void areNotGrantedToWhatIsBeyondAndWaitsNoMore() {
            var first = of("alice");
            var given = of("alice");
            enter(first, "first");
            enter(of("alice"), "second");
            enter(given, "given up");
            enter(of("alice"), "fourth");

            given.leave();
            first.leave();

            assertThat(granted).containsExactly("fourth");
        }

        @Test
        void areNobodysWhereNoOwnerIsNamed() {
            for (int place = 0; place < 4; place++) {
                assertThat(enter(of(null), "nobody's")).isEqualTo(Places.Entry.TAKEN);
            }
            assertThat(enter(of("alice"), "alice")).isEqualTo(Places.Entry.WAITING);
        }

        @Test
        void isOneWhereTheHostHasOnlyOne() {
            var single = new Places(1, 0);

            assertThat(enter(single.at(target("one.example"), "alice"), "first"))
                    .isEqualTo(Places.Entry.TAKEN);
            assertThat(enter(single.at(target("one.example"), "alice"), "second"))
                    .isEqualTo(Places.Entry.OWNER_FULL);
        }

        /** Each is held by one of three owners or by nobody, and left whenever it comes. */
        @Test
        void areNeverMoreThanHalfNorLostWhateverTheOrder() {
            var chance = new Random(11);
            var names = Arrays.asList("alice", "bob", "carol", null);
            var entered = new ArrayList<Places.Place>();
            Map<Places.Place, String> using = new LinkedHashMap<>();
            for (int step = 0; step < 20_000; step++) {
                if (entered.isEmpty() || chance.nextInt(5) < 3) {
                    var name = names.get(chance.nextInt(names.size()));
                    var place = of(name);
                    var entry = place.enter(() -> using.put(place, String.valueOf(name)));
                    if (entry == Places.Entry.TAKEN) {
                        using.put(place, String.valueOf(name));
                    }
                    if (entry == Places.Entry.TAKEN || entry == Places.Entry.WAITING) {
                        entered.add(place);
                    }
                } else {
                    var left = entered.remove(chance.nextInt(entered.size()));
                    using.remove(left);
                    left.leave();
                }
                assertThat(using).hasSizeLessThanOrEqualTo(4);
                for (var name : List.of("alice", "bob", "carol")) {
                    assertThat(Collections.frequency(using.values(), name)).isLessThanOrEqualTo(2);
                }
            }
            entered.forEach(Places.Place::leave);

            assertThat(four.isEmpty()).isTrue();
        }
    }
}
