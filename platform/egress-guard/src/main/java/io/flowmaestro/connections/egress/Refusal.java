package io.flowmaestro.connections.egress;

/** Why a URL is not called at all. The messages are for the person who typed it and never name a resolved address. */
public sealed interface Refusal {

    /** A sentence that says what to change. */
    String message();

    /** Not a URL, or one that could be read in two ways. */
    record Malformed() implements Refusal {
        @Override
        public String message() {
            return "The URL is not well formed. Give it as https://host/path.";
        }
    }

    /** A scheme other than https. */
    record SchemeNotAllowed() implements Refusal {
        @Override
        public String message() {
            return "Only https URLs are allowed.";
        }
    }

    /** A user name or password inside the URL. */
    record UserInfo() implements Refusal {
        @Override
        public String message() {
            return "The URL must not contain a user name or a password. Give credentials in their own fields.";
        }
    }

    /** A port that the operator has not opened. */
    record PortNotAllowed(int port) implements Refusal {
        @Override
        public String message() {
            return "Port " + port + " is not allowed. Use port 443, or ask an operator to allow the port.";
        }
    }

    /** At least one of the host's addresses is not on the public internet. */
    record NotPublic(String host) implements Refusal {
        @Override
        public String message() {
            return "The host " + host + " is not on the public internet."
                    + " Use a public host, or ask an operator to allow this one.";
        }
    }

    /** The operator does not want this host to be called. */
    record NotPermitted(String host, int port) implements Refusal {
        @Override
        public String message() {
            return "The host " + host + " (port " + port
                    + ") may not be called from here: the operator's list does not permit it."
                    + " Use another host, or ask an operator to permit this one.";
        }
    }
}
