package io.flowmaestro.connections.local.demo;

/** A secret as it may be shown: enough to recognise it, too little to use it. */
final class Masked {
    private static final int SHOWN = 6;
    private static final int WORTH_SHOWING = 4 * SHOWN;

    private Masked() {}

    static String secret(String secret) {
        String start = secret.length() < WORTH_SHOWING ? "" : secret.substring(0, SHOWN);
        return start + "… (" + secret.length() + " characters)";
    }
}
