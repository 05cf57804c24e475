package io.flowmaestro.connections.arguments;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How large a JSON value is.
 *
 * @param values in it, containers and itself included
 * @param characters of its strings and names
 * @param depth levels of objects and arrays
 * @param digits of its longest number, written out
 * @param items of its longest array
 */
record Extent(int values, long characters, int depth, long digits, int items) {

    /** Comparing numbers of any exponent would take any time. */
    private static final long MOST_DIGITS = 1_000;

    static final Extent SCHEMA = new Extent(10_000, 262_144, 64, MOST_DIGITS, 10_000);
    static final Extent ARGUMENTS = new Extent(50_000, 1_048_576, 128, MOST_DIGITS, 50_000);

    /** Looking for an item twice is one step, which takes long over values that were chosen to share a hash. */
    static final Extent ARGUMENTS_COMPARED = new Extent(50_000, 1_048_576, 128, MOST_DIGITS, 2_000);

    static final Extent A_MOMENT = new Extent(500, 16_384, 128, MOST_DIGITS, 500);

    boolean within(Extent bounds) {
        return values <= bounds.values
                && characters <= bounds.characters
                && depth <= bounds.depth
                && digits <= bounds.digits
                && items <= bounds.items;
    }

    static Extent of(JsonNode value) {
        var measure = new Measure();
        measure.add(value, 0);
        return new Extent(measure.values, measure.characters, measure.depth, measure.digits, measure.items);
    }

    private static final class Measure {
        private int values;
        private long characters;
        private int depth;
        private long digits;
        private int items;

        void add(JsonNode value, int level) {
            values++;
            if (value.isTextual()) {
                characters += value.textValue().length();
            } else if (value.isNumber()) {
                digits = Math.max(digits, digits(value));
            } else if (value.isContainerNode()) {
                depth = Math.max(depth, level + 1);
                items = value.isArray() ? Math.max(items, value.size()) : items;
                // One level beyond what any bound allows is enough to know.
                if (level <= ARGUMENTS.depth) {
                    value.properties()
                            .forEach(field -> characters += field.getKey().length());
                    value.forEach(each -> add(each, level + 1));
                }
            }
        }

        private static long digits(JsonNode number) {
            if (number.isBigDecimal()) {
                var decimal = number.decimalValue();
                return decimal.precision() + Math.abs((long) decimal.scale());
            }
            return number.isBigInteger() ? number.bigIntegerValue().bitLength() / 3 : 1;
        }
    }
}
