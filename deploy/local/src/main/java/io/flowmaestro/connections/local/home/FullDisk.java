package io.flowmaestro.connections.local.home;

import io.flowmaestro.connections.local.refusal.Refusal;

/** Tells a disk without space from other reasons why something in the data folder cannot be written. */
public final class FullDisk {
    private FullDisk() {}

    /**
     * What to say of something that could not be written.
     *
     * @param otherwise what is said of any other failure
     */
    public static Refusal refusal(Home home, Throwable failure, String otherwise) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (saysFull(cause)) {
                return new Refusal(
                        "There is no space left for the data folder " + home.root()
                                + ". Free some on its disk, or move the folder to another disk and set CONNECTIONS_HOME to it.");
            }
        }
        return new Refusal(otherwise);
    }

    /** The JDK has no exception of its own for it: the words are those of the kernel (ENOSPC, EDQUOT). */
    private static boolean saysFull(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
