package io.flowmaestro.connections.oauth.refresh;

/** New tokens were issued and could not be stored: nobody may ask the provider again before the lease has lapsed. */
final class LeaseLeftToLapse extends RuntimeException {

    /** @param whyNotStored what is said of it to the caller */
    LeaseLeftToLapse(Throwable whyNotStored) {
        super(whyNotStored);
    }
}
