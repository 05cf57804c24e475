package io.flowmaestro.connections.arguments;

/**
 * A text that a pattern may only look at for as long as the budget lasts.
 *
 * @param reader pays for each character that is looked at
 */
record TimedText(CharSequence text, Runnable reader) implements CharSequence {

    /** For an engine that looks at each character a bounded number of times. */
    static TimedText linear(String text, Budget budget) {
        return new TimedText(text, budget::glance);
    }

    /** For one that may go back to a character as often as it likes: each look is a step. */
    static TimedText backtracking(String text, Budget budget) {
        return new TimedText(text, budget::step);
    }

    @Override
    public int length() {
        return text.length();
    }

    /** @throws BudgetSpent when nothing is left */
    @Override
    public char charAt(int index) {
        reader.run();
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new TimedText(text.subSequence(start, end), reader);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
