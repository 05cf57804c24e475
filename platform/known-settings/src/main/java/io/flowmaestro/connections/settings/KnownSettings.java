package io.flowmaestro.connections.settings;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every setting of the suite, whichever service or tool reads it: what configures one reaches others legitimately, from a
 * ConfigMap that they share or from a shell.
 *
 * @param kinds by name: of variables as they are written, of keys in dots and, as every key has one, of their variables
 * @param purposes for people, by name: what a variable is for that some service does not start without
 */
record KnownSettings(Map<String, Kind> kinds, Map<String, String> purposes) {

    private static final int WORDS_OF_A_LINE = 3;
    private static final String LIST = "/META-INF/connections-settings.txt";
    private static final Pattern NOT_IN_VARIABLES = Pattern.compile("[^A-Za-z0-9]");
    private static final Pattern ITEM_OF_A_LIST = Pattern.compile("\\[[0-9]+]$|_[0-9]+_$");
    /** A name with more wrong letters than this is another one. */
    private static final int LETTERS_PER_MISTAKE = 6;

    static KnownSettings bundled() {
        try (InputStream list = Objects.requireNonNull(KnownSettings.class.getResourceAsStream(LIST), LIST)) {
            return of(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * @param list a line for each: its name, a space, its kind and, of a variable that has to be set, another space and what it is
     *     for; lines that begin with {@code #} say nothing
     */
    static KnownSettings of(String list) {
        List<String[]> lines = list.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" ", WORDS_OF_A_LINE))
                .toList();
        Map<String, Kind> kinds = lines.stream()
                .collect(toMap(words -> words[0], words -> Kind.named(words[1]), (first, _) -> first, TreeMap::new));
        Map.copyOf(kinds).forEach((name, kind) -> kinds.putIfAbsent(variable(name), kind));
        return new KnownSettings(
                kinds,
                lines.stream()
                        .filter(words -> words.length == WORDS_OF_A_LINE)
                        .collect(toMap(words -> words[0], words -> words[2])));
    }

    Optional<Kind> kind(String name) {
        return Optional.ofNullable(kinds.get(name)).or(() -> {
            var item = ITEM_OF_A_LIST.matcher(name);
            return item.find() ? Optional.ofNullable(kinds.get(item.replaceFirst(""))) : Optional.empty();
        });
    }

    /** What was probably meant. */
    Optional<String> nearest(String name) {
        int most = Math.max(2, name.length() / LETTERS_PER_MISTAKE);
        return kinds.keySet().stream()
                .filter(known -> isVariable(known) == isVariable(name))
                .filter(known -> Math.abs(known.length() - name.length()) <= most)
                .map(known -> Map.entry(known, Spelling.distance(known, name)))
                .filter(candidate -> candidate.getValue() <= most)
                .min(Comparator.comparing(Map.Entry<String, Integer>::getValue).thenComparing(Map.Entry::getKey))
                .map(Map.Entry::getKey);
    }

    static boolean isVariable(String name) {
        return name.indexOf('.') < 0;
    }

    /** As an environment variable, by the rules of MicroProfile Config. */
    static String variable(String key) {
        return NOT_IN_VARIABLES.matcher(key).replaceAll("_").toUpperCase(Locale.ROOT);
    }
}
