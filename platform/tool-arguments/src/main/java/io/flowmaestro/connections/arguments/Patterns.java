package io.flowmaestro.connections.arguments;

import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Patterns of schemas. RE2 takes linear time for what it can express; look-around is left to {@code java.util.regex}, whose
 * time the evaluation's budget bounds. What neither can express counts as matched where that refuses nothing that fits.
 */
final class Patterns implements RegularExpressionFactory {

    private static final int LONGEST = 2_000;
    private static final int LONGEST_TEXT_TO_BACKTRACK = 4_096;

    @Override
    public RegularExpression getRegularExpression(@Nullable String pattern) {
        if (pattern == null || pattern.length() > LONGEST) {
            return _ -> Evaluation.current().passOver();
        }
        try {
            var translated = EcmaPattern.translate(pattern);
            return translated.looksAround() ? backtracking(translated.pattern()) : linear(translated.pattern());
        } catch (EcmaPattern.Inexpressible
                | com.google.re2j.PatternSyntaxException
                | PatternSyntaxException inexpressible) {
            return _ -> Evaluation.current().passOver();
        }
    }

    private static RegularExpression linear(String pattern) {
        var compiled = com.google.re2j.Pattern.compile(pattern);
        return text -> compiled.matcher(TimedText.linear(text, budget())).find();
    }

    private static RegularExpression backtracking(String pattern) {
        var compiled = Pattern.compile(pattern);
        return text -> text.length() > LONGEST_TEXT_TO_BACKTRACK
                ? Evaluation.current().passOver()
                : compiled.matcher(TimedText.backtracking(text, budget())).find();
    }

    private static Budget budget() {
        return Evaluation.current().budget();
    }
}
